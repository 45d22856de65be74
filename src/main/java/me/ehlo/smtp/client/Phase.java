package me.ehlo.smtp.client;

/** What is being waited for, so that each wait has its own patience (RFC 5321 §4.5.3.2). */
public enum Phase {
  GREETING("before its greeting"),
  EHLO("after EHLO"),
  STARTTLS("after STARTTLS"),
  TLS("while encryption was set up"),
  AUTH("after AUTH"),
  RSET("after RSET"),
  MAIL("after MAIL"),
  RCPT("after RCPT"),
  DATA("after DATA"),
  CONTENT("in the middle of the mail"),
  /** The answer to the dot, or to the last BDAT. */
  DOT("after the whole mail was sent"),
  QUIT("after QUIT");

  private final String when;

  Phase(String when) {
    this.when = when;
  }

  /** As a clause for people. */
  @Override
  public String toString() {
    return when;
  }
}
