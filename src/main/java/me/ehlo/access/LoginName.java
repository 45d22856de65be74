package me.ehlo.access;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import me.ehlo.mail.AddressParser;
import me.ehlo.mail.LocalPart;
import me.ehlo.mail.Mailbox;
import me.ehlo.mail.Parsed;

/**
 * The name that somebody logs in with, prepared so that one name typed on two keyboards is one (RFC 8265 §3.3).
 *
 * @param text with full-width and half-width characters as the usual ones, in normalization form C; case is left to
 *     whoever looks the name up
 */
record LoginName(String text) {
  private static final int WIDE_FIRST = 0xff00; // Unicode's block "Halfwidth and Fullwidth Forms"
  private static final int WIDE_LAST = 0xffef;
  private static final int OCTETS_MAX = 254 + 64; // more is no address: it is not worth looking at

  static LoginName of(String typed) {
    String bounded = typed.substring(0, Math.min(typed.length(), OCTETS_MAX));
    StringBuilder usual = new StringBuilder();
    bounded.codePoints().forEach(c -> usual.append(usualWidth(c)));
    return new LoginName(Normalizer.normalize(usual, Normalizer.Form.NFC));
  }

  /** The address, if it is one. */
  Optional<Mailbox> address() {
    return value(AddressParser.mailbox(text));
  }

  /** The local part, if it is one that stands alone. */
  Optional<LocalPart> localPart() {
    return value(AddressParser.localPart(text));
  }

  /**
   * What is counted as the same name, whether or not anybody has it: the local part, without regard to case. If the
   * domain counted, {@code ann} and {@code ann@a.example} would be counted together only where that is one account, and
   * whoever counts along would see it.
   */
  String key() {
    return address()
        .map(Mailbox::localPart)
        .or(this::localPart)
        .map(LocalPart::key)
        .orElseGet(() -> text.toLowerCase(Locale.ROOT));
  }

  private static String usualWidth(int c) {
    String one = Character.toString(c);
    return c >= WIDE_FIRST && c <= WIDE_LAST
        ? Normalizer.normalize(one, Normalizer.Form.NFKC)
        : one;
  }

  private static <T> Optional<T> value(Parsed<T> parsed) {
    return parsed instanceof Parsed.Right<T>(var value) ? Optional.of(value) : Optional.empty();
  }
}
