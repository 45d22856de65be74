package me.ehlo.check;

import me.ehlo.call.Heard;
import me.ehlo.net.Secured;

/** What became of STARTTLS (RFC 3207). */
sealed interface Encryption {

  /** The conversation ended before. */
  record NotReached() implements Encryption {}

  record NotOffered() implements Encryption {}

  /** Offered, and then not done. */
  record Refused(Heard heard) implements Encryption {}

  /** Something in the clear came behind the "go ahead": words that somebody could have slipped in. */
  record Injected() implements Encryption {}

  /** No handshake came about. */
  record Failed(String why) implements Encryption {}

  record Done(Secured secured) implements Encryption {}
}
