package me.ehlo.store;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import me.ehlo.mail.AccountId;
import me.ehlo.mail.Recipient;

/**
 * The recipients of a mail as text in its row: a line for each, {@code STATE ACCOUNTS PATH}.
 *
 * <p>They stand in the mail's row and not in a table of their own, because one more b-tree would cost each mail more
 * than its octets.
 */
final class RecipientLines {
  /** A local recipient: put into the maildrops by the very commit that accepted the mail. */
  static final String DELIVERED = "delivered";

  private static final Set<String> STATES =
      Set.of(
          "waiting", "delivering", DELIVERED, "relayed", "expanded", "failed", "held", "cancelled");

  private RecipientLines() {}

  /** A line that was read back. */
  record Line(String state, List<Long> accounts, String path) {

    boolean stateIsKnown() {
      return STATES.contains(state);
    }
  }

  static String write(List<Recipient> recipients) {
    StringBuilder lines = new StringBuilder(64 * recipients.size());
    for (Recipient recipient : recipients) {
      String path = recipient.path().toString();
      if (path.chars().anyMatch(Character::isISOControl)) {
        throw new IllegalArgumentException("a forward-path holds no control characters: " + path);
      }
      lines.append(DELIVERED).append(' ').append(accounts(recipient)).append(' ');
      lines.append(path).append('\n');
    }
    return lines.toString();
  }

  private static String accounts(Recipient recipient) {
    return recipient.accounts().stream()
        .map(account -> String.valueOf(account.value()))
        .collect(Collectors.joining(","));
  }

  /** Reads the lines; {@link IllegalArgumentException} if the text is not ours. */
  static List<Line> read(String text) {
    List<Line> lines = new ArrayList<>();
    for (String line : text.lines().toList()) {
      String[] words = line.split(" ", 3);
      if (words.length < 3) {
        throw new IllegalArgumentException("not a recipient: " + line);
      }
      lines.add(new Line(words[0], numbers(words[1]), words[2]));
    }
    return lines;
  }

  private static List<Long> numbers(String text) {
    List<Long> numbers = new ArrayList<>();
    for (String number : text.split(",", -1)) {
      if (!number.isEmpty()) {
        numbers.add(Long.valueOf(number));
      }
    }
    return numbers;
  }

  /** All accounts that get the mail, each once, although two recipients may lead to the same one. */
  static Set<AccountId> accounts(List<Recipient> recipients) {
    if (recipients.size() == 1) {
      return Set.copyOf(recipients.getFirst().accounts());
    }
    return recipients.stream()
        .map(Recipient::accounts)
        .flatMap(Collection::stream)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }
}
