package me.ehlo.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import me.ehlo.net.Dialer;
import me.ehlo.net.WireFailure;
import me.ehlo.sasl.Channel;
import me.ehlo.sasl.ClientLogin;
import me.ehlo.sasl.ClientLogins;
import me.ehlo.sasl.Credentials;
import me.ehlo.trace.Utterance;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Logins over conversations with scripted servers. */
class LoggingInTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Dialer dialer = new Dialer("test");
  private final ScriptedServer server = new ScriptedServer();
  private final List<String> told = new CopyOnWriteArrayList<>();

  @AfterEach
  void close() throws Exception {
    server.close();
    dialer.close(Duration.ofSeconds(1));
  }

  @Test
  void aLoginTellsNoSecret() throws WireFailure {
    server.on("AUTH PLAIN ", "235 2.7.0 Welcome");
    assertThat(login("PLAIN")).isInstanceOf(LoggedIn.Yes.class);
    assertThat(server.lines("AUTH")).containsExactly("AUTH PLAIN AGFubgBvcGVuIHNlc2FtZQ==");
    assertThat(String.join("\n", told)).contains("AUTH PLAIN <").doesNotContain("AGFubgBvcGVu");
  }

  @Test
  void whatChallengesMeanIsToldBesideThem() throws WireFailure {
    server
        .on("AUTH LOGIN", "334 VXNlcm5hbWU6")
        .on("YW5u", "334 UGFzc3dvcmQ6")
        .on("b3BlbiBzZXNhbWU=", "535 5.7.8 Wrong");
    assertThat(login("LOGIN")).isInstanceOf(LoggedIn.Refused.class);
    assertThat(String.join("\n", told)).contains("Password:").doesNotContain("b3BlbiBzZXNhbWU=");
  }

  @Test
  void nonsenseIsAnsweredWithAStar() throws WireFailure {
    server.on("AUTH CRAM-MD5", "334 ???").on("*", "501 5.7.0 Cancelled");
    assertThat(login("CRAM-MD5")).isInstanceOf(LoggedIn.BrokenOff.class);
    assertThat(server.lines()).endsWith("*");
  }

  @Test
  void pop3LogsInByUserAndPassToo() throws WireFailure {
    server.on("(greeting)", "+OK").on("USER ann", "+OK").on("PASS open", "+OK 3 messages");
    try (Call call = call(Protocol.POP3)) {
      call.hear(PATIENCE);
      assertThat(new LoggingIn(call, PATIENCE).byUserAndPass("ann", "open"))
          .isInstanceOf(LoggedIn.Yes.class);
    }
    assertThat(told).contains(" -> PASS <the password>");
  }

  private LoggedIn login(String mechanism) throws WireFailure {
    try (Call call = call(Protocol.SMTP)) {
      call.hear(PATIENCE);
      ClientLogin login =
          new ClientLogins(Channel.CLEAR, "mx.test", 25, () -> "nonce")
              .choose(List.of(mechanism), Credentials.password("ann", "open sesame"))
              .orElseThrow();
      return new LoggingIn(call, PATIENCE).by(login);
    }
  }

  private Call call(Protocol protocol) throws WireFailure {
    return new Call(
        dialer,
        new Destination("mx.test", server.address()),
        protocol,
        () -> Instant.EPOCH,
        this::tell,
        PATIENCE);
  }

  private void tell(Utterance utterance) {
    told.add(utterance.line());
  }
}
