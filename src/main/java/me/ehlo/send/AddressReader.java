package me.ehlo.send;

import java.util.ArrayList;
import java.util.List;
import me.ehlo.mail.AddressParser;
import me.ehlo.mail.Parsed;
import me.ehlo.trace.Plain;
import org.jspecify.annotations.Nullable;

/**
 * Finds the addresses in what people and programs write behind To, Cc and Bcc and on a command line (RFC 5322 §3.4, and the
 * old forms of §4.4): names, comments, groups, several with commas, empty places.
 *
 * <p>What is found decides where a mail goes, and the mail is our own user's; so it is read with patience, and in one pass.
 */
final class AddressReader {
  private final String text;
  private final List<String> paths = new ArrayList<>();
  private final StringBuilder word = new StringBuilder();
  private @Nullable String bracketed;
  private boolean inBrackets;
  private boolean gap;
  private int at;
  private @Nullable String why;

  private AddressReader(String text) {
    this.text = text;
  }

  /**
   * The addresses, as they stand between the brackets of a path; those without a domain have none.
   *
   * @return why not, as a clause, if one of them cannot be read: then none of them counts
   */
  static Parsed<List<String>> read(String text) {
    AddressReader reader = new AddressReader(text);
    reader.read();
    return reader.why == null
        ? new Parsed.Right<>(List.copyOf(reader.paths))
        : new Parsed.Wrong<>(reader.why);
  }

  private void read() {
    while (at < text.length() && why == null) {
      char c = text.charAt(at);
      switch (c) {
        case ' ', '\t', '\r', '\n' -> blank();
        case '(' -> comment();
        case '"' -> enclosed('"');
        case '[' -> enclosed(']');
        default -> plain(c);
      }
    }
    end();
  }

  private void plain(char c) {
    at++;
    if (inBrackets && c != '>') {
      append(c); // commas and colons too: a route stands there
      return;
    }
    switch (c) {
      case '<' -> bracket();
      case '>' -> unbracket();
      case ',', ';' -> end();
      case ':' -> forget(); // what stands before it was the name of a group
      default -> append(c);
    }
  }

  private void blank() {
    gap = true;
    at++;
  }

  /** Blanks within an address are none if they stand beside a dot or an @ (RFC 5322 §4.4); others make two words. */
  private void append(char c) {
    boolean inside = !word.isEmpty() && !joins(c) && !joins(word.charAt(word.length() - 1));
    if (gap && inside) {
      word.append(' ');
    }
    gap = false;
    word.append(c);
  }

  private static boolean joins(char c) {
    return c == '.' || c == '@' || c == ',' || c == ':';
  }

  private void comment() {
    int depth = 0;
    do {
      char c = text.charAt(at);
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      at += c == '\\' ? 2 : 1;
    } while (depth > 0 && at < text.length());
    gap = true;
  }

  /** A quoted string or a literal, taken as it is. */
  private void enclosed(char last) {
    append(text.charAt(at++));
    boolean open = true;
    while (open && at < text.length()) {
      char c = text.charAt(at++);
      word.append(c);
      if (c == '\\' && at < text.length()) {
        word.append(text.charAt(at++));
      }
      open = c != last;
    }
  }

  private void bracket() {
    if (bracketed != null) {
      end(); // the comma between them is missing
    }
    forget();
    inBrackets = true;
  }

  private void unbracket() {
    bracketed = word.toString();
    forget();
  }

  private void forget() {
    word.setLength(0);
    gap = false;
    inBrackets = false;
  }

  private void end() {
    String path = bracketed == null ? word.toString() : bracketed;
    if (!path.isEmpty() || bracketed != null) {
      add(path);
    }
    bracketed = null;
    forget();
  }

  private void add(String path) {
    Parsed<?> parsed = isAlone(path) ? AddressParser.localPart(path) : AddressParser.path(path);
    if (parsed instanceof Parsed.Wrong<?>(var wrong)) {
      why = "\"" + Plain.harmless(path) + "\" is no address: " + Plain.harmless(wrong);
    } else if (path.chars().anyMatch(Character::isISOControl)) {
      why = "\"" + Plain.harmless(path) + "\" is no address: it has a control character";
    } else {
      paths.add(path);
    }
  }

  private static boolean isAlone(String path) {
    return path.indexOf('@') < 0;
  }
}
