package me.ehlo.lines;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Cuts a stream of octets into command lines: strict about where a line ends, kind about what a person's terminal adds.
 *
 * <p>Only CRLF ends a line well; LF alone ends it too, but the line is then a {@link Line.BareLineFeed}, so that its
 * sender is told the cause instead of waiting for ever. Backspace and Delete, which a raw telnet sends as octets, are
 * the edits they were meant to be, unless the decoder is strict.
 */
public final class LineDecoder {
  private static final int CR = '\r';
  private static final int LF = '\n';
  private static final int BACKSPACE = 0x08;
  private static final int ESCAPE = 0x1B;
  private static final int DELETE = 0x7F;
  private static final int TLS_HANDSHAKE = 0x16; // RFC 8446 §5.1: the kind of record
  private static final int TLS_VERSION = 3; // the first octet of every version from SSL 3.0 on
  private static final int FIRST_SIZE = 128;

  private final int limit;
  private final boolean strict;
  private final TelnetFilter telnet = new TelnetFilter();
  private byte[] octets = new byte[FIRST_SIZE];
  private int length;
  private boolean tooLong;
  private boolean ended;

  /**
   * @param limit octets a line may have, its CRLF included (RFC 5321 §4.5.3.1.4)
   * @param strict whether Backspace and Delete are control characters like others
   */
  public LineDecoder(int limit, boolean strict) {
    this.limit = limit;
    this.strict = strict;
  }

  /** Takes octets until a line ends or there are no more; returns the index behind the last one taken. */
  public int decode(byte[] from, int start, int end) {
    for (int i = start; i < end; i++) {
      int octet = from[i] & 0xFF;
      if (!telnet.swallows(octet)) {
        add(octet);
        if (octet == LF || beginsTls()) {
          ended = true;
          return i + 1;
        }
      }
    }
    return end;
  }

  /** Takes octets as long as they are telnet's negotiation; returns the index of the first that is not. */
  public int skipNegotiation(byte[] from, int start, int end) {
    int i = start;
    while (i < end && telnet.swallows(from[i] & 0xFF)) {
      i++;
    }
    return i;
  }

  /** Whether nothing of a line or of telnet's negotiation has been taken that is not over. */
  public boolean atRest() {
    return length == 0 && telnet.atRest();
  }

  /** Whether a whole line has been taken, so that {@link #take} gives it. */
  public boolean ended() {
    return ended;
  }

  /** The line that has ended; the decoder is then ready for the next. */
  public Line take() {
    Line line = tooLong ? new Line.TooLong(limit) : line();
    length = 0;
    tooLong = false;
    ended = false;
    return line;
  }

  /** Whoever begins so waits for an answer and will never end a line. */
  private boolean beginsTls() {
    return length == 2 && octets[0] == TLS_HANDSHAKE && octets[1] == TLS_VERSION;
  }

  private void add(int octet) {
    if (length == limit) {
      tooLong = true;
      octets[limit - 1] = (byte) octet; // bounded; only the ending is still of interest
      return;
    }
    if (length == octets.length) {
      octets = Arrays.copyOf(octets, Math.min(limit, length * 2));
    }
    octets[length++] = (byte) octet;
  }

  private Line line() {
    if (beginsTls()) {
      return new Line.TlsHandshake();
    }
    if (length < 2 || octets[length - 2] != CR) {
      return new Line.BareLineFeed();
    }
    int end = strict ? length - 2 : edited(length - 2);
    for (int i = 0; i < end; i++) {
      int octet = octets[i];
      if (octet >= 0 && octet < ' ' && octet != '\t' || octet == DELETE) {
        return octet == ESCAPE ? new Line.EscapeSequence() : new Line.ControlCharacter(octet);
      }
    }
    return text(end);
  }

  /** Applies Backspace and Delete in place; returns the new end. */
  private int edited(int end) {
    int to = 0;
    for (int i = 0; i < end; i++) {
      byte octet = octets[i];
      if (octet == BACKSPACE || octet == DELETE) {
        to = beforeLastCharacter(to);
      } else {
        octets[to++] = octet;
      }
    }
    return to;
  }

  private int beforeLastCharacter(int end) {
    int to = end;
    while (to > 0 && (octets[to - 1] & 0xC0) == 0x80) { // the later octets of a UTF-8 character
      to--;
    }
    return Math.max(0, to - 1);
  }

  private Line text(int end) {
    boolean ascii = true;
    for (int i = 0; i < end; i++) {
      ascii &= octets[i] >= 0;
    }
    if (ascii) {
      return new Line.Text(new String(octets, 0, end, StandardCharsets.ISO_8859_1));
    }
    try {
      return new Line.Text(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets, 0, end)).toString());
    } catch (CharacterCodingException e) {
      return new Line.NotUtf8();
    }
  }
}
