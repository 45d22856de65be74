package me.ehlo.sasl;

import com.ongres.scram.common.ScramFunctions;
import com.ongres.scram.common.ScramMechanism;
import com.ongres.scram.common.StringPreparation;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Supplier;
import me.ehlo.mail.Parsed;

/**
 * SCRAM (RFC 5802, RFC 7677), the client's side, in all its hashes: the password never crosses the wire, and a server that
 * cannot show that it knows it is none.
 */
final class ScramLogin implements ClientExchange {
  private final ScramMechanism hash;
  private final ScramBinding binding;
  private final Credentials credentials;
  private final String nonce;
  private State state = new State.Begun();

  private sealed interface State {
    record Begun() implements State {}

    /** The proof is given, and the server has to give one too: this one, in Base64. */
    record Proved(String signature) implements State {}

    record Believed() implements State {}

    record Failed() implements State {}
  }

  ScramLogin(
      ClientMechanism mechanism,
      ScramBinding binding,
      Credentials credentials,
      Supplier<String> nonces) {
    this.hash = mechanism.scram().orElseThrow();
    this.binding = binding;
    this.credentials = credentials;
    this.nonce = nonces.get();
  }

  /** A name with what would end it written otherwise (RFC 5802 §5.1). */
  static String saslname(String name) {
    return name.replace("=", "=3D").replace(",", "=2C");
  }

  @Override
  public Optional<Said> initial() {
    return Optional.of(
        new Said(binding.header() + bare(), "the user name and a random word", false));
  }

  @Override
  public Reaction on(String challenge) {
    return switch (state) {
      case State.Begun() -> first(challenge);
      case State.Proved proved -> last(proved, challenge);
      case State.Believed(), State.Failed() ->
          new Reaction.Stop(
              "The server says " + Plainly.quoted(challenge) + ".", "All has been said already.");
    };
  }

  @Override
  public Optional<String> doubt() {
    return state instanceof State.Believed
        ? Optional.empty()
        : Optional.of(
            "The server says yes and has not proved that it knows the password: it may not be who it says.");
  }

  private Reaction first(String challenge) {
    return switch (ScramServerFirst.parse(challenge, nonce)) {
      case Parsed.Right<ScramServerFirst>(var first) -> prove(challenge, first);
      case Parsed.Wrong<ScramServerFirst>(var why) -> failed(challenge, why);
    };
  }

  private Reaction prove(String challenge, ScramServerFirst first) {
    Optional<char[]> password = prepared(credentials.secret()).filter(chars -> chars.length > 0);
    if (password.isEmpty()) {
      return failed(
          challenge,
          "The password is empty, or has characters that SCRAM has no place for (RFC 4013).");
    }
    byte[] salted =
        ScramFunctions.saltedPassword(
            hash,
            StringPreparation.NO_PREPARATION,
            password.get(),
            Base64Text.octets(first.salt()),
            first.iterations());
    String withoutProof = "c=" + binding.input(binding.header()) + ",r=" + first.nonce();
    String message = bare() + "," + challenge + "," + withoutProof;
    byte[] clientKey = ScramFunctions.clientKey(hash, salted);
    byte[] proof =
        ScramFunctions.clientProof(
            clientKey,
            ScramFunctions.clientSignature(
                hash, ScramFunctions.storedKey(hash, clientKey), message));
    state = new State.Proved(signature(salted, message));
    return new Reaction.Answer(
        "The server gives a salt, its part of a random word, and asks to hash the password "
            + first.iterations()
            + " times.",
        new Said(
            withoutProof + ",p=" + Base64.getEncoder().encodeToString(proof),
            "proof that we know the password",
            true));
  }

  private Reaction last(State.Proved proved, String challenge) {
    if (challenge.startsWith("e=")) {
      return acknowledged(challenge);
    }
    if (!challenge.equals("v=" + proved.signature())) {
      return failed(
          challenge,
          "The server does not know the password, and only wants to: it is not who it says, or somebody is between.");
    }
    state = new State.Believed();
    return new Reaction.Answer(
        "The server proves that it knows the password, too.",
        new Said("", "that we believe it", false));
  }

  private String signature(byte[] salted, String message) {
    byte[] serverKey = ScramFunctions.serverKey(hash, salted);
    return Base64.getEncoder()
        .encodeToString(ScramFunctions.serverSignature(hash, serverKey, message));
  }

  /** RFC 5802 §7, server-error-value; the reply with the refusal comes after our answer. */
  private Reaction acknowledged(String challenge) {
    state = new State.Failed();
    return new Reaction.Answer(
        "The server refuses the login: " + Plainly.quoted(challenge.substring(2)) + ".",
        new Said("", "that we have heard it", false));
  }

  private Reaction failed(String challenge, String why) {
    state = new State.Failed();
    return challenge.startsWith("e=")
        ? acknowledged(challenge)
        : new Reaction.Stop("The server says " + Plainly.quoted(challenge) + ".", why);
  }

  private String bare() {
    String name = prepared(credentials.user()).map(String::new).orElse(credentials.user());
    return "n=" + saslname(name) + ",r=" + nonce;
  }

  /** SASLprep (RFC 4013); empty: it has no form for this. */
  private static Optional<char[]> prepared(String text) {
    try {
      return Optional.of(StringPreparation.SASL_PREPARATION.normalize(text.toCharArray()));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
