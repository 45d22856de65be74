package me.ehlo.call;

import java.util.Locale;

/** How far a conversation in which a mail is sent has come. */
public enum Stage {
  CONNECT,
  GREETING,
  EHLO,
  STARTTLS,
  TLS,
  /** XCLIENT and XFORWARD. */
  XCLIENT,
  AUTH,
  MAIL,
  RCPT,
  DATA,
  /** Behind the content. */
  DOT;

  /** In lower case, for programs. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
