package me.ehlo.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import me.ehlo.mail.Domain;
import me.ehlo.mail.Mailbox;
import me.ehlo.mail.ReversePath;
import me.ehlo.mail.StorageFailure;
import me.ehlo.sasl.Identity;
import me.ehlo.smtp.Reply;
import me.ehlo.smtp.server.Client;
import me.ehlo.store.RamStore;
import org.junit.jupiter.api.Test;

/** What a login is worth after what it was made with has changed; through the memory that a server has. */
class LoginStandingTest {
  private static final Mailbox ANN = RecipientsTest.mailbox("ann@ehlo.test");
  private static final StoredPassword MAIN = StoredPassword.main("$argon2id$main");
  private static final StoredPassword PHONE =
      new StoredPassword("phone", "$argon2id$phone", Optional.empty());

  private final RamStore store = new RamStore();
  private final Directory directory =
      new RecentDirectory(store.directory(), () -> Instant.EPOCH); // where no second ever passes
  private final LoginStanding standing = new LoginStanding(directory::find);
  private final Account ann = directory.addAccount(ANN, List.of(MAIN, PHONE), 0).orElseThrow();
  private final Identity byMain = ann.identity(MAIN);
  private final Identity byPhone = ann.identity(PHONE);

  LoginStandingTest() throws StorageFailure {
    assertThat(standing.stillHolds(byMain)).isTrue();
    assertThat(standing.stillHolds(byPhone)).isTrue();
  }

  @Test
  void aRevokedPasswordEndsItsLoginsAndNoOthers() throws StorageFailure {
    directory.removePassword(ann.id(), "phone");
    assertThat(standing.stillHolds(byPhone)).isFalse();
    assertThat(standing.stillHolds(byMain)).isTrue();
  }

  @Test
  void oneOfTheSameNameIsAnother() throws StorageFailure {
    directory.removePassword(ann.id(), "phone");
    directory.addPassword(
        ann.id(), new StoredPassword("phone", "$argon2id$new phone", Optional.empty()));
    assertThat(standing.stillHolds(byPhone)).isFalse();
  }

  @Test
  void aChangedMainPasswordEndsItsLogins() throws StorageFailure {
    directory.setPassword(ann.id(), StoredPassword.main("$argon2id$another"));
    assertThat(standing.stillHolds(byMain)).isFalse();
    assertThat(standing.stillHolds(byPhone)).isTrue();
  }

  @Test
  void anAccountThatIsGoneHasNoLoginsNorHasItsNamesake() throws StorageFailure {
    directory.removeAccount(ann.id());
    assertThat(standing.stillHolds(byMain)).isFalse();
    directory.addAccount(ANN, List.of(MAIN), 0);
    assertThat(standing.stillHolds(byMain)).isFalse();
  }

  @Test
  void whoCannotBeLookedUpIsNotLetThrough() {
    store.fail(StorageFailure.Kind.TROUBLE);
    LoginStanding direct = new LoginStanding(store.directory()::find);
    assertThatExceptionOfType(StorageFailure.class).isThrownBy(() -> direct.stillHolds(byMain));
    assertThat(direct.refusal(byMain).map(LoginStandingTest::shown))
        .contains("451 4.3.0 lookup-trouble");
  }

  @Test
  void theSiteAsksAtEachMail() throws StorageFailure {
    SitePolicy policy =
        new SitePolicy(
            new Recipients(directory::find, List.of(Domain.ofAscii("ehlo.test"))),
            (_, _) -> true,
            Relaying.forNobody(),
            DomainLookup.NOT_ASKED,
            QueueStarts.forNobody(),
            LoginRules.forNobody(),
            Strangers.welcome());
    Client client = new Client("C", "192.0.2.1").as(byPhone);
    assertThat(policy.sender(client, new ReversePath.Sender(ANN))).isEmpty();
    directory.removePassword(ann.id(), "phone");
    assertThat(policy.sender(client, new ReversePath.Sender(ANN)).map(LoginStandingTest::shown))
        .contains("530 5.7.0 login-revoked");
    assertThat(policy.sender(new Client("C", "192.0.2.1"), new ReversePath.Sender(ANN))).isEmpty();
  }

  private static String shown(Reply reply) {
    return reply.reason().code() + " " + reply.reason().status() + " " + reply.reason().id();
  }
}
