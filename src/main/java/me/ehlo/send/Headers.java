package me.ehlo.send;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.Locale;
import java.util.Set;
import me.ehlo.send.MailOrder.Header;
import org.apache.james.mime4j.codec.EncoderUtil;
import org.apache.james.mime4j.dom.address.AddressList;
import org.apache.james.mime4j.field.Fields;
import org.apache.james.mime4j.field.address.LenientAddressParser;
import org.apache.james.mime4j.util.MimeUtil;

/** Writes the fields of a header (RFC 5322 §2.2), those that are not ASCII as encoded words unless the server takes UTF-8. */
final class Headers {
  private static final int LINE_OCTETS_MAX = 998; // RFC 5322 §2.1.1
  private static final Set<String> ADDRESSES =
      Set.of(
          "from",
          "sender",
          "reply-to",
          "to",
          "cc",
          "bcc",
          "resent-from",
          "resent-sender",
          "resent-to",
          "resent-cc",
          "resent-bcc");

  private final boolean utf8;

  /**
   * @param utf8 whether the transaction is one with SMTPUTF8 (RFC 6532)
   */
  Headers(boolean utf8) {
    this.utf8 = utf8;
  }

  /** Reads {@code Name: value}. */
  static Header read(String option, String text) throws Misused {
    int colon = text.indexOf(':');
    String name = colon < 0 ? "" : text.substring(0, colon).strip();
    boolean wellFormed = !name.isEmpty() && name.chars().allMatch(c -> c > ' ' && c < 0x7F);
    if (!wellFormed) {
      throw new Misused(option + ": \"" + text + "\" is no header: write Name: value");
    }
    return new Header(name, unfolded(text.substring(colon + 1)));
  }

  /** The field with its CRLF, folded where it is long. */
  byte[] field(Header header) throws Misused {
    String line = MimeUtil.fold(header.name() + ": " + body(header), 0);
    byte[] octets = line.getBytes(UTF_8);
    if (!fits(octets)) {
      throw new Misused(
          "--header: "
              + header.name()
              + " has more than "
              + LINE_OCTETS_MAX
              + " octets without a space at which it could be folded (RFC 5322 §2.1.1)");
    }
    ByteArrayOutputStream field = new ByteArrayOutputStream(octets.length + 2);
    field.writeBytes(octets);
    field.write('\r');
    field.write('\n');
    return field.toByteArray();
  }

  static boolean isAscii(String text) {
    return text.chars().allMatch(c -> c < 0x80);
  }

  private String body(Header header) {
    if (utf8 || isAscii(header.value())) {
      return header.value();
    }
    if (ADDRESSES.contains(header.name().toLowerCase(Locale.ROOT))) {
      AddressList list = LenientAddressParser.DEFAULT.parseAddressList(header.value());
      return MimeUtil.unfold(Fields.addressList("To", list).getBody());
    }
    return EncoderUtil.encodeIfNecessary(
        header.value(), EncoderUtil.Usage.TEXT_TOKEN, header.name().length() + 2);
  }

  /** Whoever writes line breaks into a value means spaces: nothing of it may become a field of its own. */
  private static String unfolded(String value) {
    return value.replace("\r", "").replace("\n", " ").strip();
  }

  private static boolean fits(byte[] octets) {
    int length = 0;
    for (byte octet : octets) {
      length = octet == '\n' ? 0 : length + 1;
      if (length > LINE_OCTETS_MAX + 1) { // a CR that ends it not counted
        return false;
      }
    }
    return true;
  }
}
