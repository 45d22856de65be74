package me.ehlo.store;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Set;
import me.ehlo.mail.AccountId;
import me.ehlo.spool.Arrival;

/** Makes a draft a mail: its row, its entries in the maildrops, and its chunks no longer a draft's. */
final class Keeping implements Work<Integer> {
  private static final String INSERT_ENTRY =
      "INSERT INTO maildrop_entry (account, mail, octets, smtputf8, copies) VALUES (?, ?, ?, ?, ?)";
  private static final String DELETE_DRAFT = "DELETE FROM draft WHERE body = ?";

  private final MailHead head;
  private final Set<AccountId> accounts;
  private final byte[] content;
  private final long wholeOctets;
  private final Usages usages;

  Keeping(Arrival arrival, long octets, long body, long contentCrc, byte[] content, Usages usages) {
    this.accounts = RecipientLines.accounts(arrival.envelope().recipients());
    this.head =
        new MailHead(
            arrival.id().value(),
            arrival.receivedAt().toEpochMilli(),
            arrival.envelope().reversePath().toString(),
            RecipientLines.write(arrival.envelope().recipients()),
            arrival.received(),
            octets,
            arrival.smtpUtf8(),
            accounts.size(),
            body,
            contentCrc);
    this.content = content;
    this.wholeOctets = head.front().length + octets;
    this.usages = usages;
  }

  @Override
  public Integer run(Session session) throws SQLException {
    head.insert(session, content);
    PreparedStatement entry = session.prepare(INSERT_ENTRY);
    for (AccountId account : accounts) {
      entry.setLong(1, account.value());
      entry.setLong(2, head.id());
      entry.setLong(3, wholeOctets);
      entry.setInt(4, head.smtpUtf8() ? 1 : 0);
      entry.setInt(5, head.copies());
      session.gather(entry);
    }
    if (head.body() != 0) {
      PreparedStatement draft = session.prepare(DELETE_DRAFT);
      draft.setLong(1, head.body());
      session.gather(draft);
    }
    return accounts.size();
  }

  @Override
  public void committed(Integer result) {
    for (AccountId account : accounts) {
      usages.changed(account, 1, wholeOctets);
    }
  }

  @Override
  public int octets() {
    return content.length;
  }
}
