package me.ehlo.call;

import me.ehlo.net.WireFailure;
import me.ehlo.smtp.client.Offered;

/** How the beginning of a conversation has gone. */
public sealed interface Beginning {

  /**
   * Both sides know each other; mails can be told.
   *
   * @param offered what the server can do; nothing if it only knows HELO
   * @param extended whether it knows EHLO or LHLO
   */
  record Ready(Offered offered, boolean extended) implements Beginning {}

  /** It went well up to the point at which it was to stop. */
  record Stopped() implements Beginning {}

  /** The server said no, or what nobody can understand. */
  record Refused(Stage stage, Heard heard) implements Beginning {}

  /** TLS was required, and STARTTLS is not offered. */
  record NoTls() implements Beginning {}

  /** The server, or somebody on the way, said something in the clear between STARTTLS and TLS (RFC 3207 §6). */
  record SpokeBeforeTls() implements Beginning {}

  /** TLS is on, and what the server has shown of itself does not do. */
  record Distrusted() implements Beginning {}

  /** The connection was lost, nobody answered in time, or TLS could not be agreed on. */
  record Lost(Stage stage, WireFailure failure) implements Beginning {}
}
