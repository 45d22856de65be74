package me.ehlo.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import me.ehlo.mail.AccountId;
import me.ehlo.mail.Domain;
import me.ehlo.mail.Mailbox;
import me.ehlo.mail.ReversePath;
import me.ehlo.mail.StorageFailure;
import me.ehlo.smtp.server.Client;
import me.ehlo.smtp.server.Policy;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SitePolicyTest {
  private static final Mailbox SMALL = RecipientsTest.mailbox("small@ehlo.test");
  private static final Mailbox LARGE = RecipientsTest.mailbox("large@ehlo.test");

  @ParameterizedTest
  @CsvSource({
    "small@ehlo.test, 0, welcome",
    "small@ehlo.test, 100, welcome",
    "small@ehlo.test, 101, 452 4.2.2 maildrop-full",
    "large@ehlo.test, 101, welcome",
    "both@ehlo.test, 100, welcome",
    "both@ehlo.test, 101, 452 4.2.2 maildrop-full",
    "nobody@ehlo.test, 0, 550 5.1.1 unknown-user",
    "loop@ehlo.test, 0, 550 5.4.6 alias-loop",
    "ann@elsewhere.example, 0, 550 5.7.1 relaying-denied",
    "ann@[192.0.2.1], 0, 550 5.7.1 relaying-denied",
    "broken@ehlo.test, 0, 451 4.3.0 lookup-trouble",
  })
  void answers(String to, long size, String answer) {
    SitePolicy policy =
        new SitePolicy(
            new Recipients(SitePolicyTest::find, List.of(Domain.ofAscii("ehlo.test"))),
            (account, octets) -> account.quotaOctets() == 0 || octets <= account.quotaOctets());
    Policy.Verdict verdict =
        policy.recipient(
            new Client("C", "192.0.2.1"), new ReversePath.Null(), RecipientsTest.path(to), size);
    assertThat(said(verdict)).isEqualTo(answer);
  }

  private static String said(Policy.Verdict verdict) {
    return switch (verdict) {
      case Policy.Verdict.Welcome _ -> "welcome";
      case Policy.Verdict.Refused(var reply) ->
          reply.reason().code() + " " + reply.reason().status() + " " + reply.reason().id();
    };
  }

  private static Directory.Entry find(Mailbox address) throws StorageFailure {
    return switch (address.localPart().key()) {
      case "small" ->
          new Directory.Entry.User(new Account(new AccountId(1), SMALL, Optional.empty(), 100));
      case "large" ->
          new Directory.Entry.User(new Account(new AccountId(2), LARGE, Optional.empty(), 0));
      case "both" -> new Directory.Entry.Listed(new Alias(address, List.of(LARGE, SMALL)));
      case "loop" -> new Directory.Entry.Listed(new Alias(address, List.of(address)));
      case "broken" -> throw new StorageFailure(StorageFailure.Kind.TROUBLE, "the disk is away");
      default -> new Directory.Entry.Nobody();
    };
  }
}
