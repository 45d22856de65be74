package me.ehlo.lines;

/**
 * Undoes dot transparency (RFC 5321 §4.5.2) and finds the end of a mail: CRLF.CRLF, and nothing else.
 *
 * <p>A line begins only behind a whole CRLF. A dot behind a bare CR or a bare LF is a dot; so is one before them. What
 * such a mail deserves is for {@link ContentScan} to say; here it can only never be cut short.
 */
public final class DotDecoder {
  private static final byte[] CARRIAGE_RETURN = {'\r'};

  private enum State {
    LINE_START,
    IN_LINE,
    AFTER_CR,
    DOT,
    DOT_CR,
    END
  }

  private State state =
      State.LINE_START; // RFC 5321 §4.1.1.4: the CRLF of DATA itself begins the first line

  /** Whether the end of the mail has been found. */
  public boolean ended() {
    return state == State.END;
  }

  /** Takes octets up to the end of the mail or of the run, gives what they mean to the sink; returns the index behind. */
  public <F extends Exception> int decode(byte[] octets, int start, int end, OctetSink<F> sink)
      throws F {
    int run = start;
    int i = start;
    while (i < end) {
      byte octet = octets[i];
      switch (state) {
        case IN_LINE -> {
          i = Octets.indexOf(octets, i, end, '\r');
          if (i < end) {
            state = State.AFTER_CR;
            i++;
          }
        }
        case AFTER_CR -> {
          state = octet == '\n' ? State.LINE_START : octet == '\r' ? State.AFTER_CR : State.IN_LINE;
          i++;
        }
        case LINE_START -> {
          if (octet == '.') {
            give(octets, run, i, sink);
            run = ++i;
            state = State.DOT;
          } else {
            state = State.IN_LINE;
          }
        }
        case DOT -> {
          if (octet == '\r') {
            run = ++i;
            state = State.DOT_CR;
          } else {
            run = i;
            state = State.IN_LINE;
          }
        }
        case DOT_CR -> {
          if (octet == '\n') {
            state = State.END;
            return i + 1;
          }
          sink.accept(CARRIAGE_RETURN, 0, 1);
          run = i;
          state = State.AFTER_CR;
        }
        case END -> throw new IllegalStateException("the mail has ended");
      }
    }
    give(octets, run, end, sink);
    return end;
  }

  private static <F extends Exception> void give(byte[] octets, int from, int to, OctetSink<F> sink)
      throws F {
    if (to > from) {
      sink.accept(octets, from, to - from);
    }
  }
}
