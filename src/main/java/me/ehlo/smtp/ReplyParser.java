package me.ehlo.smtp;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a stream of octets into another server's replies (RFC 5321 §4.2.1), with bounds on all that is kept and taken.
 *
 * <p>LF alone ends a line too, and a code may stand alone: much that calls itself a mail server does so, and nothing can be
 * smuggled into a reply. Lines of one reply with different codes could mean anything, so they mean nothing.
 */
public final class ReplyParser {
  private static final int LINES_KEPT = 100;
  private static final int LINES_MAX = 1000;
  private static final int OCTETS_MAX = 64 * 1024;
  private static final int CODE_DIGITS = 3;

  private final byte[] line = new byte[SmtpLimits.REPLY_LINE_OCTETS];
  private final List<String> lines = new ArrayList<>();
  private int length;
  private int lineCount;
  private int octets;
  private int code;
  private boolean ended;
  private Answer answer = new Answer.Endless();

  /** Takes octets until a reply ends or there are no more; returns the index behind the last one taken. */
  public int decode(byte[] from, int start, int end) {
    for (int i = start; i < end; i++) {
      if (++octets > OCTETS_MAX) {
        end(new Answer.Endless());
      } else if (from[i] == '\n') {
        endLine();
      } else if (length < line.length) {
        line[length++] = from[i];
      }
      if (ended) {
        return i + 1;
      }
    }
    return end;
  }

  /** Whether a whole answer has been taken, so that {@link #take} gives it. */
  public boolean ended() {
    return ended;
  }

  /** The answer that has ended; the parser is then ready for the next. */
  public Answer take() {
    lines.clear();
    lineCount = 0;
    octets = 0;
    ended = false;
    return answer;
  }

  private void endLine() {
    int end = length > 0 && line[length - 1] == '\r' ? length - 1 : length;
    length = 0;
    if (!isReplyLine(end) || lineCount > 0 && code() != code) {
      end(new Answer.Nonsense(text(0, end)));
      return;
    }
    code = code();
    if (++lineCount <= LINES_KEPT) {
      lines.add(text(Math.min(CODE_DIGITS + 1, end), end));
    }
    if (end == CODE_DIGITS || line[CODE_DIGITS] == ' ') {
      end(new Answer.Said(code, lines));
    } else if (lineCount == LINES_MAX) {
      end(new Answer.Endless());
    }
  }

  private void end(Answer what) {
    answer = what;
    ended = true;
    length = 0;
  }

  private boolean isReplyLine(int end) {
    return end >= CODE_DIGITS
        && line[0] >= '2'
        && line[0] <= '5'
        && isDigit(line[1])
        && isDigit(line[2])
        && (end == CODE_DIGITS || line[CODE_DIGITS] == ' ' || line[CODE_DIGITS] == '-');
  }

  private static boolean isDigit(byte octet) {
    return octet >= '0' && octet <= '9';
  }

  private int code() {
    return (line[0] - '0') * 100 + (line[1] - '0') * 10 + line[2] - '0';
  }

  /** Octets as they may be shown to a person: anything but printable ASCII becomes a question mark. */
  private String text(int from, int to) {
    for (int i = from; i < to; i++) {
      if (line[i] == '\t') {
        line[i] = ' ';
      } else if (line[i] < ' ' || line[i] == 0x7F) {
        line[i] = '?';
      }
    }
    return new String(line, from, to - from, StandardCharsets.ISO_8859_1);
  }
}
