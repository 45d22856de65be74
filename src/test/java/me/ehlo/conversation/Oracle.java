package me.ehlo.conversation;

/**
 * What RFC 5321 §4.1.4 and RFC 3030 §2 say of the order of commands, as a few numbers: a second opinion on the session.
 *
 * <p>It is written from the RFCs and not from the session, and knows nothing of texts.
 */
final class Oracle {
  private static final int OUT_OF_ORDER = 503;

  private enum Greeting {
    NONE,
    HELO,
    EHLO
  }

  private Greeting greeting = Greeting.NONE;
  private boolean mail;
  private boolean chunks;
  private boolean flawed;
  private int recipients;
  private int kept;
  private boolean closed;

  /** How many mails a promise was given for. */
  int kept() {
    return kept;
  }

  boolean closed() {
    return closed;
  }

  boolean inTransaction() {
    return mail;
  }

  /** The code that this word is answered with; for content, the one that its end is answered with. */
  int answer(SequencesTest.Word word) {
    return switch (word) {
      case EHLO -> greet(Greeting.EHLO);
      case HELO -> greet(Greeting.HELO);
      case MAIL -> mail(false);
      case MAIL_WITH_PARAMETERS -> mail(true);
      case RCPT -> rcpt(250);
      case RCPT_WITH_PARAMETERS -> rcptWithParameters();
      case RCPT_UNKNOWN -> rcpt(550);
      case DATA -> data(250);
      case DATA_WITH_BARE_LF -> data(550);
      case BDAT -> bdat(false, false);
      case BDAT_WITH_NUL -> bdat(true, false);
      case BDAT_LAST -> bdat(false, true);
      case RSET -> reset();
      case NOOP -> 250;
      case HELP -> 214;
      case VRFY -> 252;
      case EXPN -> 502;
      case ETRN -> etrn();
      case MALFORMED -> 501;
      case QUIT -> quit();
    };
  }

  private int greet(Greeting how) {
    greeting = how;
    forget();
    return 250;
  }

  private int mail(boolean parameter) {
    if (greeting == Greeting.NONE || mail) {
      return OUT_OF_ORDER;
    }
    if (parameter && greeting == Greeting.HELO) {
      return 555; // RFC 5321 §2.2.1: nothing was offered
    }
    mail = true;
    return 250;
  }

  private int rcpt(int code) {
    if (!mail || chunks) {
      return OUT_OF_ORDER;
    }
    recipients += code == 250 ? 1 : 0;
    return code;
  }

  private int rcptWithParameters() {
    boolean inOrder = mail && !chunks;
    return inOrder && greeting == Greeting.HELO ? 555 : rcpt(250);
  }

  private int data(int code) {
    if (recipients == 0 || chunks) {
      return OUT_OF_ORDER;
    }
    return end(code);
  }

  private int bdat(boolean nul, boolean last) {
    if (greeting == Greeting.HELO && mail) {
      return 502; // RFC 3030 §2: offered by EHLO only
    }
    if (recipients == 0) {
      return OUT_OF_ORDER;
    }
    chunks = true;
    flawed |= nul;
    if (!last) {
      return 250;
    }
    return end(flawed ? 550 : 250);
  }

  private int end(int code) {
    kept += code == 250 ? 1 : 0;
    forget();
    return code;
  }

  private int etrn() {
    if (greeting == Greeting.NONE || mail) {
      return OUT_OF_ORDER;
    }
    return greeting == Greeting.EHLO ? 253 : 502; // RFC 1985 §5: offered by EHLO only
  }

  private int reset() {
    forget();
    return 250;
  }

  private int quit() {
    closed = true;
    return 221;
  }

  private void forget() {
    mail = false;
    chunks = false;
    flawed = false;
    recipients = 0;
  }
}
