package me.ehlo.config;

/** A value that its key cannot take; the message says what would be right. */
final class BadValue extends Exception {
  private static final long serialVersionUID = 1L;

  BadValue(String message) {
    super(message);
  }
}
