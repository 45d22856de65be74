package me.ehlo.attack;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.stream.Stream;
import me.ehlo.trace.Event;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * G1 and F9: AUTH in the clear, again, cancelled, in a mail, with mechanisms that are none, with responses that are huge
 * or nonsense: each gets its reply, nobody is logged in, and no secret is in the log.
 */
class G1AuthAbuseTest {
  private static final String RIGHT = base64("\0ann\0secret");

  @ParameterizedTest
  @ValueSource(strings = {"PLAIN", "LOGIN", "plain", "SCRAM-SHA-256"})
  void inTheClearItIsNotOfferedAndNotTaken(String mechanism) {
    try (Site site = Site.locked(Site.Lock.SUBMISSION);
        Peer peer = site.connect()) {
      peer.hears("220");
      assertThat(peer.asks("EHLO client.example", "250")).doesNotContain("AUTH");
      peer.asks("AUTH " + mechanism, "538 5.7.11");
      peer.asks("AUTH " + mechanism + " " + RIGHT, "538 5.7.11");
      peer.asks("MAIL FROM:<ann@ehlo.test>", "530 5.7.0");
      noSecretIsKnown(site);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "NTLM",
        "NTLM TlRMTVNTUAABAAAAB4IIogAAAAAAAAAAAAAAAAAAAAAFASgKAAAADw==",
        "EXTERNAL",
        "EXTERNAL =",
        "EXTERNAL YW5u",
        "GSSAPI",
        "GSSAPI YIIB",
        "CRAM-MD5",
        "DIGEST-MD5",
        "ANONYMOUS",
        "XOAUTH2 dXNlcj1hbm4=",
        "OAUTHBEARER",
        "SCRAM-SHA-1",
        "SPA",
        "PLAIN-CLIENTTOKEN",
        "X",
        "../../etc/passwd",
        "%s%n",
        "pl\u00e4in"
      })
  void otherMechanismsAreUnknown(String mechanism) {
    try (Site site = Site.locked(Site.Lock.TRANSFER);
        Peer peer = site.greeted()) {
      peer.asks("AUTH " + mechanism, "504 5.5.4");
      peer.asks("NOOP", "250");
    }
  }

  static Stream<String> nonsense() {
    return Stream.of(
        "AGFubgBzZWNyZXQ", // padding is missing
        "AGFubgBzZWNyZXQ==",
        "=AGFubgBzZWNyZXQ",
        "AGFubgBzZWNyZXR=", // bits that stand for nothing
        "AGFu-gBzZWNyZ_Q=",
        "AGFu!gBzZWNyZXQ=",
        "====",
        "=",
        "==",
        "A",
        "**",
        "*=",
        "\u00fc",
        RIGHT + RIGHT,
        base64(new byte[] {0, (byte) 0xC3, 0, 's'}), // not UTF-8
        base64(new byte[] {0, (byte) 0xC0, (byte) 0x80, 0, 's'}),
        base64("ann"),
        base64("\0ann"),
        base64("\0ann\0"),
        base64("\0\0secret"),
        base64("\0\0"),
        base64("\0\0\0\0\0\0"),
        base64("\0ann\0secret\0"),
        base64("\0ann\0sec\0ret"),
        base64("ann\0ann\0secret\0ann"));
  }

  @ParameterizedTest
  @MethodSource("nonsense")
  void nonsenseIsNoLogin(String response) {
    try (Site site = Site.locked(Site.Lock.TRANSFER);
        Peer peer = site.greeted()) {
      peer.asks("AUTH PLAIN " + response, "501 5.5.2");
      peer.asks("AUTH PLAIN", "334");
      peer.asks(response, "501 5.5.2");
      peer.asks("MAIL FROM:<ann@ehlo.test>", "250");
      peer.asks("RCPT TO:<carol@elsewhere.example>", "550 5.7.1");
    }
  }

  @Test
  void nulsInNamesAndPasswords() {
    try (Site site = Site.locked(Site.Lock.TRANSFER);
        Peer peer = site.greeted()) {
      peer.asks("AUTH LOGIN " + base64("ann\0"), "501 5.5.2");
      peer.asks("AUTH LOGIN " + base64("\0"), "501 5.5.2");
      peer.asks("AUTH LOGIN " + base64("ann"), "334");
      peer.asks(base64("secret\0"), "501 5.5.2");
      peer.asks("AUTH LOGIN " + base64("ann"), "334");
      peer.asks(base64("secret\0x"), "501 5.5.2");
      noSecretIsKnown(site);
    }
  }

  /** F9: a control on the line itself is refused; nothing is cut off before it. */
  @ParameterizedTest
  @ValueSource(strings = {"\0", "\u0001", "\u007f", "\b", "\u001b[A", "\n", "\r"})
  void controlsOnTheLine(String control) {
    try (Site site = Site.locked(Site.Lock.TRANSFER);
        Peer peer = site.greeted()) {
      peer.asks("AUTH PLAIN", "334");
      peer.sends(RIGHT + control + "\r\n");
      assertThat(peer.reply()).startsWith(control.equals("\n") ? "554 5.5.0" : "501 5.5.2");
      noSecretIsKnown(site);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"\0", "\u0001", "\u007fx\u0001"})
  void controlsInTheCommand(String control) {
    try (Site site = Site.locked(Site.Lock.TRANSFER);
        Peer peer = site.greeted()) {
      peer.sends("AUTH PLAIN " + RIGHT + control + "\r\n");
      peer.hears("500 5.5.2");
      noSecretIsKnown(site);
    }
  }

  @Test
  void cancelledAndBegunAgain() {
    try (Site site = Site.locked(Site.Lock.TRANSFER);
        Peer peer = site.greeted()) {
      peer.asks("AUTH PLAIN", "334");
      peer.asks("*", "501 5.7.0");
      peer.asks("AUTH LOGIN", "334");
      peer.asks("*", "501 5.7.0");
      peer.asks("AUTH LOGIN " + base64("ann"), "334");
      peer.asks("*", "501 5.7.0");
      peer.asks("AUTH PLAIN *", "501 5.5.2");
      peer.asks("*", "500 5.5.2");
      peer.asks("AUTH PLAIN", "334");
      peer.asks("* ", "501 5.5.2");
      peer.asks("AUTH *", "504 5.5.4");
      peer.asks("AUTH LOGIN", "334");
      peer.asks(base64("ann"), "334");
      peer.asks(base64("secret"), "235 2.7.0");
    }
  }

  @Test
  void againAfterALoginAndInAMail() {
    try (Site site = Site.locked(Site.Lock.TRANSFER);
        Peer peer = site.greeted()) {
      peer.asks("MAIL FROM:<ann@ehlo.test>", "250");
      peer.asks("AUTH PLAIN " + RIGHT, "503 5.5.1");
      peer.asks("RSET", "250");
      peer.asks("AUTH PLAIN " + RIGHT, "235 2.7.0");
      peer.asks("AUTH PLAIN " + base64("\0bob\0secret"), "503 5.5.1");
      peer.asks("AUTH LOGIN", "503 5.5.1");
      peer.asks("HELO client.example", "250");
      peer.asks("AUTH PLAIN " + RIGHT, "502 5.5.1");
    }
  }

  @Test
  void withoutAGreeting() {
    try (Site site = Site.locked(Site.Lock.TRANSFER);
        Peer peer = site.connect()) {
      peer.hears("220");
      peer.asks("AUTH PLAIN " + RIGHT, "503 5.5.1");
      peer.asks("HELO client.example", "250");
      peer.asks("AUTH PLAIN " + RIGHT, "502 5.5.1");
    }
  }

  /** Read to its end, of which no more is kept than a line may have. */
  @Test
  void aResponseOfTenMegabytes() {
    try (Site site = Site.locked(Site.Lock.TRANSFER);
        Peer peer = site.greeted()) {
      byte[] piece = new byte[100_000];
      Arrays.fill(piece, (byte) 'A');
      peer.asks("AUTH PLAIN", "334");
      for (int i = 0; i < 100; i++) {
        peer.sends(piece);
      }
      peer.asks("", "500 5.5.6");
      peer.asks("AUTH PLAIN " + new String(piece, 0, 5000, ISO_8859_1), "500 5.5.2");
      peer.asks("AUTH PLAIN " + RIGHT, "235 2.7.0");
    }
  }

  @Test
  void pipelinedSecretsEndTheConversation() {
    for (String said :
        new String[] {
          "AUTH PLAIN\r\n" + RIGHT + "\r\n",
          "AUTH LOGIN\r\n" + base64("ann") + "\r\n" + base64("secret") + "\r\n",
          "AUTH PLAIN " + RIGHT + "\r\nMAIL FROM:<ann@ehlo.test>\r\n"
        }) {
      try (Site site = Site.locked(Site.Lock.TRANSFER);
          Peer peer = site.greeted()) {
        peer.sends(said);
        peer.hears("554 5.5.0");
        peer.hearsTheEnd();
        noSecretIsKnown(site);
      }
    }
  }

  /** A client that does not listen says its secrets as commands. */
  @Test
  void secretsSaidToNobody() {
    try (Site site = Site.locked(Site.Lock.SUBMISSION);
        Peer peer = site.greeted()) {
      peer.asks("AUTH LOGIN", "538 5.7.11");
      assertThat(peer.asks(base64("ann"), "500 5.5.2")).doesNotContain(base64("ann"));
      assertThat(peer.asks(base64("secret"), "500 5.5.2")).doesNotContain(base64("secret"));
      noSecretIsKnown(site);
    }
  }

  @Test
  void theLogTellsWhoAndHow() {
    try (Site site = Site.locked(Site.Lock.TRANSFER);
        Peer peer = site.greeted()) {
      peer.asks("AUTH PLAIN " + base64("\0mallory\r\nx\0secret"), "535 5.7.8");
      peer.asks("AUTH LOGIN " + base64("ann"), "334");
      peer.asks(base64("secret"), "235 2.7.0");
      assertThat(detail(site, "login-wrong", "user"))
          .contains("mallory\r\nx"); // the log escapes it
      assertThat(detail(site, "login-wrong", "mechanism")).contains("PLAIN");
      assertThat(detail(site, "logged-in", "user")).contains("ann");
      assertThat(detail(site, "logged-in", "mechanism")).contains("LOGIN");
      noSecretIsKnown(site);
    }
  }

  private static Optional<String> detail(Site site, String reason, String name) {
    return site.events.stream()
        .filter(Event.Decided.class::isInstance)
        .map(Event.Decided.class::cast)
        .filter(decided -> decided.reason().id().equals(reason))
        .flatMap(decided -> decided.details().stream())
        .filter(field -> field.name().equals(name))
        .map(Event.Field::value)
        .findFirst();
  }

  private static void noSecretIsKnown(Site site) {
    assertThat(site.events.toString()).doesNotContain("secret", base64("secret"), RIGHT, "ZWNyZX");
  }

  private static String base64(String text) {
    return base64(text.getBytes(UTF_8));
  }

  private static String base64(byte[] octets) {
    return Base64.getEncoder().encodeToString(octets);
  }
}
