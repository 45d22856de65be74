package me.ehlo.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import me.ehlo.mail.AccountId;
import me.ehlo.mail.Domain;
import me.ehlo.mail.Mailbox;
import me.ehlo.mail.Network;
import me.ehlo.mail.Parsed;
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
            (account, octets) -> account.quotaOctets() == 0 || octets <= account.quotaOctets(),
            Relaying.forNobody(),
            DomainLookup.NOT_ASKED,
            QueueStarts.forNobody(),
            LoginRules.forNobody(),
            Strangers.welcome());
    Policy.Verdict verdict =
        policy.recipient(
            new Client("C", "192.0.2.1"), new ReversePath.Null(), RecipientsTest.path(to), size);
    assertThat(said(verdict)).isEqualTo(answer);
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.1, any, ann@client.example, carol@elsewhere.example, welcome carol@elsewhere.example",
    "192.0.2.1, any, <>, carol@elsewhere.example, welcome carol@elsewhere.example",
    "192.0.2.1, any, ann@client.example, carol@[198.51.100.7], welcome carol@[198.51.100.7]",
    "192.0.3.1, any, ann@client.example, carol@elsewhere.example, 550 5.7.1 relaying-denied",
    "192.0.3.1, any, ann@ehlo.test, carol@elsewhere.example, 550 5.7.1 relaying-denied",
    "2001:db8::1, any, ann@ehlo.test, carol@elsewhere.example, 550 5.7.1 relaying-denied",
    "192.0.2.1, ours, ann@ehlo.test, carol@elsewhere.example, welcome carol@elsewhere.example",
    "192.0.2.1, ours, ann@EHLO.test, carol@elsewhere.example, welcome carol@elsewhere.example",
    "192.0.2.1, ours, <>, carol@elsewhere.example, welcome carol@elsewhere.example",
    "192.0.2.1, ours, ann@client.example, carol@elsewhere.example, 550 5.7.1 sender-not-ours",
    "192.0.2.1, ours, ann@[192.0.2.1], carol@elsewhere.example, 550 5.7.1 sender-not-ours",
    "192.0.3.1, ours, ann@client.example, carol@elsewhere.example, 550 5.7.1 relaying-denied",
    "192.0.3.1, ours, ann@client.example, away@ehlo.test, welcome carol@elsewhere.example",
    "192.0.2.1, ours, ann@client.example, large@ehlo.test, welcome",
    "192.0.2.1, any, ann@client.example, nobody@ehlo.test, 550 5.1.1 unknown-user",
  })
  void relays(String client, String senders, String from, String to, String answer) {
    SitePolicy policy =
        new SitePolicy(
            new Recipients(SitePolicyTest::find, List.of(Domain.ofAscii("ehlo.test"))),
            (_, _) -> true,
            new Relaying(
                List.of(network("192.0.2.0/24")),
                Relaying.Senders.valueOf(senders.toUpperCase(Locale.ROOT)),
                RecentLogins.off()),
            DomainLookup.NOT_ASKED,
            QueueStarts.forNobody(),
            LoginRules.forNobody(),
            Strangers.welcome());
    Policy.Verdict verdict =
        policy.recipient(new Client("C", client), reversePath(from), RecipientsTest.path(to), 0);
    assertThat(said(verdict)).isEqualTo(answer);
  }

  @ParameterizedTest
  @CsvSource({
    "ann@exists.example, Exists, welcome",
    "ann@null.example, NullMx, 550 5.7.27 sender-domain-null-mx",
    "ann@no.example, Missing, 501 5.1.8 sender-domain-missing",
    "ann@silent.example, Trouble, 451 4.4.3 sender-domain-trouble",
    "ann@EHLO.test, Missing, welcome",
    "ann@[192.0.2.1], Missing, welcome",
    "<>, Missing, welcome",
  })
  void weighsTheSendersDomain(String from, String existence, String answer) {
    DomainLookup lookup =
        _ ->
            switch (existence) {
              case "Exists" -> new DomainLookup.Existence.Exists();
              case "NullMx" -> new DomainLookup.Existence.NullMx();
              case "Missing" -> new DomainLookup.Existence.Missing();
              default -> new DomainLookup.Existence.Trouble("no answer");
            };
    SitePolicy policy =
        new SitePolicy(
            new Recipients(SitePolicyTest::find, List.of(Domain.ofAscii("ehlo.test"))),
            (_, _) -> true,
            Relaying.forNobody(),
            lookup,
            QueueStarts.forNobody(),
            LoginRules.forNobody(),
            Strangers.welcome());
    assertThat(
            policy
                .sender(new Client("C", "192.0.2.1"), reversePath(from))
                .map(Policy.Verdict.Refused::new)
                .map(SitePolicyTest::said)
                .orElse("welcome"))
        .isEqualTo(answer);
  }

  private static ReversePath reversePath(String from) {
    return from.equals("<>")
        ? new ReversePath.Null()
        : new ReversePath.Sender(RecipientsTest.mailbox(from));
  }

  @ParameterizedTest
  @CsvSource({"192.0.2.1, true", "192.0.3.1, false", "2001:db8::1, false"})
  void theQueueIsStartedForThoseWhoMay(String client, boolean may) {
    List<String> started = new ArrayList<>();
    SitePolicy policy =
        new SitePolicy(
            new Recipients(SitePolicyTest::find, List.of(Domain.ofAscii("ehlo.test"))),
            (_, _) -> true,
            Relaying.forNobody(),
            DomainLookup.NOT_ASKED,
            new QueueStarts(
                List.of(network("192.0.2.0/24")),
                (domain, subdomains) -> {
                  if (subdomains) {
                    throw new StorageFailure(StorageFailure.Kind.TROUBLE, "the disk is away");
                  }
                  started.add(domain.ascii());
                  return 7;
                }),
            LoginRules.forNobody(),
            Strangers.welcome());
    assertThat(policy.mayStartQueue(new Client("C", client))).isEqualTo(may);
    assertThat(policy.startQueue(Domain.ofAscii("client.example"), false)).hasValue(7);
    assertThat(policy.startQueue(Domain.ofAscii("client.example"), true)).isEmpty();
    assertThat(started).containsExactly("client.example");
  }

  private static Network network(String text) {
    return switch (Network.parse(text)) {
      case Parsed.Right<Network>(var network) -> network;
      case Parsed.Wrong<Network>(var why) -> throw new AssertionError(text + ": " + why);
    };
  }

  private static String said(Policy.Verdict verdict) {
    return switch (verdict) {
      case Policy.Verdict.Welcome(var recipient) ->
          Stream.concat(Stream.of("welcome"), recipient.elsewhere().stream().map(Mailbox::toString))
              .collect(Collectors.joining(" "));
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
      case "away" ->
          new Directory.Entry.Listed(
              new Alias(address, List.of(RecipientsTest.mailbox("carol@elsewhere.example"))));
      case "loop" -> new Directory.Entry.Listed(new Alias(address, List.of(address)));
      case "broken" -> throw new StorageFailure(StorageFailure.Kind.TROUBLE, "the disk is away");
      default -> new Directory.Entry.Nobody();
    };
  }
}
