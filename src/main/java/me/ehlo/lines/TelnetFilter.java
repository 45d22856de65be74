package me.ehlo.lines;

/**
 * Takes telnet's own negotiation out of a stream, octet by octet (RFC 854): PuTTY sends some before the greeting.
 *
 * <p>Only for command lines; 255 is an ordinary octet of a mail's content.
 */
final class TelnetFilter {
  static final int IAC = 255;
  private static final int SB = 250;
  private static final int SE = 240;
  private static final int WILL = 251;

  private enum State {
    TEXT,
    COMMAND,
    OPTION,
    SUBNEGOTIATION,
    SUBNEGOTIATION_COMMAND
  }

  private State state = State.TEXT;

  /** Whether this octet belongs to negotiation and not to the text. */
  boolean swallows(int octet) {
    switch (state) {
      case TEXT -> state = octet == IAC ? State.COMMAND : State.TEXT;
      case COMMAND -> {
        state = afterCommand(octet);
        return true;
      }
      case OPTION -> {
        state = State.TEXT;
        return true;
      }
      case SUBNEGOTIATION -> {
        state = octet == IAC ? State.SUBNEGOTIATION_COMMAND : State.SUBNEGOTIATION;
        return true;
      }
      case SUBNEGOTIATION_COMMAND -> {
        state = octet == SE ? State.TEXT : State.SUBNEGOTIATION;
        return true;
      }
    }
    return state == State.COMMAND;
  }

  /** Whether no negotiation is under way. */
  boolean atRest() {
    return state == State.TEXT;
  }

  private static State afterCommand(int octet) {
    if (octet == SB) {
      return State.SUBNEGOTIATION;
    }
    return octet >= WILL && octet <= 254 ? State.OPTION : State.TEXT;
  }
}
