package me.ehlo.lines;

import java.util.Locale;
import java.util.Optional;

/**
 * What a Content-Type field says of the structure of an entity (RFC 2045 §5.1), and no more than that.
 *
 * @param kind what stands behind the header
 * @param boundary what separates the parts; empty where there are none to be found
 */
record ContentType(Kind kind, Optional<Boundary> boundary) {

  static final ContentType TEXT = new ContentType(Kind.PLAIN, Optional.empty());
  static final ContentType MESSAGE = new ContentType(Kind.MESSAGE, Optional.empty());

  enum Kind {
    /** Anything that has no parts. */
    PLAIN,
    MULTIPART,
    /** A multipart whose parts are messages unless they say otherwise (RFC 2046 §5.1.5). */
    DIGEST,
    /** A whole mail (RFC 2046 §5.2.1, RFC 6532 §3.7). */
    MESSAGE
  }

  /** Reads the field's value, each character an octet; where it cannot be read, it is text. */
  static ContentType of(String value) {
    return new Reader(value).read();
  }

  private static ContentType of(String type, String subtype, Optional<String> boundary) {
    return switch (type) {
      case "multipart" ->
          new ContentType(
              subtype.equals("digest") ? Kind.DIGEST : Kind.MULTIPART,
              boundary.flatMap(Boundary::of));
      case "message" -> subtype.equals("rfc822") || subtype.equals("global") ? MESSAGE : TEXT;
      default -> TEXT;
    };
  }

  /** Goes through the value once, from left to right. */
  private static final class Reader {
    private final String text;
    private int at;
    private Optional<String> boundary = Optional.empty();
    private final StringBuilder sections = new StringBuilder(); // RFC 2231 §3
    private int section;

    Reader(String text) {
      this.text = text;
    }

    ContentType read() {
      String type = token();
      if (!next('/')) {
        return TEXT;
      }
      String subtype = token();
      while (nextParameter()) {
        String name = token();
        if (next('=')) {
          parameter(name);
        }
      }
      return of(type, subtype, boundary.or(this::fromSections));
    }

    private boolean nextParameter() {
      while (at < text.length() && !next(';')) {
        skipWord(); // nothing that belongs there
      }
      return at < text.length();
    }

    private void skipWord() {
      if (at < text.length() && text.charAt(at) == '"') {
        quoted();
      } else {
        at++;
      }
    }

    private void parameter(String name) {
      skipBlanks();
      String value = at < text.length() && text.charAt(at) == '"' ? quoted() : unquoted();
      if (name.equals("boundary")) {
        boundary = boundary.or(() -> Optional.of(value)); // of two the first
      } else if (name.equals("boundary*" + section) && section < 100) {
        sections.append(value);
        section++;
      } else if ((name.equals("boundary*" + section + "*") || name.equals("boundary*"))
          && section < 100) {
        sections.append(unescaped(section == 0 ? behindLanguage(value) : value));
        section++;
      }
    }

    private Optional<String> fromSections() {
      return sections.isEmpty() ? Optional.empty() : Optional.of(sections.toString());
    }

    /** RFC 2231 §4: charset'language'value. */
    private static String behindLanguage(String value) {
      int second = value.indexOf('\'', value.indexOf('\'') + 1);
      return second < 0 ? value : value.substring(second + 1);
    }

    private static String unescaped(String value) {
      StringBuilder plain = new StringBuilder(value.length());
      for (int i = 0; i < value.length(); i++) {
        int high = i + 2 < value.length() ? Character.digit(value.charAt(i + 1), 16) : -1;
        int low = i + 2 < value.length() ? Character.digit(value.charAt(i + 2), 16) : -1;
        boolean escape = value.charAt(i) == '%' && high >= 0 && low >= 0;
        plain.append(escape ? (char) (high * 16 + low) : value.charAt(i));
        i += escape ? 2 : 0;
      }
      return plain.toString();
    }

    private String token() {
      skipBlanks();
      int from = at;
      while (at < text.length() && " \t;=/\"()".indexOf(text.charAt(at)) < 0) {
        at++;
      }
      return text.substring(from, at).toLowerCase(Locale.ROOT);
    }

    /** What should be quoted and is not, as many write it: up to the next parameter, blank or comment. */
    private String unquoted() {
      int from = at;
      while (at < text.length() && " \t;(".indexOf(text.charAt(at)) < 0) {
        at++;
      }
      return text.substring(from, at);
    }

    private String quoted() {
      StringBuilder plain = new StringBuilder();
      at++;
      while (at < text.length() && text.charAt(at) != '"') {
        at += text.charAt(at) == '\\' && at + 1 < text.length() ? 1 : 0;
        plain.append(text.charAt(at++));
      }
      at++;
      return plain.toString();
    }

    private boolean next(char sought) {
      skipBlanks();
      boolean found = at < text.length() && text.charAt(at) == sought;
      at += found ? 1 : 0;
      return found;
    }

    /** Blanks, and comments, which nest (RFC 5322 §3.2.2). */
    private void skipBlanks() {
      int depth = 0;
      while (at < text.length()) {
        char c = text.charAt(at);
        if (depth == 0 && c != ' ' && c != '\t' && c != '(') {
          return;
        }
        depth += c == '(' ? 1 : c == ')' ? -1 : 0;
        at += c == '\\' ? 2 : 1;
      }
    }
  }
}
