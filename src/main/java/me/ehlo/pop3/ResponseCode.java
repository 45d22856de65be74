package me.ehlo.pop3;

/** What a program can understand of a response: the word in brackets in front of the text (RFC 2449 §8). */
public enum ResponseCode {
  NONE(""),
  /** Another session holds the maildrop (RFC 2449 §8.1.2). */
  IN_USE("[IN-USE] "),
  /** The credentials, or how they were given, are to blame (RFC 3206 §4). */
  AUTH("[AUTH] "),
  /** Our side is in trouble; later it may not be (RFC 3206 §3). */
  SYS_TEMP("[SYS/TEMP] "),
  /** Our side is in trouble; trying again will not help (RFC 3206 §3). */
  SYS_PERM("[SYS/PERM] ");

  private final String prefix;

  ResponseCode(String prefix) {
    this.prefix = prefix;
  }

  /** As it stands in front of the text, its space included. */
  String prefix() {
    return prefix;
  }
}
