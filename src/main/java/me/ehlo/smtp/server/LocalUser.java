package me.ehlo.smtp.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import me.ehlo.mail.Domain;
import me.ehlo.mail.LocalPart;
import me.ehlo.mail.Mailbox;

/**
 * A user of the operating system that we run on, who needs no password, because the system says who it is.
 *
 * @param name as the system knows it; a number where it knows no name
 * @param address under which the user writes when nothing else is said
 */
public record LocalUser(String name, Mailbox address) {
  private static final int LOCAL_PART_OCTETS = 64; // RFC 5321 §4.5.3.1.1

  /** The user of this name, at home in this domain. */
  public static LocalUser of(String name, Domain home) {
    String plain =
        name.codePoints()
            .filter(c -> !Character.isISOControl(c))
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
    boolean fits = !plain.isEmpty() && plain.getBytes(UTF_8).length <= LOCAL_PART_OCTETS;
    return new LocalUser(name, new Mailbox(new LocalPart(fits ? plain : "nobody"), home));
  }
}
