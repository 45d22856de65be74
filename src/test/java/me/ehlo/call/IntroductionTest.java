package me.ehlo.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import me.ehlo.call.Wishes.Encryption;
import me.ehlo.call.Wishes.Last;
import me.ehlo.net.Dialer;
import me.ehlo.net.Secured;
import me.ehlo.net.TlsClient;
import me.ehlo.net.WireFailure;
import me.ehlo.relay.Tls;
import me.ehlo.smtp.client.Offered;
import me.ehlo.trace.Utterance;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The beginnings of conversations with scripted servers. */
class IntroductionTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Dialer dialer = new Dialer("test");
  private final ScriptedServer server = new ScriptedServer();
  private final List<String> told = new CopyOnWriteArrayList<>();
  private boolean trusted = true;
  private boolean extended = true;
  private Last last = Last.NOWHERE;

  @AfterEach
  void close() throws Exception {
    server.close();
    dialer.close(Duration.ofSeconds(1));
  }

  @Test
  void whatIsOfferedIsKnownAndToldAsItCame() {
    server.offers("SIZE 1000", "AUTH PLAIN LOGIN");
    Offered offered = ready(Encryption.NEVER).offered();

    assertThat(offered.sizeMax()).isEqualTo(1000);
    assertThat(offered.mechanisms()).containsExactlyInAnyOrder("PLAIN", "LOGIN");
    assertThat(told)
        .containsExactly(
            "<-  220 mx.test ESMTP",
            " -> EHLO client.test",
            "<-  250-mx.test",
            "<-  250-SIZE 1000",
            "<-  250 AUTH PLAIN LOGIN");
  }

  @Test
  void whereEhloIsRefusedHeloIsSaidAloud() {
    server.on("EHLO", "502 5.5.1 No");
    Beginning.Ready ready = ready(Encryption.IF_OFFERED);

    assertThat(ready.extended()).isFalse();
    assertThat(ready.offered()).isEqualTo(Offered.NOTHING);
    assertThat(told)
        .containsSubsequence(
            "<** 502 5.5.1 No",
            "=== EHLO was refused; trying HELO, which knows no extensions",
            " -> HELO client.test");
  }

  @Test
  void heloAloneWhereItIsAskedFor() {
    extended = false;
    ready(Encryption.NEVER);
    assertThat(server.lines()).containsExactly("HELO client.test");
  }

  @Test
  void lmtpKnowsOnlyLhlo() {
    server.on("LHLO", "500 5.5.1 What?");
    assertThat(begun(Protocol.LMTP, Encryption.NEVER)).isInstanceOf(Beginning.Refused.class);
    assertThat(server.lines()).containsExactly("LHLO client.test");
  }

  @ParameterizedTest
  @EnumSource(
      value = Encryption.class,
      names = {"IF_OFFERED", "REQUIRED"})
  void behindStartTlsEhloIsSaidAgain(Encryption encryption) {
    server.withTls().on("EHLO", "250-mx.test|250 STARTTLS", "250-mx.test|250 AUTH PLAIN");

    assertThat(ready(encryption).offered().keywords()).containsExactly("AUTH");
    assertThat(server.lines()).containsExactly("EHLO client.test", "STARTTLS", "EHLO client.test");
    assertThat(told).contains(" ~> EHLO client.test", "<~  250 AUTH PLAIN");
  }

  @Test
  void tlsFromTheFirstOctet() {
    server.encryptedFirst().offers("AUTH PLAIN");
    ready(Encryption.FROM_THE_START);
    assertThat(told.getFirst()).isEqualTo("<~  220 mx.test ESMTP");
    assertThat(server.lines()).containsExactly("EHLO client.test");
  }

  @Test
  void tlsThatIsRequiredAndNotOfferedEndsIt() {
    assertThat(begun(Protocol.SMTP, Encryption.REQUIRED)).isInstanceOf(Beginning.NoTls.class);
    assertThat(ready(Encryption.IF_OFFERED).extended()).isTrue();
  }

  @Test
  void startTlsThatIsRefusedEndsItOnlyWhereItIsRequired() {
    server.offers("STARTTLS").on("STARTTLS", "454 4.7.0 Not now");
    assertThat(begun(Protocol.SMTP, Encryption.REQUIRED))
        .isInstanceOfSatisfying(
            Beginning.Refused.class, it -> assertThat(it.stage()).isEqualTo(Stage.STARTTLS));
    ready(Encryption.IF_OFFERED);
    assertThat(told)
        .contains("=== STARTTLS was refused; going on in the clear, since TLS is not required");
  }

  @Test
  void whoSpeaksBetweenStartTlsAndTlsIsNotListenedTo() {
    server.offers("STARTTLS").on("STARTTLS", "220 2.0.0 Go ahead|250 2.0.0 injected");
    assertThat(begun(Protocol.SMTP, Encryption.REQUIRED))
        .isInstanceOf(Beginning.SpokeBeforeTls.class);
  }

  @Test
  void whomNobodyTrustsIsToldNothingMore() {
    trusted = false;
    server.withTls().offers("STARTTLS");
    assertThat(begun(Protocol.SMTP, Encryption.REQUIRED)).isInstanceOf(Beginning.Distrusted.class);
    assertThat(server.lines()).containsExactly("EHLO client.test", "STARTTLS");
  }

  @Test
  void tlsThatCannotBeAgreedOnIsLost() {
    server.offers("STARTTLS").on("STARTTLS", "220 2.0.0 Go ahead" + ScriptedServer.HANGS_UP);
    assertThat(begun(Protocol.SMTP, Encryption.REQUIRED))
        .isInstanceOfSatisfying(
            Beginning.Lost.class, it -> assertThat(it.stage()).isEqualTo(Stage.TLS));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "(greeting) | 554 5.7.1 No     | GREETING | NEVER",
        "(greeting) | 421 4.7.0 Later  | GREETING | NOT_NOW",
        "(greeting) | SSH-2.0-OpenSSH  | GREETING | NONSENSE",
        "(greeting) | 354 go on        | GREETING | GO_ON",
        "EHLO       | 421 4.3.2 Bye    | EHLO     | NOT_NOW",
        "EHLO       | hello yourself   | EHLO     | NONSENSE",
      })
  void refusalsSayWhere(String line, String reply, Stage stage, Heard.Kind kind) {
    server.on(line, reply);
    assertThat(begun(Protocol.SMTP, Encryption.NEVER))
        .isInstanceOfSatisfying(
            Beginning.Refused.class,
            it -> {
              assertThat(it.stage()).isEqualTo(stage);
              assertThat(it.heard().kind()).isEqualTo(kind);
            });
  }

  @Test
  void aServerThatHangsUpIsLostAtItsStage() {
    server.on("EHLO", ScriptedServer.HANGS_UP);
    assertThat(begun(Protocol.SMTP, Encryption.NEVER))
        .isInstanceOfSatisfying(
            Beginning.Lost.class,
            it -> {
              assertThat(it.stage()).isEqualTo(Stage.EHLO);
              assertThat(it.failure().kind()).isEqualTo(WireFailure.Kind.LOST);
            });
  }

  @ParameterizedTest
  @CsvSource({"GREETING, 0", "FIRST_EHLO, 1", "TLS, 2"})
  void itStopsWhereItIsToStop(Last where, int lines) {
    last = where;
    server.withTls().offers("STARTTLS");
    assertThat(begun(Protocol.SMTP, Encryption.REQUIRED)).isInstanceOf(Beginning.Stopped.class);
    assertThat(server.lines()).hasSize(lines);
  }

  private Beginning.Ready ready(Encryption encryption) {
    return (Beginning.Ready) begun(Protocol.SMTP, encryption);
  }

  private Beginning begun(Protocol protocol, Encryption encryption) {
    Wishes wishes =
        new Wishes(
            "client.test",
            extended,
            encryption,
            new TlsClient(Tls.kept()),
            this::judge,
            last,
            false,
            PATIENCE);
    try (Call call = call(protocol)) {
      return new Introduction(call, wishes).begin();
    } catch (WireFailure e) {
      throw new AssertionError(e);
    }
  }

  private boolean judge(Secured secured) {
    return trusted && !secured.chain().isEmpty();
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
