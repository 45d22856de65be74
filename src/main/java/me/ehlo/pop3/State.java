package me.ehlo.pop3;

import me.ehlo.sasl.Exchange;

/** What a session knows so far (RFC 1939 §3). */
sealed interface State {

  /** Nobody has said who they are. */
  record Authorization() implements State {}

  /** A user has been named; the password is missing. */
  record UserGiven(String user) implements State {}

  /** A mechanism's exchange of messages is under way; the client's turn (RFC 5034 §4). */
  record Exchanging(String mechanism, Exchange exchange) implements State {}

  /** The maildrop is open. */
  record Transaction(Messages messages) implements State {}

  /** QUIT has been said; nothing more will be heard. */
  record Update() implements State {}
}
