package me.ehlo.mail;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Reads a list of addresses in a header field (RFC 5322 §3.4) where every program reads the same, and says why not where
 * programs might differ.
 *
 * <p>The old forms of RFC 5322 §4.4 that hide an address from some readers and show it to others are therefore wrong here:
 * routes, blanks and comments within an address, empty elements, comments that look like an address; so are groups, and
 * encoded words where an address stands (RFC 2047 §5). It goes through the text once.
 */
final class AddressList {
  private static final int ADDRESS_MAX = 400; // RFC 5321 §4.5.3.1.3 has 254
  private static final String UNREADABLE =
      "an address is too long, an encoded word, or neither ASCII nor UTF-8";

  private final String text;
  private final Host home;
  private final List<Entry> entries = new ArrayList<>();
  private int at;
  private @Nullable String why;

  /**
   * An address.
   *
   * @param mailbox it, at home where it lacks a domain
   * @param lacking the index in the text at which {@code @} and a domain are missing
   */
  record Entry(Mailbox mailbox, OptionalInt lacking) {}

  private AddressList(String text, Host home) {
    this.text = text;
    this.home = home;
  }

  /**
   * Reads what stands behind the colon, folded as it is.
   *
   * @param text each character an octet
   * @param home the host of addresses without one
   */
  static Parsed<List<Entry>> parse(String text, Host home) {
    return new AddressList(text, home).read();
  }

  private Parsed<List<Entry>> read() {
    boolean more = true;
    while (more && why == null) {
      entry();
      more = at < text.length() && text.charAt(at) == ',';
      at += more ? 1 : 0;
    }
    if (why == null && at < text.length()) {
      wrong("something stands behind an address that does not belong there");
    }
    return why == null ? new Parsed.Right<>(List.copyOf(entries)) : new Parsed.Wrong<>(why);
  }

  private void entry() {
    blanks();
    int words = 0;
    int from = at;
    int behind = at;
    while (why == null && at < text.length() && isWord(text.charAt(at))) {
      from = at;
      word();
      behind = at;
      words++;
      blanks();
    }
    if (why != null) {
      return;
    }
    char next = at < text.length() ? text.charAt(at) : ',';
    switch (next) {
      case ',' -> alone(words, from, behind);
      case '@' -> bare(words, from, behind);
      case '<' -> angle();
      case ':', ';' -> wrong("it names a group, and not people");
      default -> wrong("a character stands there that cannot, unless in quotes");
    }
    blanks();
  }

  private void alone(int words, int from, int behind) {
    if (words == 0) {
      wrong("an address is missing");
    } else if (words > 1 || text.charAt(from) == '"') {
      wrong("a name stands there without an address");
    } else {
      lacking(from, behind);
    }
  }

  private void bare(int words, int from, int behind) {
    if (words != 1 || behind != at) {
      wrong("an @ stands where a name is");
      return;
    }
    at++;
    boolean literal = at < text.length() && text.charAt(at) == '[';
    while (at < text.length()
        && (isAtom(text.charAt(at)) || literal && isInLiteral(text.charAt(at)))) {
      at++;
    }
    mailbox(from, at);
  }

  private void angle() {
    int from = ++at;
    if (from < text.length() && text.charAt(from) == '"') {
      quoted();
    }
    while (at < text.length()
        && (isAtom(text.charAt(at)) || isInLiteral(text.charAt(at)) || text.charAt(at) == '@')) {
      at++;
    }
    if (why != null) {
      return;
    }
    if (at == text.length() || text.charAt(at) != '>') {
      wrong("what stands between < and > is no address");
    } else if (from == at) {
      wrong("nothing stands between < and >");
    } else if (text.charAt(from) == '@') {
      wrong("it has a route");
    } else if (text.charAt(from) != '"' && text.substring(from, at).indexOf('@') < 0) {
      lacking(from, at);
    } else {
      mailbox(from, at);
    }
    at++;
  }

  private void lacking(int from, int behind) {
    address(from, behind)
        .map(AddressParser::localPart)
        .ifPresentOrElse(parsed -> note(parsed, behind), () -> wrong(UNREADABLE));
  }

  private void note(Parsed<LocalPart> parsed, int behind) {
    switch (parsed) {
      case Parsed.Right<LocalPart>(var local) ->
          entries.add(new Entry(new Mailbox(local, home), OptionalInt.of(behind)));
      case Parsed.Wrong<LocalPart>(var reason) -> wrong(reason);
    }
  }

  private void mailbox(int from, int behind) {
    address(from, behind)
        .map(AddressParser::mailbox)
        .ifPresentOrElse(this::note, () -> wrong(UNREADABLE));
  }

  private void note(Parsed<Mailbox> parsed) {
    switch (parsed) {
      case Parsed.Right<Mailbox>(var mailbox) ->
          entries.add(new Entry(mailbox, OptionalInt.empty()));
      case Parsed.Wrong<Mailbox>(var reason) -> wrong(reason);
    }
  }

  /** The characters that the octets mean; an encoded word is only one for those who do not know better. */
  private Optional<String> address(int from, int behind) {
    if (behind - from > ADDRESS_MAX) {
      return Optional.empty();
    }
    byte[] octets = text.substring(from, behind).getBytes(StandardCharsets.ISO_8859_1);
    try {
      String address =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets)).toString();
      return address.contains("=?") ? Optional.empty() : Optional.of(address);
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  private void word() {
    if (text.charAt(at) == '"') {
      quoted();
      return;
    }
    while (at < text.length() && isAtom(text.charAt(at))) {
      at++;
    }
  }

  private void quoted() {
    at++;
    while (at < text.length() && text.charAt(at) != '"') {
      char c = text.charAt(at);
      if (c < ' ' && c != '\t' && c != '\r' && c != '\n' || c == 0x7F) {
        wrong("a control character stands there");
      }
      at += c == '\\' ? 2 : 1;
    }
    if (at >= text.length()) {
      wrong("its quotes do not close");
    } else {
      at++;
    }
  }

  /** Blanks, folds and comments. */
  private void blanks() {
    int depth = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (depth == 0 && c != '(' && !isBlank(c)) {
        return;
      }
      if (depth > 0 && (c == '<' || c == '@')) {
        wrong("a comment looks like an address");
        return;
      }
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      at += c == '\\' ? 2 : 1;
    }
    if (depth > 0) {
      wrong("a comment does not close");
    }
  }

  private void wrong(String reason) {
    why = why == null ? reason : why;
  }

  private static boolean isWord(char c) {
    return c == '"' || isAtom(c);
  }

  private static boolean isAtom(char c) {
    return c == '.' || LocalPart.isAtext(c);
  }

  private static boolean isInLiteral(char c) {
    return c == '[' || c == ']' || c == ':';
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
  }
}
