package me.ehlo.attack;

import static org.assertj.core.api.Assertions.assertThat;

import me.ehlo.mail.LocalPart;
import me.ehlo.mail.ReversePath;
import me.ehlo.trace.Event;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** E2: whatever a local part means to a shell, a database, a file system or a log, here it is only a name. */
class E2MeaningOfLocalPartsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        ";id;",
        "$(id)",
        "`id`",
        "|cat /etc/passwd",
        "../../etc/passwd",
        "/etc/passwd",
        "%n%n%s",
        "%u",
        "' OR '1'='1",
        "\\\"; DROP TABLE mail; --",
        "a\\\\b",
        "-oQ/tmp",
        "${jndi:ldap://x}",
        "bob ",
        " bob",
        "bob\\\"",
        "*",
        "b%b",
        "b_b",
        "b?b",
        "{}",
        "{0}",
        "<bob>",
        "bob@ehlo.test",
        "bob,ann",
        "\u202Ebob",
        "b\u200Bob",
        "con",
        "~bob",
        "&1",
        "!!",
        "#bob"
      })
  void aRecipientOfThatNameIsUnknownAndASenderOfThatNameIsJustThat(String name) {
    try (Site site = Site.usual();
        Peer peer = site.greeted()) {
      peer.asks("MAIL FROM:<\"" + name + "\"@client.example> SMTPUTF8", "250 2.1.0");
      String reply = peer.asks("RCPT TO:<\"" + name + "\"@ehlo.test>", "550 5.1.1");
      assertThat(reply.chars()).as("%s", peer).allMatch(c -> c == '\n' || c >= ' ' && c < 0x7F);
      assertThat(reply.lines()).hasSize(1);
      peer.asks("RCPT TO:<bob@ehlo.test>", "250");
      peer.asks("DATA", "354");
      peer.asks("hello\r\n.", "250 2.0.0 Ok: queued");
      assertThat(site.onlyMail().arrival().envelope().reversePath())
          .isInstanceOfSatisfying(
              ReversePath.Sender.class,
              sender ->
                  assertThat(sender.mailbox().localPart())
                      .isEqualTo(new LocalPart(unescaped(name))));
      assertThat(site.events)
          .filteredOn(Event.Decided.class::isInstance)
          .allSatisfy(event ->
              assertThat(((Event.Decided) event).said().chars())
                  .allMatch(c -> c >= ' ' && c < 0x7F));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"\0", "\r", "a\0b", "bob\0", "a\tb", "a\u0001b", "a\u001Bb"})
  void aControlCharacterIsNoName(String name) {
    try (Site site = Site.usual();
        Peer peer = site.greeted()) {
      peer.asks("MAIL FROM:<>", "250");
      peer.sends("RCPT TO:<\"" + name + "\"@ehlo.test>\r\n");
      assertThat(peer.reply()).as("%s", peer).matches("(?s)50[01] .*");
    }
  }

  private static String unescaped(String name) {
    return name.replace("\\\\", "\0").replace("\\", "").replace("\0", "\\");
  }
}
