package me.ehlo.relay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import me.ehlo.access.Recipients;
import me.ehlo.mail.Outcome;
import me.ehlo.mail.Reason;
import me.ehlo.queue.QueueEntry;
import me.ehlo.relay.NextHop.Login;
import me.ehlo.relay.NextHop.TlsDemand;
import me.ehlo.smtp.client.DialogueReason;
import org.junit.jupiter.api.Test;

/** Encryption with the next server, and the password that is said only behind it (RFC 3207, RFC 4954). */
class RelayTlsTest {
  private static final SSLContext OURS = Tls.context();
  private static final Timeouts QUICK =
      new Timeouts(
          Duration.ofSeconds(5),
          Duration.ofSeconds(5),
          Duration.ofSeconds(3),
          Duration.ofSeconds(5),
          Duration.ofSeconds(5),
          Duration.ofSeconds(5),
          Duration.ofMinutes(1));
  private static final Login LOGIN = new Login("user", "secret");

  private final Mailbag bag = new Mailbag();
  private final AtomicInteger encrypted = new AtomicInteger();

  @Test
  void anyCertificateWillDoWhereNothingIsAsked() throws IOException {
    try (OddServer server = encrypting(OURS, "")) {
      assertThat(send(server.peer("other.test", TlsDemand.OPPORTUNISTIC), Tls.ofTheMachine()))
          .isEqualTo(DialogueReason.RELAYED);
      assertThat(encrypted).hasValue(1);
    }
  }

  @Test
  void whereTheHandshakeFailsItGoesInTheClearIfItMay() throws IOException {
    for (TlsDemand demand : TlsDemand.values()) {
      try (OddServer server = breakingOff()) {
        boolean may = demand == TlsDemand.OPPORTUNISTIC;
        assertThat(send(server.peer("mx.test", demand), OURS))
            .isEqualTo(may ? DialogueReason.RELAYED : DialogueReason.TLS_FAILED);
        assertThat(server.heard().stream().anyMatch(line -> line.startsWith("MAIL")))
            .isEqualTo(may);
      }
    }
  }

  @Test
  void whereTheHandshakeNeverEndsItGoesInTheClearIfItMay() throws IOException {
    for (TlsDemand demand : List.of(TlsDemand.OPPORTUNISTIC, TlsDemand.REQUIRE)) {
      try (OddServer server = fallingSilent()) {
        boolean may = demand == TlsDemand.OPPORTUNISTIC;
        assertThat(send(server.peer("mx.test", demand), OURS, QUICK))
            .isEqualTo(may ? DialogueReason.RELAYED : DialogueReason.TIMED_OUT);
      }
    }
  }

  @Test
  void whatMustBeEncryptedNeverGoesInTheClear() throws IOException {
    for (TlsDemand demand : List.of(TlsDemand.REQUIRE, TlsDemand.VERIFY)) {
      try (OddServer server = OddServer.answering(OddServer::well)) {
        assertThat(send(server.peer("mx.test", demand), OURS))
            .isEqualTo(DialogueReason.TLS_NOT_OFFERED);
        assertThat(server.heard()).noneMatch(line -> line.startsWith("MAIL"));
      }
    }
  }

  @Test
  void theRightCertificateIsVerified() throws IOException {
    try (OddServer server = encrypting(OURS, "")) {
      assertThat(send(server.peer("mx.test", TlsDemand.VERIFY), OURS))
          .isEqualTo(DialogueReason.RELAYED);
      assertThat(encrypted).hasValue(1);
    }
  }

  @Test
  void aWrongNameAStrangerAndAnOldCertificateGetNothing() throws IOException {
    SSLContext old = Tls.expired();
    try (OddServer server = encrypting(OURS, "");
        OddServer expired = encrypting(old, "")) {
      assertThat(send(server.peer("other.test", TlsDemand.VERIFY), OURS))
          .isEqualTo(DialogueReason.TLS_FAILED);
      assertThat(send(server.peer("mx.test", TlsDemand.VERIFY), Tls.ofTheMachine()))
          .isEqualTo(DialogueReason.TLS_FAILED);
      assertThat(send(expired.peer("mx.test", TlsDemand.VERIFY), old))
          .isEqualTo(DialogueReason.TLS_FAILED);
      assertThat(server.heard()).noneMatch(line -> line.startsWith("MAIL"));
      assertThat(expired.heard()).noneMatch(line -> line.startsWith("MAIL"));
    }
  }

  @Test
  void aPasswordIsSaidByPlainAndByLogin() throws IOException {
    try (OddServer plain = encrypting(OURS, "250-AUTH LOGIN PLAIN\r\n");
        OddServer login = encrypting(OURS, "250-AUTH LOGIN\r\n")) {
      assertThat(send(plain.peer("mx.test", TlsDemand.VERIFY, LOGIN), OURS))
          .isEqualTo(DialogueReason.RELAYED);
      assertThat(plain.heard()).contains("AUTH PLAIN " + base64("\0user\0secret"));
      assertThat(send(login.peer("mx.test", TlsDemand.VERIFY, LOGIN), OURS))
          .isEqualTo(DialogueReason.RELAYED);
      assertThat(login.heard()).containsSequence("AUTH LOGIN", base64("user"), base64("secret"));
    }
  }

  @Test
  void aPasswordIsNeverSaidOtherwise() throws IOException {
    for (TlsDemand demand : TlsDemand.values()) {
      try (OddServer clear = OddServer.answering(RelayTlsTest::offeringLogin);
          OddServer breaking = breakingOff();
          OddServer stranger = encrypting(OURS, "250-AUTH LOGIN PLAIN\r\n")) {
        assertThat(send(clear.peer("mx.test", demand, LOGIN), OURS))
            .isEqualTo(DialogueReason.TLS_NOT_OFFERED);
        assertThat(send(breaking.peer("mx.test", demand, LOGIN), OURS))
            .isEqualTo(DialogueReason.TLS_FAILED);
        assertThat(send(stranger.peer("mx.test", demand, LOGIN), Tls.ofTheMachine()))
            .isEqualTo(DialogueReason.TLS_FAILED);
        for (OddServer each : List.of(clear, breaking, stranger)) {
          assertThat(each.heard())
              .isNotEmpty()
              .noneMatch(line -> line.startsWith("AUTH"))
              .noneMatch(line -> line.contains(base64("user")))
              .noneMatch(line -> line.startsWith("MAIL"));
        }
      }
    }
  }

  /** Offers STARTTLS and does it; offers more behind it. */
  private OddServer encrypting(SSLContext tls, String more) {
    return new OddServer(line -> {
      line.say("220 odd.test ESMTP\r\n");
      String command = line.hear();
      while (!command.equals("STARTTLS")) {
        line.say("250-odd.test\r\n250 STARTTLS\r\n");
        command = line.hear();
      }
      line.say("220 go ahead\r\n").encrypt(tls);
      encrypted.incrementAndGet();
      line.answer(said ->
          switch (OddServer.verb(said)) {
            case "EHLO" -> "250-odd.test\r\n" + more + "250 HELP\r\n";
            case "AUTH" -> said.equals("AUTH LOGIN") ? "334 VXNlcm5hbWU6\r\n" : "235 in\r\n";
            default -> said.equals(base64("user")) ? "334 UGFzc3dvcmQ6\r\n" : OddServer.well(said);
          });
    });
  }

  /** Offers STARTTLS, and hangs up when it should shake hands. */
  private static OddServer breakingOff() {
    return afterGoAhead(_ -> {});
  }

  /** Takes whatever the handshake sends, and answers nothing. */
  private static OddServer fallingSilent() {
    return afterGoAhead(line -> {
      while (true) {
        line.hear();
      }
    });
  }

  /** Offers STARTTLS, and then does this instead of a handshake; serves others in the clear. */
  private static OddServer afterGoAhead(OddServer.Manner instead) {
    return new OddServer(line -> {
      line.say("220 odd.test ESMTP\r\n");
      String command = line.hear();
      while (command.startsWith("EHLO")) {
        line.say("250-odd.test\r\n250 STARTTLS\r\n");
        command = line.hear();
      }
      if (command.equals("STARTTLS")) {
        line.say("220 go ahead\r\n");
        instead.hold(line);
        return;
      }
      line.say(OddServer.well(command)).answer(OddServer::well);
    });
  }

  private static String offeringLogin(String command) {
    return command.startsWith("EHLO")
        ? "250-odd.test\r\n250 AUTH PLAIN LOGIN\r\n"
        : OddServer.well(command);
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }

  /** What became of a mail to this peer, by those whom these trust. */
  private Reason send(NextHop.Peer peer, SSLContext trust) {
    return send(peer, trust, Timeouts.DEFAULT);
  }

  private Reason send(NextHop.Peer peer, SSLContext trust, Timeouts timeouts) {
    try (RelayCourier courier =
        Couriers.with(
            bag,
            RelayLimits.DEFAULT,
            timeouts,
            _ -> new NextHop.Servers(List.of(peer)),
            _ -> new Recipients.Found.Unknown(),
            trust,
            _ -> {})) {
      List<QueueEntry> mail = bag.mail("Subject: x\r\n\r\ny\r\n", "there.test", "a");
      courier.start(mail, bag);
      await().pollInterval(Duration.ofMillis(10)).until(() -> bag.isBack(mail));
      assertThat(bag.outcomes(mail.getFirst())).hasSize(1);
      return switch (bag.outcomes(mail.getFirst()).getFirst()) {
        case Outcome.Relayed(var cause, _) -> cause.reason();
        case Outcome.Delayed(var cause, var inDoubt) -> {
          assertThat(inDoubt).isFalse();
          yield cause.reason();
        }
        default -> throw new AssertionError(bag.outcomes(mail.getFirst()));
      };
    }
  }
}
