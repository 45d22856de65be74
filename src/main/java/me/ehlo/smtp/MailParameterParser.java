package me.ehlo.smtp;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import me.ehlo.mail.AddressParser;
import me.ehlo.mail.DsnOptions;
import me.ehlo.mail.DsnOptions.Ret;
import me.ehlo.mail.Mailbox;
import me.ehlo.mail.Parsed;
import me.ehlo.mail.Xtext;

/** Reads the parameters of MAIL (RFC 1870, 6152, 6531; RFC 3461 §4.3, §4.4; RFC 4954 §5). */
final class MailParameterParser {
  private static final Set<String> OFFERED =
      Set.of("SIZE", "BODY", "SMTPUTF8", "RET", "ENVID", "AUTH");
  private static final int ENVID_MAX = 100; // RFC 3461 §4.4
  private static final int AUTH_MAX = 500; // RFC 4954 §5

  private OptionalLong size = OptionalLong.empty();
  private boolean eightBit;
  private boolean smtpUtf8;
  private Optional<Ret> ret = Optional.empty();
  private Optional<String> envid = Optional.empty();
  private boolean auth;

  private MailParameterParser() {}

  /** The parameters, or the reply that says what is wrong with them. */
  sealed interface Result {
    record Right(MailParameters parameters) implements Result {}

    record Wrong(Reply reply) implements Result {}
  }

  static Result parse(String text) {
    MailParameterParser parser = new MailParameterParser();
    return ParameterWords.read(text, OFFERED, parser::take)
        .<Result>map(Result.Wrong::new)
        .orElseGet(() -> new Result.Right(parser.parameters()));
  }

  private MailParameters parameters() {
    return new MailParameters(size, eightBit, smtpUtf8, new DsnOptions(ret, envid), auth);
  }

  private boolean take(String keyword, boolean hasValue, String value) {
    return switch (keyword) {
      case "SIZE" -> size(value);
      case "BODY" -> body(value);
      case "RET" -> ret(CommandParser.upper(value));
      case "ENVID" -> envid(value);
      case "AUTH" -> auth(value);
      default -> smtpUtf8(hasValue);
    };
  }

  private boolean smtpUtf8(boolean hasValue) {
    smtpUtf8 = true;
    return !hasValue;
  }

  private boolean size(String value) {
    if (!isSize(value)) {
      return false;
    }
    // RFC 1870 §3 allows 20 digits; what a long cannot hold is too big whatever it is.
    size = OptionalLong.of(value.length() > 18 ? Long.MAX_VALUE : Long.parseLong(value));
    return true;
  }

  private static boolean isSize(String value) {
    return value.length() <= 20
        && value.chars().allMatch(c -> c >= '0' && c <= '9')
        && !value.isEmpty();
  }

  private boolean body(String value) {
    String kind = CommandParser.upper(value);
    eightBit = kind.equals("8BITMIME");
    return eightBit || kind.equals("7BIT"); // BINARYMIME is not offered
  }

  private boolean ret(String value) {
    ret =
        switch (value) {
          case "FULL" -> Optional.of(Ret.FULL);
          case "HDRS" -> Optional.of(Ret.HDRS);
          default -> Optional.empty();
        };
    return ret.isPresent();
  }

  private boolean auth(String value) {
    auth =
        value.length() <= AUTH_MAX
            && Xtext.decode(value) instanceof Parsed.Right<String>(var who)
            && (who.equals("<>") || AddressParser.mailbox(who) instanceof Parsed.Right<Mailbox>);
    return auth;
  }

  private boolean envid(String value) {
    if (value.isEmpty() || value.length() > ENVID_MAX) {
      return false;
    }
    if (Xtext.decode(value) instanceof Parsed.Right<String>(var decoded)) {
      envid = Optional.of(decoded);
      return true;
    }
    return false;
  }
}
