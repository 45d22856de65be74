package me.ehlo.smtp.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.List;
import java.util.Optional;
import me.ehlo.sasl.Credentials;
import me.ehlo.sasl.Exchange;
import me.ehlo.sasl.Mechanisms;
import me.ehlo.sasl.Pencil;
import me.ehlo.sasl.Step.Challenge;
import me.ehlo.sasl.Step.Over;
import me.ehlo.sasl.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Logging in at a smart host by the best that it offers, and smart hosts that are none. */
class LoginDialogueTest {
  private static final Credentials USER = Credentials.password("user", "pencil");

  private static Stage stage(Credentials credentials, String offered) {
    Terms.Login login = new Terms.Login(credentials, "mx.test", 587, () -> "rOprNGfwEbeRWgbNEkqO");
    Stage stage =
        new Stage(new Terms("here.test", "mx.test", Terms.Encryption.REQUIRED, Optional.of(login)));
    stage.hears("220 hi").offers("STARTTLS").hears("220 go").isSecured(true);
    stage.said();
    return stage.offers("AUTH " + offered);
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }

  private static String message(String line) {
    return new String(Base64.getDecoder().decode(line.substring(0, line.length() - 1)), UTF_8);
  }

  @ParameterizedTest
  @CsvSource({
    "PLAIN SCRAM-SHA-256 LOGIN, AUTH SCRAM-SHA-256 ",
    "PLAIN SCRAM-SHA-256-PLUS SCRAM-SHA-256, AUTH SCRAM-SHA-256-PLUS ",
    "LOGIN CRAM-MD5, AUTH CRAM-MD5",
  })
  void theBestIsUsed(String offered, String begun) {
    assertThat(stage(USER, offered).said()).startsWith(begun);
  }

  @Test
  void scramFromBeginningToEnd() {
    Exchange server =
        Mechanisms.withScram(Pencil.with("pencil"), Stage.TLS)
            .exchange("SCRAM-SHA-256-PLUS")
            .orElseThrow();
    Stage stage = stage(USER, "PLAIN SCRAM-SHA-256 SCRAM-SHA-256-PLUS");
    String begun = stage.said().substring("AUTH SCRAM-SHA-256-PLUS ".length());
    me.ehlo.sasl.Step step = server.begin(Optional.of(message(begun)));
    while (step instanceof Challenge(var challenge)) {
      step = server.on(message(stage.hears("334 " + base64(challenge)).said()));
    }
    assertThat(step)
        .isInstanceOfSatisfying(
            Over.class, over -> assertThat(over.verdict()).isInstanceOf(Verdict.Known.class));
    assertThat(stage.hears("235 in").now()).isEqualTo("Ready");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "235 welcome, whoever you are",
        "334 cj1vdGhlcixzPVcyMlphSjBTTlk3c29Fc1VFamI2Z1E9PSxpPTQwOTY=", // another nonce
        "334 !",
        "334",
      })
  void aServerThatDoesNotKnowThePasswordGetsNoMail(String reply) {
    assertThat(stage(USER, "SCRAM-SHA-256").hears(reply).now())
        .isEqualTo("gives up: login-broken-off");
  }

  @Test
  void whoRefusesIsNotBlamed() {
    assertThat(stage(USER, "SCRAM-SHA-256").hears("535 no").now())
        .isEqualTo("gives up: login-refused");
    assertThat(stage(USER, "LOGIN").hears("334 VXNlcm5hbWU6", "535 no").now())
        .isEqualTo("gives up: login-refused");
  }

  @Test
  void aTokenThatIsTooLongForALineWaits() {
    Stage stage = stage(Credentials.token("user", "t".repeat(1500)), "XOAUTH2 PLAIN");
    assertThat(stage.said()).isEqualTo("AUTH XOAUTH2|");
    assertThat(message(stage.hears("334").said())).startsWith("user=user\1auth=Bearer ttt");
    assertThat(stage.hears("334 " + base64("{\"status\":\"401\"}")).said()).isEqualTo("|");
    assertThat(stage.hears("535 5.7.8 no").now()).isEqualTo("gives up: login-refused");
  }

  @Test
  void thePasswordIsNowhere() {
    Terms.Login login = new Terms.Login(USER, "mx.test", 587, () -> "n");
    assertThat(List.of(login).toString()).doesNotContain("pencil");
  }
}
