package me.ehlo.sasl;

/** What became of a login. */
public sealed interface Verdict {

  /** It is this user. */
  record Known(Identity identity) implements Verdict {}

  /** It is nobody, as far as we can tell. */
  record Refused(Why why) implements Verdict {}

  /** Why nobody is logged in; what is said to the client tells no more than this. */
  enum Why {
    /** No such user, or not this password; nobody is told which. */
    WRONG,
    /** Too many passwords are being checked at this moment. */
    BUSY,
    /** Too many wrong ones have come from there, or for that account. */
    BLOCKED,
    /** The list of users cannot be read. */
    TROUBLE,
    /** The message is none of this mechanism's. */
    MALFORMED
  }

  static Verdict refused(Why why) {
    return new Refused(why);
  }
}
