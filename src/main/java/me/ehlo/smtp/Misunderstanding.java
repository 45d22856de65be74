package me.ehlo.smtp;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What a line that begins with no command was probably meant to be, so that its reply can say so. */
final class Misunderstanding {
  private static final List<String> VERBS =
      List.of(
          "EHLO",
          "HELO",
          "MAIL",
          "RCPT",
          "DATA",
          "BDAT",
          "RSET",
          "NOOP",
          "QUIT",
          "VRFY",
          "EXPN",
          "ETRN",
          "HELP",
          "AUTH",
          "STARTTLS");
  private static final Set<String> KNOWN_ELSEWHERE =
      Set.of("TURN", "ATRN", "SEND", "SOML", "SAML", "XFORWARD", "BURL", "LHLO");
  static final Command TLS =
      new Command.Fatal("?", Reply.of(Replies.ANOTHER_PROTOCOL, "TLS without STARTTLS"));
  private static final Set<String> HTTP =
      Set.of("GET", "POST", "PUT", "HEAD", "CONNECT", "OPTIONS", "DELETE", "TRACE", "PATCH", "PRI");
  private static final Set<String> POP3 =
      Set.of("USER", "PASS", "STAT", "LIST", "RETR", "DELE", "TOP", "UIDL", "APOP", "CAPA");
  private static final Set<String> IMAP =
      Set.of("CAPABILITY", "LOGIN", "AUTHENTICATE", "SELECT", "EXAMINE", "FETCH", "ID", "LOGOUT");
  private static final Set<String> PARTING =
      Set.of(
          "EXIT",
          "BYE",
          "LOGOUT",
          "LOGOFF",
          "CLOSE",
          "DISCONNECT",
          "END",
          "STOP",
          "LEAVE",
          "GOODBYE",
          "Q");

  private Misunderstanding() {}

  /**
   * @param word the line's first word as typed, {@code verb} the same in upper case
   */
  static Command of(String word, String verb, String argument) {
    if (word.isEmpty()) {
      return CommandParser.malformed("?", Replies.EMPTY_LINE);
    }
    if (HTTP.contains(verb) && !argument.isEmpty()) {
      return new Command.Fatal("?", Reply.of(Replies.ANOTHER_PROTOCOL, "HTTP"));
    }
    if (verb.equals("PROXY") && !argument.isEmpty()) {
      return new Command.Fatal("?", Reply.of(Replies.ANOTHER_PROTOCOL, "the PROXY protocol"));
    }
    if (KNOWN_ELSEWHERE.contains(verb)) {
      return CommandParser.malformed(verb, Replies.NOT_OFFERED, verb);
    }
    return CommandParser.malformed(
        "?", Replies.UNKNOWN_COMMAND, word, advice(word, verb, argument));
  }

  private static String advice(String word, String verb, String argument) {
    if (verb.equals("HELLO") || verb.equals("HALO") || verb.equals("HI")) {
      return "Did you mean HELO or EHLO?";
    }
    if (verb.equals(".")) {
      return "A dot alone ends a mail, but none is being typed. DATA begins one";
    }
    if (verb.startsWith("FROM:") || verb.equals("FROM")) {
      return "Did you mean MAIL FROM:<you@example.org>? A From: header belongs behind DATA";
    }
    if (verb.startsWith("TO:") || verb.equals("TO")) {
      return "Did you mean RCPT TO:<somebody@example.org>? A To: header belongs behind DATA";
    }
    return moreAdvice(word, verb, argument);
  }

  private static String moreAdvice(String word, String verb, String argument) {
    String letters = verb.replace("-", "").replace("_", "").replace(".", ""); // MAIL-FROM, RCPT_TO
    if (letters.startsWith("MAILFROM") || verb.startsWith("MAIL:") || verb.startsWith("MAILTO")) {
      return "Did you mean MAIL FROM:<you@example.org>?";
    }
    if (letters.startsWith("RCPTTO") || verb.startsWith("RCPT:")) {
      return "Did you mean RCPT TO:<somebody@example.org>?";
    }
    if (isHeader(word)) {
      return "That looks like a header. Headers belong to the mail: say DATA first";
    }
    if (POP3.contains(verb)) {
      return "That is POP3, for reading mail; this is SMTP, for sending it";
    }
    if (PARTING.contains(verb)) {
      return "To leave, say QUIT";
    }
    return nearest(verb, argument)
        .map(near -> "Did you mean " + near + "?")
        .orElseGet(() -> inTheDark(argument));
  }

  /** {@code Subject:} or {@code Subject:hello}. */
  private static boolean isHeader(String word) {
    int colon = word.indexOf(':');
    return colon > 1
        && word.substring(0, colon).chars().allMatch(c -> c == '-' || Character.isLetter(c));
  }

  private static String inTheDark(String argument) {
    if (IMAP.contains(
        argument.substring(0, CommandParser.firstBlank(argument)).toUpperCase(Locale.ROOT))) {
      return "That is IMAP, for reading mail; this is SMTP, for sending it";
    }
    return argument.indexOf(' ') < 0
        ? "HELP lists the commands"
        : "The text of a mail comes behind DATA. HELP lists the commands";
  }

  private static Optional<String> nearest(String verb, String argument) {
    String upper = argument.toUpperCase(Locale.ROOT);
    for (String known : VERBS) {
      if (distance(verb, known) == 1) {
        return Optional.of(known);
      }
    }
    if (upper.startsWith("FROM")) {
      return Optional.of("MAIL FROM");
    }
    return upper.startsWith("TO:")
        ? Optional.of("RCPT TO")
        : VERBS.stream()
            .filter(known -> verb.length() > 3 && distance(verb, known) == 2) // FOO is not NOOP
            .findFirst();
  }

  /** Edits between two words, two neighbours changing places counting as one (Damerau); bounded by their lengths. */
  private static int distance(String a, String b) {
    if (Math.abs(a.length() - b.length()) > 2) {
      return Integer.MAX_VALUE;
    }
    int[][] edits = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        edits[i][j] = i == 0 || j == 0 ? i + j : cheapest(edits, a, b, i, j);
      }
    }
    return edits[a.length()][b.length()];
  }

  private static int cheapest(int[][] edits, String a, String b, int i, int j) {
    int same = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
    int best = Math.min(edits[i - 1][j - 1] + same, Math.min(edits[i - 1][j], edits[i][j - 1]) + 1);
    boolean swapped =
        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    return swapped ? Math.min(best, edits[i - 2][j - 2] + 1) : best;
  }
}
