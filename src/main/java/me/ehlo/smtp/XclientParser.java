package me.ehlo.smtp;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import me.ehlo.mail.Network;
import me.ehlo.mail.Parsed;
import me.ehlo.mail.Xtext;

/**
 * Reads XCLIENT, with which a proxy says who its client is (Postfix's XCLIENT_README): attributes in xtext, each once.
 *
 * <p>Only the address is used. LOGIN is not: nobody is logged in here without a password.
 */
final class XclientParser {
  private static final Set<String> TAKEN =
      Set.of("NAME", "ADDR", "PORT", "PROTO", "HELO", "DESTADDR", "DESTPORT", "LOGIN");
  private static final Set<String> UNKNOWN = Set.of("[UNAVAILABLE]", "[TEMPUNAVAIL]");
  private static final String IPV6 = "IPV6:";
  private static final String NOWHERE = "0.0.0.0"; // RFC 6890 §2.2.2; lies in no network of ours

  private Optional<String> address = Optional.empty();

  private XclientParser() {}

  static Command parse(String argument) {
    XclientParser parser = new XclientParser();
    if (argument.isEmpty()) {
      return CommandParser.malformed(
          "XCLIENT",
          Replies.BAD_ARGUMENT,
          "Something is missing. Write XCLIENT ADDR=192.0.2.1 NAME=client.example");
    }
    return ParameterWords.read(argument, TAKEN, parser::take)
        .<Command>map(reply -> new Command.Malformed("XCLIENT", asSyntax(reply)))
        .orElseGet(() -> new Command.Xclient(parser.address));
  }

  /** XCLIENT_README knows 501 for everything that is wrong with an attribute. */
  private static Reply asSyntax(Reply reply) {
    return new Reply(Replies.BAD_PARAMETER, reply.lines());
  }

  private boolean take(String attribute, boolean hasValue, String encoded) {
    if (!hasValue || !(Xtext.decode(encoded) instanceof Parsed.Right<String>(var value))) {
      return false;
    }
    boolean unknown = UNKNOWN.contains(value.toUpperCase(Locale.ROOT));
    return switch (attribute) {
      case "ADDR" -> unknown ? address(NOWHERE) : address(value);
      case "DESTADDR" -> unknown || plain(value).isPresent();
      case "PORT", "DESTPORT" -> unknown || isPort(value);
      case "PROTO" -> unknown || Set.of("SMTP", "ESMTP").contains(CommandParser.upper(value));
      case "LOGIN" -> unknown;
      default -> !value.isEmpty();
    };
  }

  private boolean address(String value) {
    address = plain(value);
    return address.isPresent();
  }

  /** An address as it is written elsewhere: one of IPv6 without the prefix. */
  private static Optional<String> plain(String value) {
    boolean six = CommandParser.upper(value).startsWith(IPV6);
    String text = six ? value.substring(IPV6.length()) : value;
    return text.indexOf('/') < 0
            && six == text.indexOf(':') >= 0
            && Network.parse(text) instanceof Parsed.Right<Network>(var network)
        ? Optional.of(network.toString())
        : Optional.empty();
  }

  private static boolean isPort(String value) {
    return CommandParser.isNumber(value) && value.length() <= 5 && Integer.parseInt(value) <= 65535;
  }
}
