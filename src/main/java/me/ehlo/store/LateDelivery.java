package me.ehlo.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import me.ehlo.mail.AccountId;
import me.ehlo.queue.Settlement.Change;

/**
 * Puts a mail that is in the queue into maildrops, because its recipient turned out to be ours.
 *
 * <p>The mail's row gets a line that says so, and its holders become more. Who held it before has noted how many there were, so from
 * now on the number in {@code released} is the one that counts.
 */
final class LateDelivery {
  private final Session session;
  private final List<Put> puts = new ArrayList<>();

  /** What came into a maildrop. */
  record Put(AccountId account, long octets) {}

  LateDelivery(Session session) {
    this.session = session;
  }

  /** What came into maildrops so far. */
  List<Put> puts() {
    return puts;
  }

  /** Whether all these accounts are still there. */
  boolean canHave(List<AccountId> accounts) throws SQLException {
    Set<AccountId> each = new HashSet<>(accounts);
    PreparedStatement count =
        session.prepare("SELECT count(*) FROM account WHERE " + session.dialect().oneOf("id"));
    count.setString(1, session.dialect().list(each.stream().map(AccountId::value).toList()));
    try (ResultSet row = count.executeQuery()) {
      row.next();
      return row.getLong(1) == each.size();
    }
  }

  /** Writes the maildrops' entries and the mail's line; further entries of the queue are numbered from the first one on. */
  void put(Change.Done done, Standing mail, int first) throws SQLException {
    Optional<MailHead> found = head(mail.mail());
    if (found.isEmpty()) {
      return; // it is lost; verification tells
    }
    MailHead before = found.get();
    Set<Long> given =
        RecipientLines.read(before.recipients()).stream()
            .flatMap(line -> line.accounts().stream())
            .collect(Collectors.toSet());
    List<AccountId> fresh =
        done.accounts().stream().distinct().filter(a -> !given.contains(a.value())).toList();
    String line =
        RecipientLines.line(
            done.state().toString(),
            fresh,
            first,
            done.elsewhere().size(),
            done.entry().recipient().toString());
    MailHead after = before.with(line, fresh.size());
    after.update(session);
    mail.addCopies(fresh.size());
    if (!fresh.isEmpty()) {
      note(before, fresh.size());
      insert(after, fresh);
    }
  }

  private Optional<MailHead> head(long mail) throws SQLException {
    PreparedStatement select =
        session.prepare("SELECT " + MailHead.COLUMNS + " FROM mail WHERE id = ?");
    select.setLong(1, mail);
    try (ResultSet row = select.executeQuery()) {
      return row.next() ? Optional.of(MailHead.head(row)) : Optional.empty();
    }
  }

  private void note(MailHead before, int further) throws SQLException {
    PreparedStatement note =
        session.prepare(
            """
            INSERT INTO released (mail, others) VALUES (?, ?)
            ON CONFLICT (mail) DO UPDATE SET others = released.others + ?
            """);
    note.setLong(1, before.id());
    note.setInt(2, before.copies() + further);
    note.setInt(3, further);
    note.executeUpdate();
  }

  private void insert(MailHead mail, List<AccountId> accounts) throws SQLException {
    long octets = mail.front().length + mail.octets();
    for (AccountId account : accounts) {
      MaildropRows.insert(session, account, mail, octets);
      puts.add(new Put(account, octets));
    }
  }
}
