package me.ehlo.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.zip.CRC32C;

/** Checks one mail: its row, its pieces, its recipients, and that maildrops and queue hold it as they should. */
final class MailCheck {
  private final Session session;
  private final MailHead.Row mail;
  private final Consumer<String> finding;

  MailCheck(Session session, MailHead.Row mail, Consumer<String> finding) {
    this.session = session;
    this.mail = mail;
    this.finding = finding;
  }

  void run() throws SQLException {
    if (!mail.intact()) {
      finding.accept("does not match its checksum");
      return; // what the rest says cannot be trusted
    }
    if (mail.head().body() != 0) {
      checkPieces();
    }
    checkRecipients();
  }

  private void checkPieces() throws SQLException {
    CRC32C crc = new CRC32C();
    long left = mail.head().octets();
    for (int n = 0; left > 0; n++) {
      Optional<Chunk> chunk = Chunk.read(session, mail.head().body(), n);
      if (chunk.isEmpty() || !chunk.get().intact()) {
        finding.accept("its piece " + n + (chunk.isEmpty() ? " is missing" : " is damaged"));
        return;
      }
      crc.update(chunk.get().content());
      left -= chunk.get().content().length;
    }
    if (left < 0 || crc.getValue() != mail.head().contentCrc()) {
      finding.accept("its pieces do not make up its content");
    }
  }

  /** Every accepted recipient is in exactly one known state, and held by the maildrops or the queue as its line says. */
  private void checkRecipients() throws SQLException {
    List<RecipientLines.Line> lines = RecipientLines.read(mail.head().recipients());
    for (RecipientLines.Line line : lines) {
      if (!line.stateIsKnown()) {
        finding.accept("its recipient " + line.path() + " is in no known state: " + line.state());
      }
    }
    Set<Long> accounts =
        lines.stream().flatMap(line -> line.accounts().stream()).collect(Collectors.toSet());
    List<Integer> promised = lines.stream().flatMap(line -> line.entries().stream()).toList();
    boolean queued = new QueueCheck(session, finding).run(mail.head().id(), promised);
    int given = accounts.size() + (promised.isEmpty() ? 0 : 1);
    long held = held(accounts);
    long left = left();
    if (given != mail.head().copies() || held + (queued ? 1 : 0) != left) {
      finding.accept(
          "was given to %d holders, of %d that its recipients name; %d are noted as left: %d maildrops hold it, and %s"
              .formatted(
                  mail.head().copies(), given, left, held, queued ? "the queue" : "no queue"));
    }
  }

  private long held(Set<Long> accounts) throws SQLException {
    PreparedStatement count =
        session.prepare(
            "SELECT count(*) FROM maildrop_entry WHERE mail = ? AND "
                + session.dialect().oneOf("account"));
    count.setLong(1, mail.head().id());
    count.setString(2, session.dialect().list(accounts));
    try (ResultSet row = count.executeQuery()) {
      row.next();
      return row.getLong(1);
    }
  }

  /** How many hold it, as far as it is noted. */
  private long left() throws SQLException {
    PreparedStatement select = session.prepare("SELECT others FROM released WHERE mail = ?");
    select.setLong(1, mail.head().id());
    try (ResultSet row = select.executeQuery()) {
      return row.next() ? row.getLong(1) : mail.head().copies();
    }
  }

  /** Whether an account is among the recipients. */
  static boolean isFor(String recipients, long account) {
    return RecipientLines.read(recipients).stream()
        .anyMatch(line -> line.accounts().contains(account));
  }
}
