package me.ehlo.send;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import me.ehlo.mail.Parsed;
import me.ehlo.mail.Xtext;
import me.ehlo.send.SendmailCall.Mode;
import org.jspecify.annotations.Nullable;

/**
 * Reads a command line as Sendmail's and Postfix's sendmail do: single letters, with or without a blank before their values,
 * several in one word, in any order with the recipients.
 *
 * <p>What programs have said to sendmail since 1983 and no server of today needs is taken and passed over.
 */
final class SendmailLine {
  private static final String PASSED_OVER = "cGmnsUx";
  private static final String WITH_VALUE = "AbBCeFfhLNoOpRrVX";
  private static final Set<String> NOTICES = Set.of("SUCCESS", "FAILURE", "DELAY");
  private static final int ENVID_MAX = 100; // RFC 3461 §4.4

  private final List<String> words;
  private final Set<String> recipients = new LinkedHashSet<>();
  private final List<String> parameters = new ArrayList<>();
  private Mode mode = Mode.SUBMIT;
  private Optional<String> sender = Optional.empty();
  private Optional<String> fullName = Optional.empty();
  private Optional<String> configuration = Optional.empty();
  private String notice = "";
  private boolean recipientsInHeader;
  private boolean dotIsText;
  private boolean verbose;
  private int at;
  private @Nullable String why;

  private SendmailLine(List<String> words) {
    this.words = words;
  }

  /** What these words ask for. */
  static Parsed<SendmailCall> read(List<String> words) {
    return new SendmailLine(words).read();
  }

  private Parsed<SendmailCall> read() {
    boolean options = true;
    while (at < words.size() && why == null) {
      String word = words.get(at++);
      if (options && word.equals("--")) {
        options = false;
      } else if (options && word.length() > 1 && word.startsWith("-")) {
        options(word);
      } else {
        recipients(word);
      }
    }
    return why == null ? new Parsed.Right<>(call()) : new Parsed.Wrong<>(why);
  }

  private SendmailCall call() {
    return new SendmailCall(
        mode,
        List.copyOf(recipients),
        sender,
        fullName,
        recipientsInHeader,
        dotIsText,
        verbose,
        parameters,
        notice,
        configuration);
  }

  private void options(String word) {
    for (int i = 1; i < word.length() && why == null; i++) {
      char option = word.charAt(i);
      String rest = word.substring(i + 1);
      if (option == 'q' || option == 'd') { // only what stands right behind them is their value
        queue(option, rest);
        return;
      }
      if (WITH_VALUE.indexOf(option) >= 0) {
        withValue(option, rest);
        return;
      }
      flag(option, word);
    }
  }

  private void flag(char option, String word) {
    switch (option) {
      case 't' -> recipientsInHeader = true;
      case 'i' -> dotIsText = true;
      case 'v' -> verbose = true;
      case 'I' -> mode = Mode.NOTHING;
      default -> {
        if (PASSED_OVER.indexOf(option) < 0) {
          why = "there is no option " + (word.startsWith("--") ? word : "-" + option);
        }
      }
    }
  }

  private void queue(char option, String rest) {
    if (option == 'q' && rest.isEmpty()) {
      mode = Mode.FLUSH;
    } else if (option == 'q') {
      why = "-q" + rest + " is not done here; ehlo queue retry has filters";
    }
  }

  private void withValue(char option, String rest) {
    if (rest.isEmpty() && at == words.size()) {
      why = "option -" + option + " needs a value behind it";
      return;
    }
    value(option, rest.isEmpty() ? words.get(at++) : rest);
  }

  private void value(char option, String value) {
    switch (option) {
      case 'b' -> mode(value);
      case 'f', 'r' -> sender(value);
      case 'F' -> fullName = Optional.of(value);
      case 'C' -> configuration = Optional.of(value);
      case 'o' -> dotIsText |= value.equals("i");
      case 'B' -> check(value.matches("(?i)7BIT|8BITMIME"), "-B is 7BIT or 8BITMIME");
      case 'N' -> notice(value.toUpperCase(Locale.ROOT));
      case 'R' -> returned(value.toUpperCase(Locale.ROOT));
      case 'V' -> envelopeId(value);
      default -> {
        // Where other servers keep their aliases, for how many hops, and the like.
      }
    }
  }

  private void mode(String value) {
    switch (value) {
      case "m" -> mode = Mode.SUBMIT;
      case "s" -> mode = Mode.CONVERSE;
      case "p" -> mode = Mode.LIST;
      case "i" -> mode = Mode.NOTHING;
      default -> why = "-b" + value + " is not done here; ehlo serve is the server";
    }
  }

  private void notice(String value) {
    List<String> asked = List.of(value.split(",", -1));
    check(
        value.equals("NEVER") || NOTICES.containsAll(asked),
        "-N is never, or some of success,failure,delay");
    notice = "NOTIFY=" + value;
  }

  private void returned(String value) {
    check(value.equals("FULL") || value.equals("HDRS"), "-R is full or hdrs");
    parameters.add("RET=" + value);
  }

  private void envelopeId(String value) {
    boolean printable = value.chars().allMatch(c -> c >= ' ' && c < 0x7F);
    String encoded = printable ? Xtext.encode(value) : "";
    check(
        !encoded.isEmpty() && encoded.length() <= ENVID_MAX,
        "-V is an envelope id, printable ASCII and not long");
    parameters.add("ENVID=" + encoded);
  }

  private void check(boolean right, String otherwise) {
    why = right || why != null ? why : otherwise;
  }

  private void sender(String value) {
    if (value.isBlank() || value.strip().equals("<>")) {
      sender = Optional.of("");
      return;
    }
    switch (AddressReader.read(value)) {
      case Parsed.Right<List<String>>(var paths) when paths.size() == 1 ->
          sender = Optional.of(paths.getFirst());
      case Parsed.Right<List<String>> _ -> why = "-f needs one address";
      case Parsed.Wrong<List<String>>(var wrong) -> why = "-f: " + wrong;
    }
  }

  private void recipients(String word) {
    switch (AddressReader.read(word)) {
      case Parsed.Right<List<String>>(var paths) -> recipients.addAll(paths);
      case Parsed.Wrong<List<String>>(var wrong) -> why = wrong;
    }
  }
}
