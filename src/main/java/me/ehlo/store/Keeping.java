package me.ehlo.store;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import me.ehlo.mail.AccountId;
import me.ehlo.queue.Births;
import me.ehlo.queue.QueueEntry;
import me.ehlo.spool.Arrival;

/** Makes a draft a mail: its row, its entries in maildrops and queue, and its chunks no longer a draft's. */
final class Keeping implements Work<Integer> {
  private static final String DELETE_DRAFT = "DELETE FROM draft WHERE body = ?";

  private final MailHead head;
  private final List<QueueEntry> entries;
  private final Set<AccountId> accounts;
  private final byte[] content;
  private final long wholeOctets;
  private final Usages usages;

  /** A mail that stands in memory whole. */
  Keeping(Arrival arrival, byte[] content, Usages usages) {
    this(arrival, content.length, 0, Checksum.of(content), content, usages);
  }

  Keeping(Arrival arrival, long octets, long body, long contentCrc, byte[] content, Usages usages) {
    this.entries = Births.of(arrival);
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
            accounts.size() + (entries.isEmpty() ? 0 : 1),
            body,
            contentCrc,
            arrival.eightBit(),
            ReportText.write(arrival.envelope().dsn()));
    this.content = content;
    this.wholeOctets = head.front().length + octets;
    this.usages = usages;
  }

  @Override
  public Integer run(Session session) throws SQLException {
    head.insert(session, content);
    for (AccountId account : accounts) {
      MaildropRows.insert(session, account, head, wholeOctets);
    }
    for (QueueEntry born : entries) {
      QueueRows.insert(session, born);
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
