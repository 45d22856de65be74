package me.ehlo.send;

import java.io.IOException;

/** A mail is larger than any server takes; {@code getMessage} says so in a clause. */
final class TooLarge extends IOException {
  private static final long serialVersionUID = 1L;

  TooLarge(String what, long octets) {
    super("the " + what + " has more than " + octets + " octets");
  }
}
