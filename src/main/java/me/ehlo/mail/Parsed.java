package me.ehlo.mail;

/** What became of reading a text: the value, or why it cannot be one. */
public sealed interface Parsed<T> {

  record Right<T>(T value) implements Parsed<T> {}

  /** {@code why} is a clause for people that fits behind a colon. */
  record Wrong<T>(String why) implements Parsed<T> {}
}
