package me.ehlo.sasl;

import com.ongres.scram.common.ScramFunctions;
import com.ongres.scram.common.ScramMechanism;
import java.util.Base64;
import me.ehlo.mail.Parsed;

/**
 * SCRAM-SHA-256 and SCRAM-SHA-256-PLUS (RFC 5802, RFC 7677): the password never crosses the wire, and each side proves to
 * the other that it knows something of it.
 *
 * <p>A message that breaks the rules is answered with RFC 5802's {@code e=}, and the exchange fails with the client's
 * next message. A wrong proof fails at once, which §5.1 allows: {@code unknown-user} is said to nobody.
 */
final class ScramExchange implements Exchange {
  private static final ScramMechanism SHA_256 = ScramMechanism.SCRAM_SHA_256;

  private final Authority authority;
  private final ScramBinding binding;
  private State state = new State.Begun();
  private String name = "";

  private sealed interface State {
    record Begun() implements State {}

    record Asked(ScramFirst first, ScramUser user, String serverFirst, String nonce)
        implements State {}

    /** The last word is said; the client has to acknowledge it. */
    record Told(Verdict verdict) implements State {}
  }

  ScramExchange(Authority authority, ScramBinding binding) {
    this.authority = authority;
    this.binding = binding;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Step on(String response) {
    return switch (state) {
      case State.Begun() -> first(response);
      case State.Asked asked ->
          ScramFinal.parse(response)
              .map(last -> last(asked, last))
              .orElseGet(() -> error("invalid-encoding", Verdict.Why.MALFORMED));
      case State.Told(Verdict.Known known) ->
          response.isEmpty() ? new Step.Over(known) : Step.malformed();
      case State.Told(Verdict.Refused refused) -> new Step.Over(refused);
    };
  }

  private Step first(String response) {
    return switch (ScramFirst.parse(response)) {
      case Parsed.Wrong<ScramFirst>(var why) -> error(why, Verdict.Why.MALFORMED);
      case Parsed.Right<ScramFirst>(var first) ->
          binding
              .errorOf(first.flag())
              .map(why -> error(why, Verdict.Why.WRONG))
              .orElseGet(() -> ask(first));
    };
  }

  private Step ask(ScramFirst first) {
    name = first.name();
    ScramUser user = authority.scram(first.name());
    String nonce = first.nonce() + user.nonce();
    String serverFirst = "r=" + nonce + ",s=" + user.salt() + ",i=" + user.iterations();
    state = new State.Asked(first, user, serverFirst, nonce);
    return new Step.Challenge(serverFirst);
  }

  private Step last(State.Asked asked, ScramFinal last) {
    if (!last.nonce().equals(asked.nonce())) {
      return error("other-error", Verdict.Why.MALFORMED);
    }
    if (!last.binding().equals(binding.input(asked.first().header()))) {
      return error("channel-bindings-dont-match", Verdict.Why.WRONG);
    }
    String message = asked.first().bare() + "," + asked.serverFirst() + "," + last.withoutProof();
    return asked.user().passwords().stream()
        .filter(password -> fits(password, last.proof(), message))
        .findFirst()
        .map(password -> proved(asked, password, message))
        .orElseGet(() -> new Step.Over(asked.user().failed()));
  }

  private Step proved(State.Asked asked, ScramPassword password, String message) {
    Verdict verdict = asked.user().proved(password);
    if (verdict instanceof Verdict.Refused) {
      return new Step.Over(verdict);
    }
    if (!asked.first().forItself()) {
      return new Step.Over(
          Verdict.refused(Verdict.Why.WRONG)); // nobody acts for somebody else here
    }
    state = new State.Told(verdict);
    byte[] signature =
        ScramFunctions.serverSignature(SHA_256, octets(password.serverKey()), message);
    return new Step.Challenge("v=" + Base64.getEncoder().encodeToString(signature));
  }

  /** RFC 5802 §7, server-error-value. */
  private Step error(String value, Verdict.Why why) {
    state = new State.Told(Verdict.refused(why));
    return new Step.Challenge("e=" + value);
  }

  private static boolean fits(ScramPassword password, String proof, String message) {
    return ScramFunctions.verifyClientProof(
        SHA_256, octets(proof), octets(password.storedKey()), message);
  }

  private static byte[] octets(String base64) {
    return Base64.getDecoder().decode(base64);
  }
}
