package me.ehlo.conversation;

/**
 * What RFC 5321 §4.1.4, RFC 3030 §2, RFC 3207 §4 and RFC 4954 §4 say of the order of commands, as a few numbers: a second
 * opinion on the session.
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

  /**
   * What the door is like.
   *
   * @param submission whether nothing is taken without a login
   * @param startTls whether TLS is offered
   * @param clear whether a password is taken without it
   */
  record Door(boolean submission, boolean startTls, boolean clear) {}

  private final Door door;
  private Greeting greeting = Greeting.NONE;
  private boolean encrypted;
  private boolean loggedIn;
  private boolean mail;
  private boolean chunks;
  private boolean flawed;
  private int recipients;
  private int kept;
  private boolean closed;

  Oracle(Door door) {
    this.door = door;
  }

  boolean encrypted() {
    return encrypted;
  }

  boolean loggedIn() {
    return loggedIn;
  }

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
      case STARTTLS -> startTls();
      case AUTH -> auth(235);
      case AUTH_WRONG -> auth(535);
      case AUTH_CANCELLED -> auth(501);
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
    if (door.submission && !loggedIn) {
      return 530; // RFC 6409 §4.3
    }
    if (parameter && greeting == Greeting.HELO) {
      return 555; // RFC 5321 §2.2.1: nothing was offered
    }
    mail = true;
    return 250;
  }

  private int startTls() {
    if (encrypted) {
      return OUT_OF_ORDER;
    }
    if (!door.startTls) {
      return 502;
    }
    encrypted = true;
    greeting = Greeting.NONE; // RFC 3207 §4.2: all of it is forgotten
    loggedIn = false;
    forget();
    return 220;
  }

  private int auth(int code) {
    if (greeting == Greeting.NONE || mail) {
      return OUT_OF_ORDER;
    }
    if (greeting == Greeting.HELO) {
      return 502;
    }
    if (loggedIn) {
      return OUT_OF_ORDER; // RFC 4954 §4: once a session
    }
    if (!encrypted && !door.clear) {
      return door.startTls ? 538 : 502;
    }
    loggedIn = code == 235;
    return code;
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
