package me.ehlo.smtp.server;

/** What a door is for. */
public enum Service {
  /** Mail from other servers for our users; a password is taken, and nobody needs one (RFC 5321). */
  TRANSFER,
  /** Mail from our users for anybody: nothing without a login (RFC 6409). */
  SUBMISSION
}
