package me.ehlo.sasl;

import java.util.Optional;
import me.ehlo.sasl.ClientExchange.Reaction;
import me.ehlo.sasl.ClientExchange.Said;

/**
 * One login, the client's side, in lines (RFC 4954 §4, RFC 5034 §4): {@link #begin}, {@link #on} for each challenge, and
 * {@link #doubt} when the server says yes.
 *
 * <p>A server can make it neither talk forever nor hash forever. Not for several threads; good for one login.
 */
public final class ClientLogin {
  private static final int CHALLENGE_OCTETS_MAX = 12288; // RFC 4954 §4
  private static final int CHALLENGES_MAX = 8;

  private final ClientMechanism mechanism;
  private final ClientExchange exchange;
  private Optional<Said> unsaid;
  private int challenges;

  ClientLogin(ClientMechanism mechanism, ClientExchange exchange) {
    this.mechanism = mechanism;
    this.exchange = exchange;
    this.unsaid = exchange.initial();
  }

  public ClientMechanism mechanism() {
    return mechanism;
  }

  /**
   * The request, {@code AUTH} and what belongs behind it.
   *
   * @param octetsMax of a command line, CRLF included: a first message that is longer waits to be asked for
   */
  public ClientLine begin(int octetsMax) {
    String request = "AUTH " + mechanism.word();
    Optional<Said> said =
        unsaid.filter(first ->
            request.length() + 3 + Base64Text.encode(first.message()).length() <= octetsMax);
    if (said.isEmpty()) {
      return new ClientLine(request, request, "asks to log in by " + mechanism.word());
    }
    unsaid = Optional.empty();
    return line(request + " ", said.get());
  }

  /** What to do about a challenge: the text behind {@code 334}, or behind {@code +}. */
  public ClientMove on(String challenge) {
    String text = challenge.strip();
    challenges++;
    if (challenges > CHALLENGES_MAX) {
      return new ClientMove.Cancel(
          "The server asks again.", "The server goes on asking without end.");
    }
    if (unsaid.isPresent()) { // whatever it says here, since some servers say it in plain words
      Said said = unsaid.get();
      unsaid = Optional.empty();
      return new ClientMove.Say("The server waits for " + said.meaning() + ".", line("", said));
    }
    if (text.length() > CHALLENGE_OCTETS_MAX) {
      return new ClientMove.Cancel("A challenge of more than 12288 octets.", "It is too long.");
    }
    return Base64Text.decodeKindly(text)
        .map(message -> move(exchange.on(message)))
        .orElseGet(() ->
            new ClientMove.Cancel(
                "The server says " + Plainly.quoted(text) + ".",
                "A challenge has to be Base64 (RFC 4954 §4), and this is not."));
  }

  /** Why a server that says yes is not to be believed, as a sentence; empty: it is. */
  public Optional<String> doubt() {
    return exchange.doubt();
  }

  private static ClientMove move(Reaction reaction) {
    return switch (reaction) {
      case Reaction.Answer(var heard, var said) -> new ClientMove.Say(heard, line("", said));
      case Reaction.Stop(var heard, var why) -> new ClientMove.Cancel(heard, why);
    };
  }

  private static ClientLine line(String before, Said said) {
    String base64 = Base64Text.encode(said.message());
    String word = base64.isEmpty() && !before.isEmpty() ? "=" : base64; // RFC 4954 §4
    return new ClientLine(
        before + word,
        before + (said.secret() ? "<" + said.meaning() + ">" : word),
        said.meaning());
  }
}
