package me.ehlo.sasl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.ongres.scram.client.ScramClient;
import com.ongres.scram.common.exception.ScramException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** SCRAM (RFC 5802, RFC 7677, RFC 9266): the RFC's own example, another program as the client, and every deviation. */
class ScramExchangeTest {
  private static final String BINDING =
      "00ff10a0b1c2d3e4f5060718293a4b5c6d7e8f90010203040506070809fffe2c";
  private static final Channel BOUND =
      new Channel("TLSv1.3", "TLS_AES_128_GCM_SHA256", Optional.of(BINDING));
  private static final Channel UNBOUND = new Channel("TLSv1.2", "any", Optional.empty());

  private static final String FIRST = "n,,n=user,r=rOprNGfwEbeRWgbNEkqO";
  private static final String ALL = "rOprNGfwEbeRWgbNEkqO" + Pencil.NONCE;
  private static final String PROOF = "dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=";
  private static final String LAST = "c=biws,r=" + ALL + ",p=" + PROOF;
  private static final Step WRONG = new Step.Over(Verdict.refused(Verdict.Why.WRONG));

  @Test
  void theExampleOfTheRfc() { // RFC 7677 §3
    Exchange exchange = exchange(Pencil.with("pencil"), UNBOUND, "SCRAM-SHA-256");

    assertThat(exchange.begin(Optional.of(FIRST)))
        .isEqualTo(new Step.Challenge("r=" + ALL + ",s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096"));
    assertThat(exchange.on(LAST))
        .isEqualTo(new Step.Challenge("v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4="));
    assertThat(exchange.on("")).isEqualTo(new Step.Over(Pencil.known("0")));
  }

  @Test
  void withoutAnInitialResponseTheClientIsAskedForOne() {
    Exchange exchange = exchange(Pencil.with("pencil"), UNBOUND, "scram-sha-256");

    assertThat(exchange.begin(Optional.empty())).isEqualTo(new Step.Challenge(""));
    assertThat(exchange.on(FIRST)).isInstanceOf(Step.Challenge.class);
  }

  @Test
  void offered() {
    Pencil authority = Pencil.with();

    assertThat(Mechanisms.withScram(authority, BOUND).names())
        .containsExactly("SCRAM-SHA-256-PLUS", "SCRAM-SHA-256", "PLAIN", "LOGIN");
    assertThat(Mechanisms.withScram(authority, UNBOUND).names())
        .containsExactly("SCRAM-SHA-256", "PLAIN", "LOGIN");
    assertThat(Mechanisms.withScram(authority, UNBOUND).exchange("SCRAM-SHA-256-PLUS")).isEmpty();
    assertThat(Mechanisms.ofPasswords(authority).exchange("SCRAM-SHA-256")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "pencil, 0",
    "p\u00e9ncil, 1",
    "pe\u0301ncil, 1",
    "'a, b=c', 2",
    "pe\u00adncil, 0",
    "xyz, 9"
  })
  void anotherProgramAsTheClient(String password, String which) throws ScramException {
    for (boolean plus : List.of(true, false)) {
      Pencil authority = Pencil.with("pencil", "p\u00e9ncil", "a, b=c");

      assertThat(logIn(authority, "user", password, plus))
          .isEqualTo(which.equals("9") ? WRONG : new Step.Over(Pencil.known(which)));
      assertThat(authority.outcomes)
          .containsExactly(which.equals("9") ? "failed" : "proved " + which);
    }
  }

  @Test
  void theNameMayHoldAnything() throws ScramException {
    Pencil authority = Pencil.with("pencil");

    assertThat(logIn(authority, "a,b=c=2C\u00e9@a.example", "pencil", false))
        .isEqualTo(new Step.Over(Pencil.known("0")));
    assertThat(authority.names).containsExactly("a,b=c=2C\u00e9@a.example");
  }

  @Test
  void nobodysProofFitsNothing() throws ScramException {
    assertThat(logIn(Pencil.with(), "user", "pencil", true)).isEqualTo(WRONG);
  }

  @Test
  void whoIsBlockedLearnsNothingByTheRightPassword() throws ScramException {
    assertThat(logIn(Pencil.blocked("pencil"), "user", "pencil", true))
        .isEqualTo(new Step.Over(Verdict.refused(Verdict.Why.BLOCKED)));
  }

  @Test
  void anotherConnectionsProofIsWorthNothing() throws ScramException {
    ScramClient client = client("user", "pencil", Optional.of("00".repeat(32)));
    Exchange exchange = exchange(Pencil.with("pencil"), BOUND, "SCRAM-SHA-256-PLUS");
    Step asked = exchange.begin(Optional.of(client.clientFirstMessage().toString()));
    client.serverFirstMessage(((Step.Challenge) asked).message());

    assertThat(exchange.on(client.clientFinalMessage().toString()))
        .isEqualTo(new Step.Challenge("e=channel-bindings-dont-match"));
    assertThat(exchange.on("")).isEqualTo(WRONG);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SCRAM-SHA-256      | y,,n=user,r=x            | server-does-support-channel-binding | WRONG",
        "SCRAM-SHA-256      | p=tls-exporter,,n=user,r=x | channel-binding-not-supported     | WRONG",
        "SCRAM-SHA-256-PLUS | n,,n=user,r=x            | other-error                         | WRONG",
        "SCRAM-SHA-256-PLUS | y,,n=user,r=x            | other-error                         | WRONG",
        "SCRAM-SHA-256-PLUS | p=tls-unique,,n=user,r=x | unsupported-channel-binding-type    | WRONG",
        "SCRAM-SHA-256-PLUS | p=,,n=user,r=x           | invalid-encoding                    | MALFORMED",
        "SCRAM-SHA-256      | n,,m=x,n=user,r=x        | extensions-not-supported            | MALFORMED",
        "SCRAM-SHA-256      | n,,n=user,r=x,m=x        | extensions-not-supported            | MALFORMED",
        "SCRAM-SHA-256      | n,,n=us=er,r=x           | invalid-username-encoding           | MALFORMED",
        "SCRAM-SHA-256      | n,,n=us=2cer,r=x         | invalid-username-encoding           | MALFORMED",
        "SCRAM-SHA-256      | n,a=b=,n=user,r=x        | invalid-username-encoding           | MALFORMED",
        "SCRAM-SHA-256      | n,b=user,n=user,r=x      | invalid-encoding                    | MALFORMED",
        "SCRAM-SHA-256      | n,a=,n=user,r=x          | invalid-encoding                    | MALFORMED",
        "SCRAM-SHA-256      | n,user,n=user,r=x        | invalid-encoding                    | MALFORMED",
        "SCRAM-SHA-256      | n,,n=,r=x                | invalid-encoding                    | MALFORMED",
        "SCRAM-SHA-256      | n,,n=user,r=             | invalid-encoding                    | MALFORMED",
        "SCRAM-SHA-256      | n,,n=user,r=a b          | invalid-encoding                    | MALFORMED",
        "SCRAM-SHA-256      | n,,n=user,r=\u00e9       | invalid-encoding                    | MALFORMED",
        "SCRAM-SHA-256      | n,,r=x,n=user            | invalid-encoding                    | MALFORMED",
        "SCRAM-SHA-256      | n,,n=user                | invalid-encoding                    | MALFORMED",
        "SCRAM-SHA-256      | n,,n=user,r=x,           | invalid-encoding                    | MALFORMED",
        "SCRAM-SHA-256      | n,,n=user,r=x,9=x        | invalid-encoding                    | MALFORMED",
        "SCRAM-SHA-256      | z,,n=user,r=x            | invalid-encoding                    | MALFORMED",
        "SCRAM-SHA-256      | N,,n=user,r=x            | invalid-encoding                    | MALFORMED",
        "SCRAM-SHA-256      | n,n=user,r=x             | invalid-encoding                    | MALFORMED",
        "SCRAM-SHA-256      | ''                       | invalid-encoding                    | MALFORMED",
        "SCRAM-SHA-256      | ','                      | invalid-encoding                    | MALFORMED",
        "SCRAM-SHA-256      | n,,                      | invalid-encoding                    | MALFORMED",
        "SCRAM-SHA-256      | n,,n=us\0er,r=x          | invalid-encoding                    | MALFORMED"
      })
  void firstMessagesThatAreNone(String mechanism, String first, String error, Verdict.Why why) {
    Pencil authority = Pencil.with("pencil");
    Exchange exchange = exchange(authority, BOUND, mechanism);

    assertThat(exchange.begin(Optional.of(first))).isEqualTo(new Step.Challenge("e=" + error));
    assertThat(exchange.on("whatever")).isEqualTo(new Step.Over(Verdict.refused(why)));
    assertThat(authority.names).isEmpty();
  }

  static Stream<Arguments> lastMessagesThatAreNone() {
    return Stream.of(
        arguments(LAST.replace("c=biws", "c=eSws"), "channel-bindings-dont-match"), // y,,
        arguments(LAST.replace("c=biws", "c=biw"), "channel-bindings-dont-match"),
        arguments(LAST.replace("c=biws", "c="), "invalid-encoding"),
        arguments(LAST.replace("c=biws,", ""), "invalid-encoding"),
        arguments(LAST.replace("r=" + ALL, "r=" + Pencil.NONCE), "other-error"),
        arguments(LAST.replace("r=" + ALL, "r=" + ALL + "x"), "other-error"),
        arguments(LAST.replace("r=" + ALL, "r=rOprNGfwEbeRWgbNEkqO"), "other-error"),
        arguments(LAST.replace("r=" + ALL + ",", ""), "invalid-encoding"),
        arguments(LAST.replace("p=" + PROOF, "p="), "invalid-encoding"),
        arguments(LAST.replace(",p=" + PROOF, ""), "invalid-encoding"),
        arguments(LAST.replace(PROOF, PROOF.substring(4)), "invalid-encoding"),
        arguments(LAST.replace(PROOF, PROOF.replace("=", "")), "invalid-encoding"),
        arguments(LAST.replace(PROOF, "AAAA" + PROOF), "invalid-encoding"),
        arguments(LAST.replace(PROOF, "*" + PROOF.substring(1)), "invalid-encoding"),
        arguments(LAST + ",x=y", "invalid-encoding"),
        arguments(LAST.replace(",p=", ",x,p="), "invalid-encoding"),
        arguments("", "invalid-encoding"),
        arguments(",", "invalid-encoding"),
        arguments("p=" + PROOF, "invalid-encoding"),
        arguments("\0", "invalid-encoding"));
  }

  @ParameterizedTest
  @MethodSource
  void lastMessagesThatAreNone(String last, String error) {
    Pencil authority = Pencil.with("pencil");
    Exchange exchange = exchange(authority, UNBOUND, "SCRAM-SHA-256");
    exchange.begin(Optional.of(FIRST));

    assertThat(exchange.on(last)).isEqualTo(new Step.Challenge("e=" + error));
    assertThat(exchange.on(LAST))
        .isInstanceOf(Step.Over.class)
        .isNotEqualTo(new Step.Over(Pencil.known("0")));
    assertThat(authority.outcomes).isEmpty();
  }

  @Test
  void theLastWordIsAcknowledgedByNothing() {
    Exchange exchange = exchange(Pencil.with("pencil"), UNBOUND, "SCRAM-SHA-256");
    exchange.begin(Optional.of(FIRST));
    exchange.on(LAST);

    assertThat(exchange.on("more")).isEqualTo(Step.malformed());
  }

  @Test
  void anUnknownExtensionIsNoMatter() { // RFC 5802 §5.1, but it is covered by the proof
    Exchange exchange = exchange(Pencil.with("pencil"), UNBOUND, "SCRAM-SHA-256");

    assertThat(exchange.begin(Optional.of(FIRST + ",x=y,z=1=2")))
        .isInstanceOf(Step.Challenge.class);
    assertThat(exchange.on(LAST)).isEqualTo(WRONG);
  }

  @ParameterizedTest
  @CsvSource({"user, true", "USER, true", "other, false"})
  void nobodyActsForSomebodyElse(String authzid, boolean known) throws ScramException {
    ScramClient client =
        ScramClient.builder()
            .advertisedMechanisms(List.of("SCRAM-SHA-256"))
            .username("user")
            .password("pencil".toCharArray())
            .authzid(authzid)
            .build();
    Exchange exchange = exchange(Pencil.with("pencil"), UNBOUND, "SCRAM-SHA-256");

    Step step = proceed(exchange, client);

    assertThat(step instanceof Step.Challenge).isEqualTo(known);
    assertThat(known || step.equals(WRONG)).isTrue();
  }

  @Test
  void keysAreNotShown() {
    assertThat(new ScramPassword("phone", "c2VjcmV0", "c2VjcmV0").toString())
        .isEqualTo("ScramPassword[phone]");
  }

  private static Step logIn(Pencil authority, String name, String password, boolean plus)
      throws ScramException {
    Exchange exchange =
        exchange(authority, plus ? BOUND : UNBOUND, "SCRAM-SHA-256" + (plus ? "-PLUS" : ""));
    ScramClient client = client(name, password, plus ? Optional.of(BINDING) : Optional.empty());
    Step step = proceed(exchange, client);
    if (step instanceof Step.Challenge(var message)) {
      client.serverFinalMessage(message); // fails unless it proves that we know the password, too
      return exchange.on("");
    }
    return step;
  }

  private static Step proceed(Exchange exchange, ScramClient client) throws ScramException {
    Step asked = exchange.begin(Optional.of(client.clientFirstMessage().toString()));
    client.serverFirstMessage(((Step.Challenge) asked).message());
    return exchange.on(client.clientFinalMessage().toString());
  }

  private static ScramClient client(String name, String password, Optional<String> binding) {
    ScramClient.FinalBuildStage built =
        ScramClient.builder()
            .advertisedMechanisms(
                List.of(binding.isPresent() ? "SCRAM-SHA-256-PLUS" : "SCRAM-SHA-256"))
            .username(name)
            .password(password.toCharArray());
    return binding
        .map(hex -> built.channelBinding("tls-exporter", HexFormat.of().parseHex(hex)))
        .orElse(built)
        .build();
  }

  private static Exchange exchange(Authority authority, Channel channel, String mechanism) {
    return Mechanisms.withScram(authority, channel).exchange(mechanism).orElseThrow();
  }
}
