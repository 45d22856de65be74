package me.ehlo.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import me.ehlo.mail.AccountId;

/**
 * Takes mails out of a maildrop.
 *
 * <p>The mails themselves stay, with a note of who else holds them: to free the content of ten thousand mails takes
 * longer than a client at QUIT should wait, so the {@link Sweeper} does it afterwards.
 */
final class Releasing implements Work<Releasing.Released> {
  private static final String NOTE =
      """
      INSERT INTO released (mail, others)
      SELECT mail, copies - 1 FROM maildrop_entry WHERE account = ? AND %s
      ON CONFLICT (mail) DO UPDATE SET others = released.others - 1
      """;
  private static final String DELETE =
      """
      DELETE FROM maildrop_entry WHERE account = ? AND %s RETURNING octets
      """;

  private final AccountId account;
  private final List<Long> mails;
  private final Usages usages;

  /** What left the maildrop. */
  record Released(long mails, long octets) {}

  Releasing(AccountId account, List<Long> mails, Usages usages) {
    this.account = account;
    this.mails = mails;
    this.usages = usages;
  }

  @Override
  public Released run(Session session) throws SQLException {
    session.flush(); // a mail kept earlier in this batch may be among them
    String list = session.dialect().list(mails);
    PreparedStatement note = prepare(session, NOTE, list);
    note.executeUpdate();
    long count = 0;
    long octets = 0;
    try (ResultSet deleted = prepare(session, DELETE, list).executeQuery()) {
      while (deleted.next()) {
        count++;
        octets += deleted.getLong(1);
      }
    }
    return new Released(count, octets);
  }

  private PreparedStatement prepare(Session session, String sql, String list) throws SQLException {
    PreparedStatement statement = session.prepare(sql.formatted(session.dialect().oneOf("mail")));
    statement.setLong(1, account.value());
    statement.setString(2, list);
    return statement;
  }

  @Override
  public void committed(Released released) {
    usages.changed(account, -released.mails, -released.octets);
  }
}
