package me.ehlo.lines;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads one header section (RFC 5322 §2.1), run by run: where it ends, and the few fields that matter on the way.
 *
 * <p>A header begins with a field and ends with an empty line. Where the first line is no field there is no header, and
 * that line is text already, as other servers see it, too; a later line that is no field is passed over, so that nothing
 * can be hidden behind it. Octets behind a colon that nobody asks about cost a search for the end of their line.
 */
public final class HeaderScan {
  private static final int NAME_MAX = 200; // longer ones are no names; RFC 5322 has none above 20
  private static final String MBOX_FROM = "from";
  private static final String MBOX_QUOTED_FROM = ">from";

  private enum Place {
    LINE_START,
    EMPTY_LINE,
    NAME,
    BEHIND_NAME,
    VALUE,
    END
  }

  private enum Wanted {
    RECEIVED("received", 0),
    DELIVERED_TO("delivered-to", 400), // longer than any address
    CONTENT_TYPE("content-type", 16 * 1024);

    private final String name;
    private final int octetsMax;

    Wanted(String name, int octetsMax) {
      this.name = name;
      this.octetsMax = octetsMax;
    }
  }

  private static final Wanted[] WANTED = Wanted.values();
  private static final int VALUES_MAX = 100;

  private final byte[] name = new byte[16];
  private final ByteArrayOutputStream value = new ByteArrayOutputStream(0);
  private final Set<String> deliveredTo = new HashSet<>(0);
  private Place place = Place.LINE_START;
  private @Nullable Wanted wanted;
  private @Nullable String contentType;
  private int nameLength;
  private int fields;
  private int hops;
  private boolean begun;

  /** Takes octets up to the end of the header or of the run; returns the index behind what belongs to it. */
  public int see(byte[] octets, int from, int end) {
    int i = from;
    while (i < end && place != Place.END) {
      i =
          switch (place) {
            case LINE_START -> startLine(octets[i], i);
            case EMPTY_LINE -> emptyLine(octets[i], i);
            case NAME -> name(octets, i, end);
            case BEHIND_NAME -> behindName(octets[i], i);
            case VALUE -> value(octets, i, end);
            case END -> i;
          };
    }
    return i;
  }

  /** Whether what comes now is text. */
  public boolean ended() {
    return place == Place.END;
  }

  /** Whether, as far as can be seen, there is no header: the first line is no field, and no empty line either. */
  public boolean absent() {
    return !begun && !(place == Place.END && fields == 0);
  }

  /** How many fields it has, lines that are none among them. */
  public int fields() {
    return fields;
  }

  /** How many Received fields it has. */
  public int hops() {
    return hops;
  }

  /** What its Delivered-To fields say, in lower case, without blanks around; of many the first hundred. */
  public Set<String> deliveredTo() {
    return Set.copyOf(deliveredTo);
  }

  /** What its first Content-Type field says, unfolded, each character an octet; of a very long one the beginning. */
  public Optional<String> contentType() {
    return Optional.ofNullable(contentType);
  }

  private int startLine(byte octet, int at) {
    if (octet == '\r') {
      place = Place.EMPTY_LINE;
      return at + 1;
    }
    if ((octet == ' ' || octet == '\t') && begun) {
      place = Place.VALUE;
      return at;
    }
    endField();
    if (octet == '\n') {
      place = Place.END; // a bare LF, for which the mail is refused
      return at + 1;
    }
    fields++;
    nameLength = 0;
    place = Place.NAME;
    return at;
  }

  private int emptyLine(byte octet, int at) {
    endField();
    if (octet == '\n') {
      place = Place.END;
      return at + 1;
    }
    fields++;
    return noField(at); // a bare CR, for which the mail is refused
  }

  private int name(byte[] octets, int from, int end) {
    int i = from;
    while (i < end && octets[i] > ' ' && octets[i] != ':' && octets[i] != 0x7F) {
      if (nameLength == NAME_MAX) {
        return noField(i);
      }
      if (nameLength < name.length) {
        name[nameLength] = lower(octets[i]);
      }
      nameLength++;
      i++;
    }
    if (i < end) {
      place = Place.BEHIND_NAME;
    }
    return i;
  }

  /** RFC 5322 §4.5 still allows blanks in front of the colon. */
  private int behindName(byte octet, int at) {
    if (octet == ':' && nameLength > 0) {
      begun = true;
      wanted = wanted();
      if (wanted == Wanted.RECEIVED) {
        hops++;
      }
      place = Place.VALUE;
      return at + 1;
    }
    boolean blank = (octet == ' ' || octet == '\t') && nameLength > 0;
    if (blank && (nameIs(MBOX_FROM) || nameIs(MBOX_QUOTED_FROM))) {
      begun = true; // the line that mbox files have in front of a mail; From: may look so, too
      place = Place.BEHIND_NAME;
      return at + 1;
    }
    return blank ? at + 1 : noField(at);
  }

  /** The line is no field: the header has not begun, or the line is passed over. */
  private int noField(int at) {
    wanted = null;
    place = begun ? Place.VALUE : Place.END;
    return at;
  }

  private int value(byte[] octets, int from, int end) {
    int lineFeed = Octets.indexOf(octets, from, end, '\n');
    if (wanted != null) {
      int room = wanted.octetsMax + 1 - value.size();
      value.write(octets, from, Math.min(lineFeed - from, room));
    }
    if (lineFeed == end) {
      return end;
    }
    if (wanted == Wanted.DELIVERED_TO) {
      endField(); // an address has no second line; and perhaps nothing comes behind it
    }
    place = Place.LINE_START;
    return lineFeed + 1;
  }

  private void endField() {
    if (wanted == null) {
      return;
    }
    if (wanted == Wanted.DELIVERED_TO
        && value.size() <= wanted.octetsMax
        && deliveredTo.size() < VALUES_MAX) {
      String text = value.toString(StandardCharsets.UTF_8);
      deliveredTo.add(text.strip().toLowerCase(Locale.ROOT));
    }
    if (wanted == Wanted.CONTENT_TYPE && contentType == null) {
      contentType = value.toString(StandardCharsets.ISO_8859_1).replace('\r', ' ');
    }
    value.reset();
    wanted = null;
  }

  private @Nullable Wanted wanted() {
    for (Wanted one : WANTED) {
      if (nameIs(one.name)) {
        return one;
      }
    }
    return null;
  }

  private boolean nameIs(String sought) {
    boolean same = nameLength == sought.length();
    for (int i = 0; same && i < nameLength; i++) {
      same = name[i] == sought.charAt(i);
    }
    return same;
  }

  private static byte lower(byte octet) {
    return octet >= 'A' && octet <= 'Z' ? (byte) (octet + 32) : octet;
  }
}
