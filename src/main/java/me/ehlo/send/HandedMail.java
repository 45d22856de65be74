package me.ehlo.send;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import me.ehlo.mail.Parsed;

/**
 * A mail that a program has written to us: its header in fields, and what stands behind it.
 *
 * <p>The header ends at an empty line or, as programs forget that, before the first line that is no field; so a text without
 * any header is a mail, too. A line {@code From ...} in front, as mailboxes have it, is left out. All of it is taken before
 * any of it is sent: a program may take hours to write it, and no server waits for that.
 */
final class HandedMail implements UnixText.Lines, Closeable {
  private static final int HEADER_OCTETS_MAX = 4 * 1024 * 1024;
  private static final Set<String> TO = Set.of("to", "cc", "bcc");
  private static final Set<String> RESENT_TO = Set.of("resent-to", "resent-cc", "resent-bcc");
  private static final byte[] CRLF = {'\r', '\n'};

  /** Each character an octet, CRLF at the end of each line. */
  private final List<StringBuilder> fields = new ArrayList<>();

  private final ByteArrayOutputStream line = new ByteArrayOutputStream(256);
  private final Held body = new Held();
  private boolean inHeader = true;
  private int headerOctets;

  private HandedMail() {}

  /**
   * Reads one.
   *
   * @param dotIsText whether a line with nothing but a dot is part of it
   * @throws TooLarge if it is beyond all measure
   */
  static HandedMail read(InputStream in, boolean dotIsText) throws IOException {
    HandedMail mail = new HandedMail();
    boolean whole = false;
    try {
      new UnixText(dotIsText, mail).read(in);
      whole = true;
      return mail;
    } finally {
      if (!whole) {
        mail.close();
      }
    }
  }

  @Override
  public void octet(byte octet) throws IOException {
    if (inHeader && line.size() < HEADER_OCTETS_MAX) {
      line.write(octet);
    } else {
      endHeader();
      body.write(octet);
    }
  }

  /** In a header it is a blank: what a program has put there may have come from anybody, and must not begin a field. */
  @Override
  public void loneReturn() throws IOException {
    if (inHeader) {
      octet((byte) ' ');
    } else {
      body.write(CRLF);
    }
  }

  @Override
  public void end() throws IOException {
    if (!inHeader) {
      body.write(CRLF);
      return;
    }
    String text = line.toString(ISO_8859_1);
    headerOctets += line.size() + CRLF.length;
    if (headerOctets > HEADER_OCTETS_MAX) {
      throw new TooLarge("header", HEADER_OCTETS_MAX);
    }
    if (fields.isEmpty() && (text.startsWith("From ") || text.startsWith(">From "))) {
      line.reset();
    } else if (text.isEmpty()) {
      inHeader = false;
    } else if (isBlank(text.charAt(0)) && !fields.isEmpty()) {
      fields.getLast().append(text).append("\r\n");
      line.reset();
    } else if (isField(text)) {
      fields.add(new StringBuilder(text).append("\r\n"));
      line.reset();
    } else {
      endHeader();
      body.write(CRLF);
    }
  }

  private void endHeader() throws IOException {
    if (inHeader) {
      inHeader = false;
      body.write(line.toByteArray());
    }
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t';
  }

  /** RFC 5322 §3.6.8; blanks before the colon are of §4.5. */
  private static boolean isField(String text) {
    String name = text.substring(0, Math.max(0, text.indexOf(':'))).stripTrailing();
    return !name.isEmpty() && name.chars().allMatch(c -> c > ' ' && c < 0x7F);
  }

  /** Whether it has such a field; the name in lower case. */
  boolean has(String name) {
    return fields.stream().anyMatch(field -> name(field).equals(name));
  }

  /** A field in front of all others. */
  void add(String field) {
    fields.addFirst(
        new StringBuilder(new String(field.getBytes(UTF_8), ISO_8859_1)).append("\r\n"));
  }

  /** Whom the header names: in To, Cc and Bcc or, where it was sent again, in the fields that say so (RFC 5322 §3.6.6). */
  Parsed<List<String>> recipients() {
    boolean again = fields.stream().anyMatch(field -> RESENT_TO.contains(name(field)));
    Set<String> wanted = again ? RESENT_TO : TO;
    Set<String> found = new LinkedHashSet<>();
    for (StringBuilder field : fields) {
      if (wanted.contains(name(field))) {
        switch (AddressReader.read(value(field))) {
          case Parsed.Right<List<String>>(var paths) -> found.addAll(paths);
          case Parsed.Wrong<List<String>> wrong -> {
            return wrong;
          }
        }
      }
    }
    return new Parsed.Right<>(List.copyOf(found));
  }

  private static String name(StringBuilder field) {
    return field.substring(0, field.indexOf(":")).stripTrailing().toLowerCase(Locale.ROOT);
  }

  private static String value(StringBuilder field) {
    String value = field.substring(field.indexOf(":") + 1);
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(value.getBytes(ISO_8859_1))).toString();
    } catch (CharacterCodingException e) {
      return value;
    }
  }

  /** How many octets it has on the way. */
  long octets() {
    return header().length + body.size();
  }

  /** The header, its empty line included. */
  byte[] header() {
    return (String.join("", fields) + "\r\n").getBytes(ISO_8859_1);
  }

  /** What stands behind it. */
  InputStream body() throws IOException {
    return body.read();
  }

  @Override
  public void close() throws IOException {
    body.close();
  }
}
