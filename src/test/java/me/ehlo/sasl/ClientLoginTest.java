package me.ehlo.sasl;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The client's side of logging in: the examples of the RFCs, what is chosen, and our own server at the other end. */
class ClientLoginTest {
  static final int LINE = 512;
  private static final Channel TLS =
      new Channel("TLSv1.3", "TLS_AES_128_GCM_SHA256", Optional.of("00ff"));
  private static final Channel UNBOUND = new Channel("TLSv1.2", "any", Optional.empty());
  static final Credentials ANN = Credentials.password("ann", "s3cret");

  static ClientLogin login(String mechanism, Credentials credentials, String nonce) {
    return logins(UNBOUND, nonce)
        .of(ClientMechanism.of(mechanism).orElseThrow(), List.of(), credentials)
        .orElseThrow();
  }

  private static ClientLogins logins(Channel channel, String nonce) {
    return new ClientLogins(channel, "server.example.com", 143, () -> nonce);
  }

  static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String message(String base64) {
    return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
  }

  /** What is answered to a challenge, before Base64. */
  static String said(ClientLogin login, String challenge) {
    ClientMove move = login.on(base64(challenge));
    assertThat(move).as(move.toString()).isInstanceOf(ClientMove.Say.class);
    return message(((ClientMove.Say) move).line().text());
  }

  private static String begun(ClientLogin login) {
    return message(login.begin(LINE).text().split(" ", -1)[2]);
  }

  // ---- the examples

  @Test
  void plain() { // RFC 4616 §4
    ClientLogin login = login("PLAIN", Credentials.password("tim", "tanstaaftanstaaf"), "");
    assertThat(begun(login)).isEqualTo("\0tim\0tanstaaftanstaaf");
    assertThat(login.doubt()).isEmpty();
  }

  @Test
  void loginAsksTwice() {
    ClientLogin login = login("LOGIN", ANN, "");
    assertThat(login.begin(LINE).text()).isEqualTo("AUTH LOGIN");
    assertThat(said(login, "Username:")).isEqualTo("ann");
    assertThat(said(login, "Password:")).isEqualTo("s3cret");
    assertThat(login.on(base64("And now?"))).isInstanceOf(ClientMove.Cancel.class);
  }

  @Test
  void cramMd5() { // RFC 2195 §2
    ClientLogin login = login("CRAM-MD5", Credentials.password("tim", "tanstaaftanstaaf"), "");
    assertThat(login.begin(LINE).text()).isEqualTo("AUTH CRAM-MD5");
    assertThat(said(login, "<1896.697170952@postoffice.reston.mci.net>"))
        .isEqualTo("tim b913a602c7eda7a495b4e6e7334d3890");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // RFC 5802 §5
        "SCRAM-SHA-1 | fyko+d2lbbFgONRv9qkxdawL | 3rfcNHYJY1ZVvWVs7j | QSXCR+Q6sek8bf92"
            + " | v0X8v3Bz2T0CJGbJQyF0X+HI4Ts= | rmF9pqV8S7suAoZWja4dJRkFsKQ=",
        // RFC 7677 §3
        "SCRAM-SHA-256 | rOprNGfwEbeRWgbNEkqO | %hvYDpWUa2RaTCAfuxFIlj)hNlF$k0 | W22ZaJ0SNY7soEsUEjb6gQ=="
            + " | dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ="
            + " | 6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=",
      })
  void scram(
      String mechanism, String ours, String theirs, String salt, String proof, String signature) {
    ClientLogin login = login(mechanism, Credentials.password("user", "pencil"), ours);
    assertThat(begun(login)).isEqualTo("n,,n=user,r=" + ours);
    assertThat(said(login, "r=" + ours + theirs + ",s=" + salt + ",i=4096"))
        .isEqualTo("c=biws,r=" + ours + theirs + ",p=" + proof);
    assertThat(login.doubt()).isPresent();
    assertThat(said(login, "v=" + signature)).isEmpty();
    assertThat(login.doubt()).isEmpty();
  }

  @Test
  void oauthBearer() { // RFC 7628 §4.1, §4.3
    Credentials token =
        Credentials.token("user@example.com", "vF9dft4qmTc2Nvb3RlckBhbHRhdmlzdGEuY29tCg==");
    ClientLogin login = login("OAUTHBEARER", token, "");
    assertThat(begun(login))
        .isEqualTo(
            "n,a=user@example.com,\1host=server.example.com\1port=143\1"
                + "auth=Bearer vF9dft4qmTc2Nvb3RlckBhbHRhdmlzdGEuY29tCg==\1\1");
    ClientMove move =
        login.on(
            "eyJzdGF0dXMiOiJpbnZhbGlkX3Rva2VuIiwic2NvcGUiOiJleGFtcGxlX3Njb3BlIiwib3BlbmlkLWNvbmZpZ3VyYXRpb24iOi"
                + "JodHRwczovL2V4YW1wbGUuY29tLy53ZWxsLWtub3duL29wZW5pZC1jb25maWd1cmF0aW9uIn0=");
    assertThat(move.heard())
        .isEqualTo(
            "The token is refused: \"invalid_token\", it has ended, is somebody else's, or was never good."
                + " It has to be good for \"example_scope\".");
    assertThat(((ClientMove.Say) move).line().text()).isEqualTo("AQ==");
  }

  @Test
  void xoauth2() { // https://developers.google.com/workspace/gmail/imap/xoauth2-protocol
    Credentials token =
        Credentials.token("someuser@example.com", "ya29.vF9dft4qmTc2Nvb3RlckBhdHRhdmlzdGEuY29tCg");
    ClientLogin login = login("XOAUTH2", token, "");
    assertThat(begun(login))
        .isEqualTo(
            "user=someuser@example.com\1auth=Bearer ya29.vF9dft4qmTc2Nvb3RlckBhdHRhdmlzdGEuY29tCg\1\1");
    assertThat(
            said(
                login,
                "{\"status\":\"401\",\"schemes\":\"bearer\",\"scope\":\"https://mail.google.com/\"}"))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"'', AUTH EXTERNAL =", "ann, AUTH EXTERNAL YW5u"})
  void external(String user, String line) {
    assertThat(login("EXTERNAL", Credentials.certificate(user), "").begin(LINE).text())
        .isEqualTo(line);
  }

  // ---- what is chosen

  @ParameterizedTest
  @CsvSource({
    "PLAIN LOGIN CRAM-MD5, CRAM-MD5",
    "LOGIN PLAIN, PLAIN",
    "login, LOGIN",
    "PLAIN SCRAM-SHA-1 scram-sha-256, SCRAM-SHA-256",
    "SCRAM-SHA-256 SCRAM-SHA-256-PLUS SCRAM-SHA-1-PLUS, SCRAM-SHA-256-PLUS",
    "SCRAM-SHA-1-PLUS SCRAM-SHA-256, SCRAM-SHA-1-PLUS",
    "GSSAPI DIGEST-MD5 XOAUTH2 EXTERNAL, ''",
    "'', ''",
  })
  void theBestThatIsOffered(String offered, String chosen) {
    assertThat(chosen(TLS, offered, ANN)).isEqualTo(chosen);
  }

  @Test
  void whatCannotBeBoundIsNot() {
    assertThat(chosen(UNBOUND, "SCRAM-SHA-256-PLUS PLAIN", ANN)).isEqualTo("PLAIN");
    assertThat(logins(UNBOUND, "n").of(ClientMechanism.SCRAM_SHA_256_PLUS, List.of(), ANN))
        .isEmpty();
  }

  @Test
  void credentialsOfAnotherKindAreNotForIt() {
    String all = "PLAIN XOAUTH2 OAUTHBEARER EXTERNAL SCRAM-SHA-256";
    assertThat(chosen(TLS, all, Credentials.token("ann", "t"))).isEqualTo("OAUTHBEARER");
    assertThat(chosen(TLS, "XOAUTH2 PLAIN", Credentials.token("ann", "t"))).isEqualTo("XOAUTH2");
    assertThat(chosen(TLS, all, Credentials.certificate(""))).isEqualTo("EXTERNAL");
  }

  private static String chosen(Channel channel, String offered, Credentials credentials) {
    return logins(channel, "n")
        .choose(List.of(offered.split(" ")), credentials)
        .map(login -> login.mechanism().word())
        .orElse("");
  }

  @ParameterizedTest
  @CsvSource({
    "SCRAM-SHA-256, SCRAM-SHA-256, 'y,,'", // would have bound: RFC 5802 §6
    "SCRAM-SHA-256, SCRAM-SHA-256 SCRAM-SHA-256-PLUS, 'n,,'", // a person wants it so
    "SCRAM-SHA-256-PLUS, SCRAM-SHA-256-PLUS, 'p=tls-exporter,,'",
  })
  void whatIsSaidOfTheChannel(String mechanism, String offered, String header) {
    ClientLogin login =
        logins(TLS, "nonce")
            .of(ClientMechanism.of(mechanism).orElseThrow(), List.of(offered.split(" ")), ANN)
            .orElseThrow();
    assertThat(begun(login)).isEqualTo(header + "n=ann,r=nonce");
  }

  // ---- our own server at the other end

  @ParameterizedTest
  @ValueSource(strings = {"SCRAM-SHA-256", "SCRAM-SHA-256-PLUS"})
  void ourServerLetsUsIn(String mechanism) {
    Channel channel = mechanism.endsWith("PLUS") ? TLS : UNBOUND;
    Conversation conversation = talk(channel, mechanism, "pencil");
    assertThat(conversation.last()).isEqualTo(new Step.Over(Pencil.known("0")));
    assertThat(conversation.login().doubt()).isEmpty();
  }

  @Test
  void ourServerDoesNotLetInWhoDoesNotKnow() {
    Conversation conversation = talk(UNBOUND, "SCRAM-SHA-256", "pen");
    assertThat(conversation.last()).isEqualTo(new Step.Over(Verdict.refused(Verdict.Why.WRONG)));
    assertThat(conversation.login().doubt()).isPresent();
  }

  @Test
  void somebodyWhoHidesThatTheServerCouldBindIsFound() {
    ClientLogin login = logins(TLS, "nonce").choose(List.of("SCRAM-SHA-256"), ANN).orElseThrow();
    Exchange server =
        Mechanisms.withScram(Pencil.with("s3cret"), TLS).exchange("SCRAM-SHA-256").orElseThrow();
    Step step = server.begin(Optional.of(begun(login)));
    assertThat(step).isEqualTo(new Step.Challenge("e=server-does-support-channel-binding"));
    ClientMove move = login.on(base64("e=server-does-support-channel-binding"));
    assertThat(move.heard())
        .isEqualTo("The server refuses the login: \"server-does-support-channel-binding\".");
  }

  private record Conversation(ClientLogin login, Step last) {}

  private static Conversation talk(Channel channel, String mechanism, String password) {
    Exchange server =
        Mechanisms.withScram(Pencil.with("pencil"), channel).exchange(mechanism).orElseThrow();
    ClientLogin login =
        logins(channel, "fyko+d2lbbFgONRv9qkxdawL")
            .of(
                ClientMechanism.of(mechanism).orElseThrow(),
                List.of(mechanism),
                Credentials.password("u=s,er", password))
            .orElseThrow();
    Step step = server.begin(Optional.of(begun(login)));
    while (step instanceof Step.Challenge(var challenge)) {
      step = server.on(said(login, challenge));
    }
    return new Conversation(login, step);
  }

  @Test
  void ourServerUnderstandsPlainAndLogin() {
    Authority ann =
        (name, password) ->
            name.equals("ann") && password.equals("s3cret")
                ? Pencil.known(name)
                : Verdict.refused(Verdict.Why.WRONG);
    Mechanisms mechanisms = Mechanisms.ofPasswords(ann);
    Exchange plain = mechanisms.exchange("PLAIN").orElseThrow();
    assertThat(plain.begin(Optional.of(begun(login("PLAIN", ANN, "")))))
        .isEqualTo(new Step.Over(Pencil.known("ann")));

    ClientLogin login = login("LOGIN", ANN, "");
    Exchange server = mechanisms.exchange("LOGIN").orElseThrow();
    Step step = server.begin(Optional.empty());
    while (step instanceof Step.Challenge(var challenge)) {
      step = server.on(said(login, challenge));
    }
    assertThat(step).isEqualTo(new Step.Over(Pencil.known("ann")));
  }

  // ---- lines

  @Test
  void whatIsTooLongForACommandWaits() {
    ClientLogin login = login("XOAUTH2", Credentials.token("ann", "t".repeat(2000)), "");
    assertThat(login.begin(LINE).text()).isEqualTo("AUTH XOAUTH2");
    ClientMove move = login.on("go on"); // not Base64, as some servers do it
    assertThat(message(((ClientMove.Say) move).line().text()))
        .startsWith("user=ann\1auth=Bearer ttt");
  }

  @ParameterizedTest
  @CsvSource({"29, AUTH PLAIN AGFubgBzM2NyZXQ=", "28, AUTH PLAIN"})
  void aCommandHasItsLength(int octets, String line) {
    assertThat(login("PLAIN", ANN, "").begin(octets).text()).isEqualTo(line);
  }

  @Test
  void secretsAreNeverShown() {
    assertThat(ANN.toString()).doesNotContain("s3cret");
    ClientLine plain = login("PLAIN", ANN, "").begin(LINE);
    assertThat(plain.shown()).isEqualTo("AUTH PLAIN <user name and password of \"ann\">");
    assertThat(plain).hasToString(plain.shown());
    ClientLogin login = login("LOGIN", ANN, "");
    assertThat(login.on(base64("Username:")).toString()).contains(base64("ann"));
    assertThat(login.on(base64("Password:")).toString())
        .contains("<the password>")
        .doesNotContain(base64("s3cret"));
  }

  @ParameterizedTest
  @CsvSource({
    "PLAIN, true",
    "LOGIN, true",
    "XOAUTH2, true",
    "OAUTHBEARER, true",
    "CRAM-MD5, false",
    "SCRAM-SHA-1, false",
    "SCRAM-SHA-256-PLUS, false",
    "EXTERNAL, false",
  })
  void whoGetsToSeeTheSecret(String mechanism, boolean shows) {
    assertThat(ClientMechanism.of(mechanism).orElseThrow().showsSecret()).isEqualTo(shows);
  }

  @Test
  void aPasswordThatScramHasNoFormForIsNotTried() {
    ClientLogin login = login("SCRAM-SHA-256", Credentials.password("ann", "a\u0007b"), "ours");
    login.begin(LINE);
    assertThat(login.on(base64("r=ours1,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096")))
        .isInstanceOf(ClientMove.Cancel.class);
  }
}
