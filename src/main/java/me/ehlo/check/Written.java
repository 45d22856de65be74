package me.ehlo.check;

import java.util.List;
import java.util.Optional;
import me.ehlo.mime.EncodedWords;
import me.ehlo.mime.HeaderField;
import me.ehlo.mime.ReadMail;
import org.apache.james.mime4j.dom.address.Mailbox;
import org.apache.james.mime4j.field.address.LenientAddressParser;

/**
 * A mailbox as a header names it.
 *
 * @param name beside the address, as people see it; empty: there is none
 * @param domain of the address; empty: it has none
 */
record Written(String name, String address, String domain) {
  private static final int LENGTH_MAX = 100_000; // of one field

  /** Those of the first field of that name; none where it cannot be read. */
  static List<Written> of(ReadMail mail, String field) {
    Optional<HeaderField> found =
        mail.first(field).filter(it -> it.octets().length() <= LENGTH_MAX);
    return found.stream()
        .flatMap(
            it -> LenientAddressParser.DEFAULT.parseAddressList(it.characters()).flatten().stream())
        .map(Written::of)
        .toList();
  }

  private static Written of(Mailbox mailbox) {
    String name = mailbox.getName();
    String domain = mailbox.getDomain();
    return new Written(
        name == null ? "" : EncodedWords.decode(name),
        mailbox.getAddress(),
        domain == null ? "" : domain);
  }
}
