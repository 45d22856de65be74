package me.ehlo.pop3;

import java.util.Optional;

/** The verbs we understand, and how they are explained. */
public enum Verb {
  USER("USER name", "who you are: your address, or what stands left of its @", When.BEFORE_LOGIN),
  PASS("PASS password", "your password, after USER", When.BEFORE_LOGIN),
  AUTH(
      "AUTH mechanism",
      "another way to log in, for programs; CAPA lists the mechanisms",
      When.BEFORE_LOGIN),
  STLS("STLS", "encrypts this connection from here on", When.BEFORE_LOGIN),
  UTF8("UTF8", "you can read UTF-8 (RFC 6856); before USER", When.BEFORE_LOGIN),
  STAT("STAT", "how many messages there are, and how many octets", When.LOGGED_IN),
  LIST("LIST [number]", "each message's number and octets", When.LOGGED_IN),
  UIDL("UIDL [number]", "each message's number and a name that never changes", When.LOGGED_IN),
  RETR("RETR number", "shows the message with this number", When.LOGGED_IN),
  TOP("TOP number lines", "shows a message's header and its first lines", When.LOGGED_IN),
  DELE("DELE number", "marks a message as deleted; QUIT deletes it", When.LOGGED_IN),
  RSET("RSET", "takes all marks away again", When.LOGGED_IN),
  NOOP("NOOP", "nothing, but you are still here", When.LOGGED_IN),
  CAPA("CAPA", "what this server can do, for programs", When.ALWAYS),
  HELP("HELP [command]", "what you can say now, or what a command does", When.ALWAYS),
  QUIT("QUIT", "deletes what is marked, and ends", When.ALWAYS);

  /** When a verb can be used. */
  enum When {
    BEFORE_LOGIN,
    LOGGED_IN,
    ALWAYS
  }

  private final String form;
  private final String meaning;
  private final When when;

  Verb(String form, String meaning, When when) {
    this.form = form;
    this.meaning = meaning;
    this.when = when;
  }

  /** How it is written. */
  String form() {
    return form;
  }

  /** What it does. */
  String meaning() {
    return meaning;
  }

  boolean possible(boolean loggedIn) {
    return when == When.ALWAYS || loggedIn == (when == When.LOGGED_IN);
  }

  /** The verb of this name, which is in capitals. */
  static Optional<Verb> named(String word) {
    for (Verb verb : values()) {
      if (verb.name().equals(word)) {
        return Optional.of(verb);
      }
    }
    return Optional.empty();
  }

  /** The verb that was meant if one key was hit, left out or swapped by mistake. */
  static Optional<Verb> near(String word) {
    for (Verb verb : values()) {
      if (isNear(verb.name(), word)) {
        return Optional.of(verb);
      }
    }
    return Optional.empty();
  }

  private static boolean isNear(String a, String b) {
    int shorter = Math.min(a.length(), b.length());
    int front = 0;
    while (front < shorter && a.charAt(front) == b.charAt(front)) {
      front++;
    }
    int back = 0;
    while (back < shorter - front
        && a.charAt(a.length() - 1 - back) == b.charAt(b.length() - 1 - back)) {
      back++;
    }
    String restA = a.substring(front, a.length() - back);
    String restB = b.substring(front, b.length() - back);
    return restA.length() <= 1 && restB.length() <= 1
        || restA.length() == 2 && restB.contentEquals(new StringBuilder(restA).reverse());
  }
}
