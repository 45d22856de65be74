package me.ehlo.store;

import java.util.Optional;
import me.ehlo.mail.DsnOptions;
import me.ehlo.mail.DsnOptions.Ret;
import me.ehlo.mail.Parsed;
import me.ehlo.mail.Xtext;

/**
 * What a sender says of reports as text in the mail's row: {@code RET ENVID}, the second as xtext (RFC 3461 §4.3, §4.4).
 *
 * <p>{@code -} stands for a RET that was not given; the whole is empty where nothing was, which is nearly always.
 */
final class ReportText {
  private static final String NO_RET = "-";

  private ReportText() {}

  static String write(DsnOptions options) {
    if (options.equals(DsnOptions.NONE)) {
      return "";
    }
    return options.ret().map(Ret::name).orElse(NO_RET)
        + options.envid().map(envid -> " " + Xtext.encode(envid)).orElse("");
  }

  /** Reads what {@link #write} wrote; {@link IllegalArgumentException} for anything else. */
  static DsnOptions read(String text) {
    if (text.isEmpty()) {
      return DsnOptions.NONE;
    }
    int space = text.indexOf(' ');
    String ret = space < 0 ? text : text.substring(0, space);
    return new DsnOptions(
        ret.equals(NO_RET) ? Optional.empty() : Optional.of(Ret.valueOf(ret)),
        space < 0 ? Optional.empty() : Optional.of(envid(text.substring(space + 1))));
  }

  private static String envid(String xtext) {
    return switch (Xtext.decode(xtext)) {
      case Parsed.Right<String>(var envid) -> envid;
      case Parsed.Wrong<String>(var why) -> throw new IllegalArgumentException(why);
    };
  }
}
