package me.ehlo.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** E4: nothing that a client says of itself or of its recipient adds a line or a field to what we write in front. */
class E4HeaderInjectionTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a b",
        "a (comment)",
        "x; Sat, 1 Jan 2000 00:00:00 +0000",
        "a\tby evil.example",
        "evil.example by mx",
        "(",
        ")",
        "\"",
        "\\",
        "[",
        "[]",
        "[x]",
        "[127.0.0.1",
        "[127.0.0.1] by x",
        "[IPv6:::1%eth0]",
        "a..b",
        "-a",
        "a-",
        ".",
        "a.",
        "=?utf-8?q?x?=",
        "<script>",
        "münchen.example",
        "a\u2028b",
        "a\u0085b",
        "a:b",
        "a,b",
        "From: x"
      })
  void aNameThatIsNoNameIsReplacedByTheAddress(String name) {
    assertThat(received("EHLO " + name, "<bob@ehlo.test>").getFirst())
        .isEqualTo("Received: from [127.0.0.1] ([127.0.0.1])");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "client.example",
        "CLIENT.example",
        "localhost",
        "a_b.example",
        "[192.0.2.1]",
        "[IPv6:2001:db8::1]",
        "1and1.example"
      })
  void aNameThatIsOneIsTaken(String name) {
    assertThat(received("EHLO " + name, "<bob@ehlo.test>").getFirst())
        .isEqualTo("Received: from " + name + " ([127.0.0.1])");
  }

  @Test
  void aNameOfTwoThousandOctetsIsNotTaken() {
    assertThat(received("EHLO " + "x".repeat(2000), "<bob@ehlo.test>").getFirst())
        .isEqualTo("Received: from [127.0.0.1] ([127.0.0.1])");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bob+>; x",
        "bob+\\\" y",
        "bob+ by evil (x) with",
        "bob+\\\\",
        "bob+\u0085Bcc: x",
        "bob+\u2028Bcc: x",
        "bob+(((",
        "bob+"
      })
  void aDetailStaysInItsQuotes(String local) {
    List<String> lines = received("EHLO client.example", "<\"" + local + "\"@ehlo.test>");
    String shown = lines.get(2);
    assertThat(shown).startsWith("\tfor <").endsWith("@ehlo.test>;");
    assertThat(List.of("\tfor <\"" + local + "\"@ehlo.test>;", "\tfor <" + local + "@ehlo.test>;"))
        .contains(shown);
  }

  @Test
  void severalRecipientsLearnNothingOfEachOther() {
    try (Site site = Site.usual();
        Peer peer = site.inTransaction()) {
      peer.asks("RCPT TO:<ann@ehlo.test>", "250");
      peer.asks("DATA", "354");
      peer.asks("x\r\n.", "250");
      assertThat(site.onlyMail().arrival().received()).doesNotContain("ann", "bob");
    }
  }

  /** The lines of the field that a mail with this greeting and recipient gets. */
  private static List<String> received(String greeting, String recipient) {
    try (Site site = Site.usual();
        Peer peer = site.connect()) {
      peer.hears("220");
      peer.asks(greeting, "250");
      peer.asks("MAIL FROM:<ann@client.example> SMTPUTF8", "250");
      peer.asks("RCPT TO:" + recipient, "250");
      peer.asks("DATA", "354");
      peer.asks("x\r\n.", "250");
      String field = site.onlyMail().arrival().received();
      assertThat(field).as("%s", peer).endsWith("\r\n");
      List<String> lines = List.of(field.substring(0, field.length() - 2).split("\r\n", -1));
      assertThat(lines).as("%s", peer).hasSize(4);
      assertThat(lines.subList(1, 4)).allMatch(line -> line.startsWith("\t"));
      assertThat(String.join("", lines).chars().filter(c -> c < ' '))
          .as("%s", peer)
          .containsOnly((int) '\t')
          .hasSize(3);
      assertThat(lines.get(1))
          .matches("\tby mx\\.ehlo\\.test \\(Ehlo\\) with UTF8SMTP id [0-9A-HJKMNP-TV-Z]{12}");
      return lines;
    }
  }
}
