package me.ehlo.sasl;

import static me.ehlo.sasl.ClientLoginTest.ANN;
import static me.ehlo.sasl.ClientLoginTest.LINE;
import static me.ehlo.sasl.ClientLoginTest.base64;
import static me.ehlo.sasl.ClientLoginTest.login;
import static me.ehlo.sasl.ClientLoginTest.said;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that mean no good, or make mistakes, while we log in. */
class FalseServersTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "r=other,s=QSXCR+Q6sek8bf92,i=4096 | The random word is not ours",
        "r=ours,s=QSXCR+Q6sek8bf92,i=4096 | The random word is not ours",
        "r=ours1,s=QSXCR+Q6sek8bf92,i=1 | The server asks for fewer than 4096",
        "r=ours1,s=QSXCR+Q6sek8bf92,i=4095 | The server asks for fewer than 4096",
        "r=ours1,s=QSXCR+Q6sek8bf92,i=-1 | The server asks for fewer than 4096",
        "r=ours1,s=QSXCR+Q6sek8bf92,i= | The server asks for fewer than 4096",
        "r=ours1,s=QSXCR+Q6sek8bf92,i=2147483648 | The server asks for more than 2000000",
        "r=ours1,s=QSXCR+Q6sek8bf92,i=99999999999999999999999 | The server asks for more than 2000000",
        "r=ours1,s=QSXCR+Q6sek8bf92,i=2000001 | The server asks for more than 2000000",
        "r=ours1,s=,i=4096 | The server gives no salt",
        "r=ours1,s=!!,i=4096 | The server gives no salt",
        "m=ext,r=ours1,s=QSXCR+Q6sek8bf92,i=4096 | The server wants an extension",
        "r=ours1 | This is no first message",
        "Password: | This is no first message",
      })
  void scramIsBrokenOff(String challenge, String why) {
    ClientLogin login = login("SCRAM-SHA-256", ANN, "ours");
    login.begin(LINE);
    assertThat(login.on(base64(challenge)))
        .isInstanceOfSatisfying(
            ClientMove.Cancel.class, cancel -> assertThat(cancel.why()).startsWith(why));
    assertThat(login.doubt()).isPresent();
    assertThat(login.on(base64("r=ours1,s=QSXCR+Q6sek8bf92,i=4096")))
        .isInstanceOf(ClientMove.Cancel.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G5=", "v=", "v=!", "", "ok"})
  void aServerThatDoesNotKnowThePasswordIsNotBelieved(String signature) {
    ClientLogin login = login("SCRAM-SHA-256", Credentials.password("user", "pencil"), "ours");
    login.begin(LINE);
    said(login, "r=ours1,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096");
    assertThat(login.on(base64(signature))).isInstanceOf(ClientMove.Cancel.class);
    assertThat(login.doubt()).isPresent();
  }

  @Test
  void aServerThatSaysYesAtOnceIsNotBelieved() {
    ClientLogin login = login("SCRAM-SHA-256", ANN, "ours");
    login.begin(LINE);
    assertThat(login.doubt()).isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"what now?", "====", "dXNlcg==\u001b[2J", "\u00e4"})
  void aChallengeThatIsNoBase64EndsIt(String challenge) {
    ClientMove move = login("LOGIN", ANN, "").on(challenge);
    assertThat(move).isInstanceOf(ClientMove.Cancel.class);
    assertThat(move.heard()).doesNotContain("\u001b");
  }

  @Test
  void aHugeChallengeEndsIt() {
    String largest = base64("x".repeat(9216)); // 12288 octets, RFC 4954 §4
    assertThat(login("CRAM-MD5", ANN, "").on(largest)).isInstanceOf(ClientMove.Say.class);
    assertThat(login("CRAM-MD5", ANN, "").on(largest + "AAAA"))
        .isInstanceOf(ClientMove.Cancel.class);
  }

  @Test
  void nobodyIsAskedForever() {
    ClientLogin login = login("LOGIN", ANN, "");
    for (int i = 0; i < 2; i++) {
      assertThat(login.on("")).isInstanceOf(ClientMove.Say.class);
    }
    for (int i = 0; i < 100; i++) {
      assertThat(login.on("")).isInstanceOf(ClientMove.Cancel.class);
    }
  }

  @ParameterizedTest
  @CsvSource({"PLAIN, ''", "CRAM-MD5, <1@a>", "EXTERNAL, ''"})
  void whatHasBeenSaidIsSaidOnce(String mechanism, String challenge) {
    Credentials credentials = mechanism.equals("EXTERNAL") ? Credentials.certificate("ann") : ANN;
    ClientLogin login = login(mechanism, credentials, "");
    login.begin(LINE);
    if (mechanism.equals("CRAM-MD5")) {
      login.on(base64(challenge));
    }
    assertThat(login.on(base64(challenge))).isInstanceOf(ClientMove.Cancel.class);
  }

  @Test
  void theServersWordsDoNothingToATerminal() {
    ClientMove move = login("LOGIN", ANN, "").on(base64("\u001b]0;x\u0007User\u202e:"));
    assertThat(move.heard())
        .isEqualTo("The server asks \"\\x1b]0;x\\x07User\\u202e:\": the user name.");
  }
}
