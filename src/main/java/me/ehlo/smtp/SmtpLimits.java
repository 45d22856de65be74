package me.ehlo.smtp;

import java.time.Duration;

/** The limits of a conversation, each at least what RFC 5321 §4.5.3 asks for. */
public final class SmtpLimits {

  /** A command line, CRLF included. RFC 5321 §4.5.3.1.4 asks for 512, extensions for a few hundred more. */
  public static final int COMMAND_LINE_OCTETS = 2048;

  /** A reply line, code and CRLF included (RFC 5321 §4.5.3.1.5). */
  public static final int REPLY_LINE_OCTETS = 512;

  /** A response to a challenge of AUTH, CRLF included (RFC 4954 §4: at least 12,288 octets of Base64). */
  public static final int AUTH_LINE_OCTETS = 12_290;

  /** Recipients of one mail that must be taken (RFC 5321 §4.5.3.1.8). */
  public static final int RECIPIENTS_AT_LEAST = 100;

  /** Received fields beyond which a mail is taken to go in circles (RFC 5321 §6.3 asks for 100 or more). */
  public static final int HOPS_MAX = 100;

  /** How long a client may think between commands (RFC 5321 §4.5.3.2.7). */
  public static final Duration COMMAND_TIMEOUT = Duration.ofMinutes(5);

  /** How long it may pause within a mail (RFC 5321 §4.5.3.2.5). */
  public static final Duration DATA_TIMEOUT = Duration.ofMinutes(3);

  private SmtpLimits() {}
}
