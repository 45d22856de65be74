package me.ehlo.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import me.ehlo.mail.Authors;
import me.ehlo.mail.Domain;
import me.ehlo.mail.ForwardPath;
import me.ehlo.mail.Mailbox;
import me.ehlo.mail.ReversePath;
import me.ehlo.mail.StorageFailure;
import me.ehlo.sasl.Identity;
import me.ehlo.smtp.Reply;
import me.ehlo.smtp.server.Client;
import me.ehlo.smtp.server.Policy;
import me.ehlo.store.RamStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Under which names somebody writes who has logged in, to how many, and what is left to the policy behind. */
class AccountPolicyTest {
  private static final Client STRANGER = new Client("C", "192.0.2.1");
  private final RamStore store = new RamStore();
  private final Directory directory = store.directory();
  private final Account ann = add("ann@ehlo.test");
  private final Account bob = add("bob@ehlo.test");
  private final Client asAnn = STRANGER.as(identity(ann));
  private final Client asBob = STRANGER.as(identity(bob));
  private Instant now = Instant.parse("2026-11-22T09:00:00Z");
  private final Policy policy = policy();

  AccountPolicyTest() throws StorageFailure {
    alias("info@ehlo.test", "ann@ehlo.test");
    alias("team@ehlo.test", "ann@ehlo.test", "bob@ehlo.test");
    alias("deep@ehlo.test", "team@ehlo.test");
    alias("away@ehlo.test", "carol@elsewhere.example");
    alias("both@ehlo.test", "ann@ehlo.test", "carol@elsewhere.example");
  }

  @ParameterizedTest
  @CsvSource({
    "ann@ehlo.test, welcome, 550 5.7.1 sender-not-yours",
    "ANN@EHLO.TEST, welcome, 550 5.7.1 sender-not-yours",
    "ann+list@ehlo.test, welcome, 550 5.7.1 sender-not-yours",
    "info@ehlo.test, welcome, 550 5.7.1 sender-not-yours",
    "team@ehlo.test, welcome, welcome",
    "deep@ehlo.test, welcome, welcome",
    "both@ehlo.test, welcome, 550 5.7.1 sender-not-yours",
    "bob@ehlo.test, 550 5.7.1 sender-not-yours, welcome",
    "away@ehlo.test, 550 5.7.1 sender-not-yours, 550 5.7.1 sender-not-yours",
    "nobody@ehlo.test, 550 5.7.1 sender-not-yours, 550 5.7.1 sender-not-yours",
    "ann@elsewhere.example, 550 5.7.1 sender-not-yours, 550 5.7.1 sender-not-yours",
    "ann@[192.0.2.1], 550 5.7.1 sender-not-yours, 550 5.7.1 sender-not-yours",
    "<>, welcome, welcome",
  })
  void whoWritesAsWhom(String from, String ann, String bob) {
    assertThat(shown(policy.sender(asAnn, path(from)))).isEqualTo(ann);
    assertThat(shown(policy.sender(asBob, path(from)))).isEqualTo(bob);
    assertThat(shown(policy.sender(STRANGER, path(from)))).isEqualTo("welcome");
  }

  @Test
  void everyAuthorMustBeHis() {
    assertThat(authors(asAnn, "ann@ehlo.test")).isEqualTo("welcome");
    assertThat(authors(asAnn, "ann@ehlo.test", "info@ehlo.test")).isEqualTo("welcome");
    assertThat(authors(asAnn)).isEqualTo("welcome");
    assertThat(authors(asAnn, "ann@ehlo.test", "bob@ehlo.test"))
        .isEqualTo("550 5.7.1 author-not-yours");
    assertThat(authors(asAnn, "bob@ehlo.test", "ann@ehlo.test"))
        .isEqualTo("550 5.7.1 author-not-yours");
    assertThat(authors(STRANGER, "bob@ehlo.test", "boss@bank.example")).isEqualTo("welcome");
    assertThat(shown(policy.authors(asAnn, new Authors.Unclear("there are two fields From"))))
        .isEqualTo("554 5.6.0 author-unclear");
    assertThat(shown(policy.authors(STRANGER, new Authors.Unclear("there are two fields From"))))
        .isEqualTo("welcome");
    assertThat(shown(policy.authors(asAnn, new Authors.Unasked()))).isEqualTo("welcome");
  }

  /** Three recipients an hour: whoever is refused does not count, nor does a stranger's. */
  @Test
  void soManyRecipientsAnHour() {
    assertThat(recipient(asAnn, "nobody@ehlo.test")).isEqualTo("550 5.1.1 unknown-user");
    assertThat(recipient(STRANGER, "ann@ehlo.test")).isEqualTo("welcome");
    for (int i = 0; i < 3; i++) {
      assertThat(recipient(asAnn, "carol" + i + "@elsewhere.example")).isEqualTo("welcome");
    }
    assertThat(recipient(asAnn, "bob@ehlo.test")).isEqualTo("450 4.7.1 account-too-busy");
    assertThat(recipient(asAnn, "nobody@ehlo.test")).isEqualTo("550 5.1.1 unknown-user");
    assertThat(recipient(asBob, "ann@ehlo.test")).isEqualTo("welcome");
    for (int i = 0; i < 9; i++) {
      assertThat(recipient(STRANGER, "ann@ehlo.test")).isEqualTo("welcome");
    }
    now = now.plusSeconds(3900);
    assertThat(recipient(asAnn, "bob@ehlo.test")).isEqualTo("welcome");
  }

  @Test
  void aLoginThatWasRevokedCountsNoMore() throws StorageFailure {
    directory.setPassword(ann.id(), StoredPassword.main("another"));
    assertThat(shown(policy.sender(asAnn, path("ann@ehlo.test"))))
        .isEqualTo("530 5.7.0 login-revoked");
    assertThat(shown(policy.sender(asAnn, path("<>")))).isEqualTo("530 5.7.0 login-revoked");
    directory.removeAccount(bob.id());
    assertThat(shown(policy.sender(asBob, path("bob@ehlo.test"))))
        .isEqualTo("530 5.7.0 login-revoked");
  }

  @Test
  void whoCannotBeLookedUpWaits() {
    store.fail(StorageFailure.Kind.TROUBLE);
    assertThat(shown(policy.sender(asAnn, path("ann@ehlo.test"))))
        .isEqualTo("451 4.3.0 lookup-trouble");
    assertThat(authors(asAnn, "ann@ehlo.test")).isEqualTo("451 4.3.0 lookup-trouble");
  }

  private Policy policy() {
    Recipients recipients = new Recipients(directory::find, List.of(Domain.ofAscii("ehlo.test")));
    return new AccountPolicy(
        new SitePolicy(
            recipients,
            (_, _) -> true,
            Relaying.forNobody(),
            DomainLookup.NOT_ASKED,
            QueueStarts.forNobody(),
            LoginRules.forNobody(),
            Strangers.welcome()),
        new Ownership(recipients),
        new AccountRates(3, () -> now));
  }

  private Account add(String address) {
    try {
      return directory
          .addAccount(
              RecipientsTest.mailbox(address),
              List.of(StoredPassword.main("a hash of " + address)),
              0)
          .orElseThrow();
    } catch (StorageFailure e) {
      throw new AssertionError("nothing was told to fail", e);
    }
  }

  private void alias(String name, String... targets) throws StorageFailure {
    List<Mailbox> to = Stream.of(targets).map(RecipientsTest::mailbox).toList();
    directory.putAlias(new Alias(RecipientsTest.mailbox(name), to));
  }

  private static Identity identity(Account account) {
    return account.identity(account.passwords().getFirst());
  }

  private String recipient(Client client, String to) {
    ForwardPath path = RecipientsTest.path(to);
    return switch (policy.recipient(client, path("ann@ehlo.test"), path, 0)) {
      case Policy.Verdict.Welcome _ -> "welcome";
      case Policy.Verdict.Refused(var reply) -> shown(Optional.of(reply));
    };
  }

  private String authors(Client client, String... addresses) {
    List<Mailbox> named = Stream.of(addresses).map(RecipientsTest::mailbox).toList();
    return shown(policy.authors(client, new Authors.Named(named)));
  }

  private static ReversePath path(String from) {
    return from.equals("<>")
        ? new ReversePath.Null()
        : new ReversePath.Sender(RecipientsTest.mailbox(from));
  }

  private static String shown(Optional<Reply> refusal) {
    return refusal
        .map(Reply::reason)
        .map(reason -> reason.code() + " " + reason.status() + " " + reason.id())
        .orElse("welcome");
  }
}
