package me.ehlo.call;

/** What became of a login. */
public sealed interface LoggedIn {

  /** The server knows us now. */
  record Yes(Heard heard) implements LoggedIn {}

  /** The server does not want us. */
  record Refused(Heard heard) implements LoggedIn {}

  /** We broke it off, because of something that the server said; a sentence. */
  record BrokenOff(String why) implements LoggedIn {}

  /** The server says yes, and has not proved that it knows the password too (RFC 5802 §3); a sentence. */
  record Doubtful(String why) implements LoggedIn {}
}
