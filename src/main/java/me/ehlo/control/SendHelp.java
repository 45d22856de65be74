package me.ehlo.control;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** What {@code ehlo send --help} says, the few options that most people need, and {@code --help-all}: all, in groups. */
final class SendHelp {
  static final String ALL = "--help-all";
  private static final int LINE = 80;
  private static final int NAMES = 28;

  private static final String BEGINNING =
      """
      Send a mail, and see the conversation.
      Usage: ehlo send --to ADDRESS [OPTION ...] [ADDRESS ...]

        ehlo send --to bob@example.org
        ehlo send --to bob@example.org --from me@example.net --server mx.example.org
        ehlo send --to bob@example.org --server mail.example.net:587 --tls -au ann
        ehlo send --to bob@example.org --h-Subject figures --body @letter.txt \\
                  --attach q3.pdf
        ehlo send --to bob@example.org --server localhost:2525 --quit-after rcpt

      Without --server the mail goes to the MX of each recipient's domain. Options are
      spelled as in swaks. Passwords are asked for, or come from ~/.netrc, from a file
      or from a variable; never from the command line.
      """;

  private static final String CODES =
      """

      Exit: 0 accepted, 20 no connection, 21 greeting, 22 EHLO, 23 MAIL, 24 no recipient
      accepted, 25 DATA, 26 after the dot, 28 AUTH, 29 TLS, 30 answered otherwise
      (--script, --replay), 33 XCLIENT, 40 accepted for some only.
      """;

  private static final String MORE = "\nehlo send --help-all explains all options.\n";

  private static final String CONFIGURATION =
      """

      Configuration
        --config FILE               Read this one (else ./ehlo.toml,
                                    ~/.config/ehlo/ehlo.toml, /etc/ehlo/ehlo.toml).
        --set KEY=VALUE             Set one of its keys, such as dns.servers.
        --color WHEN                auto, always or never.
      """;

  private SendHelp() {}

  /** The help, no line longer than {@value #LINE} characters; {@code all}: with every option. */
  static String text(boolean all) {
    StringBuilder text = new StringBuilder(BEGINNING);
    if (all) {
      groups().forEach(group -> list(text, group, option -> option.group().equals(group)));
      text.append(CONFIGURATION);
    } else {
      list(text, "", SendOption::often);
    }
    return text.append(CODES).append(all ? "" : MORE).toString();
  }

  private static List<String> groups() {
    return SendOption.ALL.stream().map(SendOption::group).distinct().toList();
  }

  private static void list(StringBuilder text, String heading, Predicate<SendOption> which) {
    text.append('\n').append(heading.isEmpty() ? "" : heading + "\n");
    SendOption.ALL.stream()
        .filter(which)
        .filter(option -> !option.description().isEmpty())
        .forEach(option -> explain(text, option));
  }

  private static void explain(StringBuilder text, SendOption option) {
    String names = names(option);
    text.append("  ").append(names);
    if (names.length() >= NAMES) {
      text.append('\n').repeat(' ', NAMES + 2);
    } else {
      text.repeat(' ', NAMES - names.length());
    }
    String margin = "\n" + " ".repeat(NAMES + 2);
    text.append(String.join(margin, lines(option.description()))).append('\n');
  }

  /** {@code -t, --to ADDRESS}: the shortest of its other spellings, and the one by which it goes. */
  private static String names(SendOption option) {
    String name = option.names().getFirst();
    String brief =
        option.names().stream()
            .filter(other -> !other.startsWith("--") && !other.equals(name))
            .findFirst()
            .map(other -> other + ", ")
            .orElse("");
    return brief
        + name
        + switch (option.value()) {
          case NONE -> "";
          case ONE -> " " + option.label();
          case PERHAPS -> "[=" + option.label() + "]";
        };
  }

  private static List<String> lines(String description) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : description.split(" ")) {
      if (line.length() + word.length() + NAMES + 3 > LINE) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
    }
    lines.add(line.toString());
    return lines;
  }
}
