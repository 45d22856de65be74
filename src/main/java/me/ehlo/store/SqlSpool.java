package me.ehlo.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import me.ehlo.mail.MailId;
import me.ehlo.mail.StorageFailure;
import me.ehlo.spool.Arrival;
import me.ehlo.spool.Content;
import me.ehlo.spool.Draft;
import me.ehlo.spool.Spool;
import me.ehlo.spool.SpooledMail;

/** The spool in the database. */
final class SqlSpool implements Spool {
  private final Database database;
  private final Usages usages;
  private final Bodies bodies;
  private final Fresh fresh;

  SqlSpool(Database database, Usages usages, Bodies bodies, Fresh fresh) {
    this.database = database;
    this.usages = usages;
    this.bodies = bodies;
    this.fresh = fresh;
  }

  @Override
  public Draft begin() {
    return new SqlDraft(database, usages, bodies, fresh);
  }

  @Override
  public Optional<SpooledMail> open(MailId id) throws StorageFailure {
    Optional<Fresh.Mail> known = fresh.find(id);
    if (known.isPresent()) {
      return known.map(SqlSpool::spooled);
    }
    Optional<MailHead.Row> row = database.read(session -> row(session, id));
    return row.isPresent() ? Optional.of(spooled(row.get())) : Optional.empty();
  }

  private static SpooledMail spooled(Fresh.Mail mail) {
    Arrival arrival = mail.arrival();
    byte[] received = arrival.received().getBytes(UTF_8);
    return new SpooledMail(
        arrival.id(),
        arrival.receivedAt(),
        arrival.envelope().reversePath(),
        arrival.envelope().dsn(),
        arrival.smtpUtf8(),
        arrival.eightBit(),
        received.length + mail.content().length,
        new FreshContent(received, mail.content()));
  }

  private static Optional<MailHead.Row> row(Session session, MailId id) throws SQLException {
    PreparedStatement select =
        session.prepare("SELECT " + MailHead.COLUMNS + ", content FROM mail WHERE id = ?");
    select.setLong(1, id.value());
    try (ResultSet row = select.executeQuery()) {
      return row.next() ? Optional.of(MailHead.read(row)) : Optional.empty();
    }
  }

  private SpooledMail spooled(MailHead.Row row) throws StorageFailure {
    MailHead head = row.head();
    MailId id = new MailId(head.id());
    if (!row.intact()) {
      throw new StorageFailure(
          StorageFailure.Kind.DAMAGED, "mail " + id + " does not match its checksum");
    }
    byte[] received = head.received().getBytes(UTF_8);
    Content content = new SqlContent(database, row, received);
    return new SpooledMail(
        id,
        Instant.ofEpochMilli(head.receivedAt()),
        QueueRows.reversePath(head.reversePath()),
        ReportText.read(head.report()),
        head.smtpUtf8(),
        head.eightBit(),
        received.length + head.octets(),
        content);
  }

  /** Two pieces that are in memory. */
  private static final class FreshContent implements Content {
    private static final byte[] END = new byte[0];

    private byte[] first;
    private byte[] second;

    FreshContent(byte[] first, byte[] second) {
      this.first = first.length > 0 ? first : second;
      this.second = first.length > 0 ? second : END;
    }

    @Override
    public byte[] next() {
      byte[] next = first;
      first = second;
      second = END;
      return next;
    }

    @Override
    public void close() {
      first = END;
      second = END;
    }
  }
}
