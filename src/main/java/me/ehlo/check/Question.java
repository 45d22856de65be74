package me.ehlo.check;

import java.util.Optional;
import me.ehlo.call.Heard;

/**
 * Something that a server is asked within a mail transaction that never comes to DATA.
 *
 * @param line as it is said
 * @param isOwnDomain whether what stands behind the last @ is the domain itself
 */
record Question(Kind kind, String line, boolean isOwnDomain) {

  /** What it is about. */
  enum Kind {
    /** MAIL FROM:&lt;&gt;. */
    NULL_SENDER,
    /** MAIL FROM of the one who asks. */
    SENDER,
    POSTMASTER,
    /** A recipient that nobody has ever made. */
    RANDOM,
    /** The recipient that was named. */
    RCPT,
    /** A recipient elsewhere. */
    RELAY
  }

  /**
   * A question and its answer.
   *
   * @param heard empty: the conversation had ended before
   */
  record Asked(Question question, Optional<Heard> heard) {}

  /** Whether without a good answer nothing more can be asked. */
  boolean isSender() {
    return kind == Kind.NULL_SENDER || kind == Kind.SENDER;
  }

  static Question from(Kind kind, String path) {
    return new Question(kind, "MAIL FROM:<" + path + ">", false);
  }

  static Question to(Kind kind, String path, String domain) {
    return new Question(kind, "RCPT TO:<" + path + ">", path.endsWith("@" + domain));
  }
}
