package me.ehlo.sasl;

import java.util.Optional;

/**
 * One run of a mechanism, the server's side. Messages are text: those of every mechanism here are UTF-8.
 *
 * <p>Not for several threads; good for one login.
 */
public interface Exchange {

  /**
   * Begins; the client's first message may have come with its request (RFC 4422 §3.3). Otherwise it is asked for with an
   * empty challenge, as in every mechanism in which the client speaks first.
   */
  default Step begin(Optional<String> initial) {
    return initial.map(this::on).orElseGet(() -> new Step.Challenge(""));
  }

  /** The user name that the client has given, as it gave it; empty before that. For the log. */
  String name();

  /** Goes on with what the client answers to the last challenge. */
  Step on(String response);
}
