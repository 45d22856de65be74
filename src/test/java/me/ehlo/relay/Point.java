package me.ehlo.relay;

/** Where in a conversation a server may misbehave. */
enum Point {
  GREETING,
  EHLO,
  STARTTLS,
  /** The handshake itself. */
  TLS,
  /** EHLO again, after the handshake. */
  EHLO_TLS,
  MAIL,
  RCPT,
  /** The second recipient of a mail. */
  RCPT_2,
  DATA,
  /** In the middle of the content. */
  CONTENT,
  /** The answer to the whole mail. */
  DOT,
  RSET,
  /** MAIL of the second mail over one connection. */
  NEXT_MAIL,
  /** The answer to the second whole mail over one connection. */
  NEXT_DOT,
  QUIT
}
