package me.ehlo.sasl;

/** What a client does about a challenge. */
public sealed interface ClientMove {

  /** What the challenge says, as a sentence for people without anything that could trouble a terminal. */
  String heard();

  /** Say this line. */
  record Say(String heard, ClientLine line) implements ClientMove {}

  /** Say {@code *}, which ends the exchange (RFC 4954 §4, RFC 5034 §4); {@code why}: a sentence. */
  record Cancel(String heard, String why) implements ClientMove {}
}
