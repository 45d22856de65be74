package me.ehlo.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import me.ehlo.mail.StorageFailure;
import me.ehlo.maildrop.StoredMail;

/**
 * Reads mails of one maildrop, and the following ones with them while they are read in order.
 *
 * <p>Most clients fetch everything from first to last. Each visit to a reader's thread costs more than reading a small
 * mail, so a visit takes along what fits: nothing at first, then twice as much each time the order proves to be kept.
 */
final class ReadAhead {
  private static final int FIRST_OCTETS = 8 * 1024;
  private static final int MOST_OCTETS = 64 * 1024;
  private static final String SELECT =
      "SELECT " + MailHead.COLUMNS + ", content FROM mail WHERE %s";

  private final Database database;
  private final List<StoredMail> mails;
  private final String select;
  private final Map<Long, MailHead.Row> ahead = new HashMap<>();
  private int expected;
  private int budget;

  ReadAhead(Database database, List<StoredMail> mails) {
    this.database = database;
    this.mails = mails;
    this.select = SELECT.formatted(database.dialect().oneOf("id"));
  }

  /** The mail's row, checked against its checksums. */
  MailHead.Row row(StoredMail mail) throws StorageFailure {
    long id = mail.id().value();
    int index = index(mail);
    if (!ahead.containsKey(id)) {
      budget =
          index == expected && index > 0 ? Math.clamp(2L * budget, FIRST_OCTETS, MOST_OCTETS) : 0;
      visit(index, id);
    }
    expected = index + 1;
    MailHead.Row row = ahead.remove(id);
    if (row == null) {
      throw damaged("mail " + mail.id() + " is not in the store");
    }
    if (!row.intact()) {
      throw damaged("mail " + mail.id() + " does not match its checksum");
    }
    return row;
  }

  private int index(StoredMail mail) {
    if (expected < mails.size() && mails.get(expected).equals(mail)) {
      return expected;
    }
    return Collections.binarySearch(mails, mail, Comparator.comparing(StoredMail::id));
  }

  private void visit(int index, long id) throws StorageFailure {
    ahead.clear();
    List<Long> wanted = new ArrayList<>();
    wanted.add(id);
    if (index >= 0) {
      takeAlong(index, wanted);
    }
    for (MailHead.Row row : database.read(session -> rows(session, wanted))) {
      ahead.put(row.head().id(), row);
    }
  }

  private void takeAlong(int index, List<Long> wanted) {
    long octets = mails.get(index).octets();
    for (int next = index + 1; next < mails.size(); next++) {
      octets += mails.get(next).octets();
      if (octets > budget) {
        return;
      }
      wanted.add(mails.get(next).id().value());
    }
  }

  private List<MailHead.Row> rows(Session session, List<Long> wanted) throws SQLException {
    PreparedStatement statement = session.prepare(select);
    statement.setString(1, session.dialect().list(wanted));
    List<MailHead.Row> rows = new ArrayList<>(wanted.size());
    try (ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        rows.add(MailHead.read(row));
      }
    }
    return rows;
  }

  private static StorageFailure damaged(String what) {
    return new StorageFailure(StorageFailure.Kind.DAMAGED, what);
  }
}
