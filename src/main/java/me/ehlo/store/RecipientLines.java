package me.ehlo.store;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import me.ehlo.mail.AccountId;
import me.ehlo.mail.Recipient;
import me.ehlo.queue.Births;

/**
 * The recipients of a mail as text in its row: a line for each, {@code STATE HOLDERS PATH}.
 *
 * <p>The holders, with commas between them, are the numbers of the accounts that were given it, and {@code q} with a number for
 * each of the queue's entries that was made for this recipient: {@code expanded 7,q0,q1 all@ehlo.test}. The state is that of
 * the acceptance: {@code waiting} means that the queue's entries tell it. An entry that later turns out to be ours adds a
 * line of its own.
 *
 * <p>They stand in the mail's row and not in a table of their own, because one more b-tree would cost each mail more
 * than its octets.
 */
final class RecipientLines {
  /** A local recipient: put into the maildrops by the very commit that accepted the mail. */
  static final String DELIVERED = "delivered";

  /** A recipient at another site: the queue's entry tells its state. */
  static final String WAITING = "waiting";

  /** An alias that leads to another site and further. */
  static final String EXPANDED = "expanded";

  private static final String ENTRY = "q";
  private static final Set<String> STATES =
      Set.of(WAITING, "delivering", DELIVERED, "relayed", EXPANDED, "failed", "held", "cancelled");

  private RecipientLines() {}

  /** A line that was read back. */
  record Line(String state, List<Long> accounts, List<Integer> entries, String path) {

    boolean stateIsKnown() {
      return STATES.contains(state);
    }
  }

  static String write(List<Recipient> recipients) {
    StringBuilder lines = new StringBuilder(64 * recipients.size());
    int entries = 0;
    for (Recipient recipient : recipients) {
      int count = Births.count(recipient);
      lines.append(
          line(
              state(recipient), recipient.accounts(), entries, count, recipient.path().toString()));
      entries += count;
    }
    return lines.toString();
  }

  private static String state(Recipient recipient) {
    if (recipient.elsewhere().isEmpty()) {
      return DELIVERED;
    }
    return recipient.expands() ? EXPANDED : WAITING;
  }

  /** One line, with entries of these numbers: so many, beginning with the first. */
  static String line(
      String state, Collection<AccountId> accounts, int first, int entries, String path) {
    if (path.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("a forward-path holds no control characters: " + path);
    }
    String holders =
        Stream.concat(
                accounts.stream().map(account -> String.valueOf(account.value())),
                IntStream.range(first, first + entries).mapToObj(n -> ENTRY + n))
            .collect(Collectors.joining(","));
    return state + " " + holders + " " + path + "\n";
  }

  /** Reads the lines; {@link IllegalArgumentException} if the text is not ours. */
  static List<Line> read(String text) {
    List<Line> lines = new ArrayList<>();
    for (String line : text.lines().toList()) {
      String[] words = line.split(" ", 3);
      if (words.length < 3) {
        throw new IllegalArgumentException("not a recipient: " + line);
      }
      lines.add(line(words[0], words[1], words[2]));
    }
    return lines;
  }

  private static Line line(String state, String holders, String path) {
    List<Long> accounts = new ArrayList<>();
    List<Integer> entries = new ArrayList<>();
    for (String holder : holders.split(",", -1)) {
      if (holder.startsWith(ENTRY)) {
        entries.add(Integer.valueOf(holder.substring(ENTRY.length())));
      } else if (!holder.isEmpty()) {
        accounts.add(Long.valueOf(holder));
      }
    }
    return new Line(state, accounts, entries, path);
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
