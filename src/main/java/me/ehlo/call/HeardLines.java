package me.ehlo.call;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import me.ehlo.trace.Plain;

/**
 * Cuts a stream of octets into what a server says, and keeps each line as it came, because it is going to be shown.
 *
 * <p>LF alone ends a line too; it is noted as a flaw. What is kept and taken is bounded.
 */
final class HeardLines {
  static final int CODE_DIGITS = 3;
  private static final int LINE_OCTETS = 4096;
  private static final int LINES_MAX = 1000;

  private final boolean codes;
  private final byte[] line = new byte[LINE_OCTETS];
  private final List<String> lines = new ArrayList<>();
  private int length;
  private boolean cut;
  private boolean ended;
  private boolean oneLine;
  private String flaw = "";
  private String code = "";

  /**
   * @param codes whether replies have codes and may go on over several lines
   */
  HeardLines(boolean codes) {
    this.codes = codes;
  }

  /** From here on one line is awaited, whatever it looks like. */
  void expectLine() {
    oneLine = true;
  }

  /** Takes octets until what is said ends or there are no more; returns the index behind the last one taken. */
  int decode(byte[] from, int start, int end) {
    for (int i = start; i < end; i++) {
      if (from[i] == '\n') {
        endLine();
      } else if (length < line.length) {
        line[length++] = from[i];
      } else {
        cut = true;
      }
      if (ended) {
        return i + 1;
      }
    }
    return end;
  }

  boolean ended() {
    return ended;
  }

  /** Whether something of it has come. */
  boolean begun() {
    return length > 0 || !lines.isEmpty();
  }

  /** What was said. */
  Heard take(Duration took) {
    List<String> said = List.copyOf(lines);
    Heard heard;
    if (!codes) {
      heard = Heard.response(said.getFirst(), took);
    } else if (code.isEmpty()) {
      heard = Heard.nonsense(said, took, flaw);
    } else {
      heard = Heard.reply(Integer.parseInt(code), said, took, flaw);
    }
    forget();
    return heard;
  }

  /** The line that was expected. */
  String takeLine() {
    String said = lines.getFirst();
    forget();
    return said;
  }

  private void forget() {
    lines.clear();
    code = "";
    flaw = "";
    ended = false;
    oneLine = false;
  }

  private void endLine() {
    boolean cr = length > 0 && line[length - 1] == '\r';
    String text = Plain.text(bytes(cr ? length - 1 : length));
    if (!cr) {
      flaw = "its lines end in LF alone, not in CRLF";
    }
    if (cut) {
      flaw = "a line is longer than " + LINE_OCTETS + " octets";
    }
    length = 0;
    cut = false;
    lines.add(text);
    ended = oneLine || !codes || endsReply(text);
  }

  private byte[] bytes(int end) {
    byte[] octets = new byte[end];
    System.arraycopy(line, 0, octets, 0, end);
    return octets;
  }

  private boolean endsReply(String text) {
    if (!isReplyLine(text)) {
      return nonsense("a line has no code of three digits in front");
    }
    String its = text.substring(0, CODE_DIGITS);
    if (!code.isEmpty() && !its.equals(code)) {
      return nonsense("its lines have different codes");
    }
    code = its;
    if (text.length() > CODE_DIGITS && text.charAt(CODE_DIGITS) == '-') {
      return lines.size() == LINES_MAX && nonsense("it has more than " + LINES_MAX + " lines");
    }
    return true;
  }

  private boolean nonsense(String why) {
    code = "";
    flaw = why;
    return true;
  }

  private static boolean isReplyLine(String text) {
    return text.length() >= CODE_DIGITS
        && text.charAt(0) >= '2'
        && text.charAt(0) <= '5'
        && isDigit(text.charAt(1))
        && isDigit(text.charAt(2))
        && (text.length() == CODE_DIGITS
            || text.charAt(CODE_DIGITS) == ' '
            || text.charAt(CODE_DIGITS) == '-');
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
