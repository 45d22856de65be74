package me.ehlo.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import me.ehlo.mail.AccountId;
import me.ehlo.mail.AddressParser;
import me.ehlo.mail.Domain;
import me.ehlo.mail.ForwardPath;
import me.ehlo.mail.Mailbox;
import me.ehlo.mail.Parsed;
import me.ehlo.mail.StorageFailure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecipientsTest {
  private final Map<String, Directory.Entry> entries = new HashMap<>();
  private final Recipients recipients =
      new Recipients(
          address -> entries.getOrDefault(key(address), new Directory.Entry.Nobody()),
          List.of(Domain.ofAscii("ehlo.test"), Domain.ofAscii("second.test")));

  RecipientsTest() {
    user(1, "ann@ehlo.test");
    user(2, "bob@ehlo.test");
    user(3, "postmaster@ehlo.test");
    user(4, "ann@second.test");
    user(5, "tag+ged@ehlo.test");
    alias("info@ehlo.test", "ann@ehlo.test");
    alias("all@ehlo.test", "ann@ehlo.test", "bob@ehlo.test", "ann@second.test", "info@ehlo.test");
    alias("everyone@ehlo.test", "all@ehlo.test", "all@ehlo.test", "bob@ehlo.test");
    alias("detailed@ehlo.test", "bob+lists@ehlo.test");
    alias("gone@ehlo.test", "nobody@ehlo.test", "bob@ehlo.test");
    alias("dead@ehlo.test", "nobody@ehlo.test");
    alias("self@ehlo.test", "self@ehlo.test");
    alias("ping@ehlo.test", "PONG@EHLO.TEST");
    alias("pong@ehlo.test", "Ping@ehlo.test");
    alias("spiral@ehlo.test", "spiral+x@ehlo.test");
    alias("loopbut@ehlo.test", "loopbut@ehlo.test", "ann@ehlo.test");
    alias("outside@ehlo.test", "postmaster@elsewhere.example", "bob@ehlo.test");
    alias("away@ehlo.test", "Carol@elsewhere.example");
    alias("twice@ehlo.test", "away@ehlo.test", "Carol@ELSEWHERE.example", "dave@[192.0.2.7]");
    alias("circle@ehlo.test", "circle@ehlo.test", "away@ehlo.test");
    alias("moved@ehlo.test", "ann@former.test");
    user(6, "ann@former.test");
  }

  @ParameterizedTest
  @CsvSource({
    "ann@ehlo.test, 1",
    "ANN@EHLO.TEST, 1",
    "ann@second.test, 4",
    "bob@second.test, unknown",
    "ann+x@ehlo.test, 1",
    "ann+@ehlo.test, 1",
    "ann+a+b@ehlo.test, 1",
    "+ann@ehlo.test, unknown",
    "tag+ged@ehlo.test, 5",
    "tag@ehlo.test, unknown",
    "tag+other@ehlo.test, unknown",
    "info@ehlo.test, 1",
    "info+x@ehlo.test, 1",
    "all@ehlo.test, 1 2 4",
    "everyone@ehlo.test, 1 2 4",
    "detailed@ehlo.test, 2",
    "gone@ehlo.test, 2",
    "dead@ehlo.test, unknown",
    "self@ehlo.test, loop",
    "ping@ehlo.test, loop",
    "spiral@ehlo.test, loop",
    "loopbut@ehlo.test, 1",
    "postmaster, 3",
    "PostMaster@ehlo.test, 3",
    "postmaster@second.test, 3",
    "postmaster+x@second.test, 3",
    "outside@ehlo.test, 2 postmaster@elsewhere.example",
    "away@ehlo.test, Carol@elsewhere.example",
    "AWAY+x@ehlo.test, Carol@elsewhere.example",
    "twice@ehlo.test, Carol@elsewhere.example dave@[192.0.2.7]",
    "circle@ehlo.test, Carol@elsewhere.example",
    "moved@ehlo.test, ann@former.test",
    "ann@former.test, elsewhere",
    "nobody@ehlo.test, unknown",
    "ann@elsewhere.example, elsewhere",
    "postmaster@elsewhere.example, elsewhere",
    "ann@sub.ehlo.test, elsewhere",
    "ann@[127.0.0.1], elsewhere",
    "ann%ehlo.test@elsewhere.example, elsewhere",
    "ann%elsewhere.example@ehlo.test, unknown",
    "elsewhere.example!ann@ehlo.test, unknown",
  })
  void leadTo(String address, String whom) throws StorageFailure {
    assertThat(found(recipients.resolve(path(address)))).isEqualTo(whom);
  }

  @Test
  void aListOfTenThousandIsWalkedOnce() throws StorageFailure {
    Mailbox[] members = new Mailbox[10_000];
    for (int i = 0; i < members.length; i++) {
      user(100 + i, "m" + i + "@ehlo.test");
      members[i] = mailbox("m" + i + "@ehlo.test");
    }
    entries.put(
        "big@ehlo.test",
        new Directory.Entry.Listed(new Alias(mailbox("big@ehlo.test"), List.of(members))));
    assertThat(recipients.resolve(path("big@ehlo.test")))
        .isInstanceOfSatisfying(
            Recipients.Found.Users.class, users -> assertThat(users.accounts()).hasSize(10_000));
  }

  @Test
  void aChainOfTenThousandAliasesNeedsNoDeepStack() throws StorageFailure {
    for (int i = 0; i < 10_000; i++) {
      alias("c" + i + "@ehlo.test", i == 9_999 ? "bob@ehlo.test" : "c" + (i + 1) + "@ehlo.test");
    }
    assertThat(found(recipients.resolve(path("c0@ehlo.test")))).isEqualTo("2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"postmaster", "postmaster@ehlo.test", "postmaster@second.test"})
  void thePostmasterMayBeAnAlias(String address) throws StorageFailure {
    alias("postmaster@ehlo.test", "bob@ehlo.test", "ann@ehlo.test");
    assertThat(found(recipients.resolve(path(address)))).isEqualTo("2 1");
  }

  private static String found(Recipients.Found found) {
    return switch (found) {
      case Recipients.Found.Users(var accounts, var elsewhere) ->
          Stream.concat(accounts.stream().map(account -> account.id().value()), elsewhere.stream())
              .map(Object::toString)
              .collect(Collectors.joining(" "));
      case Recipients.Found.Unknown() -> "unknown";
      case Recipients.Found.Elsewhere _ -> "elsewhere";
      case Recipients.Found.Loop() -> "loop";
    };
  }

  private void user(long id, String address) {
    Account account = new Account(new AccountId(id), mailbox(address), Optional.empty(), 0);
    entries.put(address, new Directory.Entry.User(account));
  }

  private void alias(String name, String... targets) {
    List<Mailbox> to = Stream.of(targets).map(RecipientsTest::mailbox).toList();
    entries.put(name, new Directory.Entry.Listed(new Alias(mailbox(name), to)));
  }

  private static String key(Mailbox address) {
    return address.localPart().key()
        + "@"
        + (address.host() instanceof Domain domain ? domain.ascii() : address.host().toString());
  }

  static ForwardPath path(String text) {
    return text.equals("postmaster")
        ? new ForwardPath.Postmaster()
        : new ForwardPath.To(mailbox(text));
  }

  static Mailbox mailbox(String text) {
    return switch (AddressParser.mailbox(text)) {
      case Parsed.Right<Mailbox>(var mailbox) -> mailbox;
      case Parsed.Wrong<Mailbox>(var why) -> throw new AssertionError(text + ": " + why);
    };
  }
}
