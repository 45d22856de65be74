package me.ehlo.sasl;

import java.util.Optional;

/** One run of a mechanism, the client's side, in messages as they are before Base64. */
interface ClientExchange {

  /** What the client says first; empty: the server does. */
  default Optional<Said> initial() {
    return Optional.empty();
  }

  /** What follows a challenge. */
  Reaction on(String challenge);

  /** Why a server that now says yes is not to be believed; empty: it is. */
  default Optional<String> doubt() {
    return Optional.empty();
  }

  /**
   * A message.
   *
   * @param meaning for people: {@code the user name}
   * @param secret whether it must not be shown, because who sees it knows the secret or can guess at it
   */
  record Said(String message, String meaning, boolean secret) {

    /** Without the message. */
    @Override
    public String toString() {
      return "Said[" + meaning + "]";
    }
  }

  /** What the client does; {@code heard}: what the challenge meant, as a sentence. */
  sealed interface Reaction {

    /** It answers. */
    record Answer(String heard, Said said) implements Reaction {}

    /** It stops, because of the server. */
    record Stop(String heard, String why) implements Reaction {}
  }
}
