package me.ehlo.sasl;

import java.util.Arrays;
import java.util.Optional;
import me.ehlo.mail.Parsed;

/**
 * The client's first message of SCRAM (RFC 5802 §7, client-first-message).
 *
 * @param flag of channel binding: {@code n}, {@code y}, or {@code p=} and a type
 * @param header the whole gs2-header, both commas included
 * @param bare what is left of the message
 * @param authzid whom the client wants to act for; empty: itself
 * @param nonce the client's part
 */
record ScramFirst(
    String flag, String header, String bare, String authzid, String name, String nonce) {

  /** Reads one; {@link Parsed.Wrong} gives a server-error-value of RFC 5802 §7. */
  static Parsed<ScramFirst> parse(String message) {
    int first = message.indexOf(',');
    int second = message.indexOf(',', first + 1);
    if (second < 0 || message.indexOf('\0') >= 0) {
      return new Parsed.Wrong<>("invalid-encoding");
    }
    String flag = message.substring(0, first);
    String authzid = message.substring(first + 1, second);
    if (!isFlag(flag) || !authzid.isEmpty() && !isAttribute(authzid, 'a')) {
      return new Parsed.Wrong<>("invalid-encoding");
    }
    return parse(flag, authzid, message.substring(0, second + 1), message.substring(second + 1));
  }

  /** Whether the client acts for itself. */
  boolean forItself() {
    return authzid.isEmpty() || authzid.equalsIgnoreCase(name);
  }

  private static Parsed<ScramFirst> parse(String flag, String authzid, String header, String bare) {
    String[] attributes = bare.split(",", -1);
    if (Arrays.stream(attributes).anyMatch(one -> one.startsWith("m="))) {
      return new Parsed.Wrong<>(
          "extensions-not-supported"); // §5.1: we know none that must be known
    }
    boolean wellFormed =
        attributes.length >= 2
            && isAttribute(attributes[0], 'n')
            && isAttribute(attributes[1], 'r')
            && isPrintable(attributes[1])
            && Arrays.stream(attributes).allMatch(ScramFirst::isAttribute);
    if (!wellFormed) {
      return new Parsed.Wrong<>("invalid-encoding");
    }
    Optional<String> actsFor = authzid.isEmpty() ? Optional.of("") : saslname(authzid);
    Optional<String> name = saslname(attributes[0]);
    if (actsFor.isEmpty() || name.isEmpty()) {
      return new Parsed.Wrong<>("invalid-username-encoding");
    }
    return new Parsed.Right<>(
        new ScramFirst(flag, header, bare, actsFor.get(), name.get(), attributes[1].substring(2)));
  }

  private static boolean isFlag(String text) {
    return text.equals("n") || text.equals("y") || text.startsWith("p=") && text.length() > 2;
  }

  private static boolean isAttribute(String text, char name) {
    return isAttribute(text) && text.charAt(0) == name;
  }

  /** An attr-val: a letter, an equals sign, and something. */
  static boolean isAttribute(String text) {
    return text.length() > 2
        && text.charAt(1) == '='
        && (text.charAt(0) >= 'a' && text.charAt(0) <= 'z'
            || text.charAt(0) >= 'A' && text.charAt(0) <= 'Z');
  }

  private static boolean isPrintable(String text) {
    return text.chars().allMatch(c -> c > ' ' && c < 0x7f);
  }

  /** What an attribute says, its {@code =2C} and {@code =3D} read; empty if another = stands there. */
  private static Optional<String> saslname(String attribute) {
    String coded = attribute.substring(2);
    String plain = coded.replace("=2C", "\0").replace("=3D", "\1");
    return plain.indexOf('=') >= 0
        ? Optional.empty()
        : Optional.of(plain.replace('\0', ',').replace('\1', '='));
  }
}
