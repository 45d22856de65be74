package me.ehlo.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/**
 * A row of {@code mail} but its content.
 *
 * @param receivedAt in milliseconds since 1970
 * @param reversePath without angle brackets; empty for the null reverse-path
 * @param recipients as {@link RecipientLines} writes them
 * @param received the Received header field that stands in front of the content
 * @param octets of the content
 * @param copies how many hold it: maildrops that were given it, and the queue
 * @param body which chunks hold the content; 0: it is in the row
 * @param contentCrc over the whole content
 * @param report what the sender says of reports, as {@link ReportText} writes it
 */
record MailHead(
    long id,
    long receivedAt,
    String reversePath,
    String recipients,
    String received,
    long octets,
    boolean smtpUtf8,
    int copies,
    long body,
    long contentCrc,
    boolean eightBit,
    String report) {
  static final String COLUMNS =
      "id, received_at, reverse_path, recipients, received, octets, smtputf8, copies, body,"
          + " content_crc, eight_bit, report, head_crc";
  private static final String INSERT =
      "INSERT INTO mail ("
          + COLUMNS
          + ", content) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

  /** A row as it was read, with its checksum and content (none: it is in chunks). */
  record Row(MailHead head, long crc, Optional<byte[]> content) {

    boolean intact() {
      return head.crc() == crc
          && content.isPresent() == (head.body == 0)
          && content.map(head::isContent).orElse(true);
    }
  }

  /** Inserts the row; the content is null when it is in chunks. */
  void insert(Session session, byte[] content) throws SQLException {
    PreparedStatement insert = session.prepare(INSERT);
    insert.setLong(1, id);
    insert.setLong(2, receivedAt);
    insert.setString(3, reversePath);
    insert.setString(4, recipients);
    insert.setString(5, received);
    insert.setLong(6, octets);
    insert.setInt(7, smtpUtf8 ? 1 : 0);
    insert.setInt(8, copies);
    insert.setLong(9, body);
    insert.setLong(10, contentCrc);
    insert.setInt(11, eightBit ? 1 : 0);
    insert.setString(12, report);
    insert.setLong(13, crc());
    insert.setBytes(14, body == 0 ? content : null);
    session.gather(insert);
  }

  /** Reads a row selected as {@link #COLUMNS} and content. */
  static Row read(ResultSet row) throws SQLException {
    return new Row(head(row), row.getLong(13), Optional.ofNullable(row.getBytes(14)));
  }

  /** Reads a row selected as {@link #COLUMNS}. */
  static MailHead head(ResultSet row) throws SQLException {
    return new MailHead(
        row.getLong(1),
        row.getLong(2),
        row.getString(3),
        row.getString(4),
        row.getString(5),
        row.getLong(6),
        row.getInt(7) != 0,
        row.getInt(8),
        row.getLong(9),
        row.getLong(10),
        row.getInt(11) != 0,
        row.getString(12));
  }

  /** The same, when further recipients have been found and some of them have maildrops. */
  MailHead with(String furtherRecipients, int furtherCopies) {
    return new MailHead(
        id,
        receivedAt,
        reversePath,
        recipients + furtherRecipients,
        received,
        octets,
        smtpUtf8,
        copies + furtherCopies,
        body,
        contentCrc,
        eightBit,
        report);
  }

  /** Writes what {@link #with} has changed. */
  void update(Session session) throws SQLException {
    PreparedStatement update =
        session.prepare("UPDATE mail SET recipients = ?, copies = ?, head_crc = ? WHERE id = ?");
    update.setString(1, recipients);
    update.setInt(2, copies);
    update.setLong(3, crc());
    update.setLong(4, id);
    update.executeUpdate();
  }

  /** What the owner of a maildrop reads in front of the content: Return-Path (RFC 5321 §4.4) and our Received. */
  byte[] front() {
    return front(reversePath, received);
  }

  static byte[] front(String reversePath, String received) {
    return ("Return-Path: <" + reversePath + ">\r\n" + received).getBytes(UTF_8);
  }

  private long crc() {
    return Checksum.of(
        id
            + " "
            + receivedAt
            + " "
            + octets
            + " "
            + smtpUtf8
            + " "
            + copies
            + " "
            + body
            + " "
            + contentCrc
            + "\n"
            + reversePath
            + "\n"
            + recipients
            + "\n"
            + received
            + later());
  }

  /** What the first version did not know: summed only where it says something, so that its rows still match. */
  private String later() {
    return eightBit || !report.isEmpty() ? "\n" + eightBit + "\n" + report : "";
  }

  private boolean isContent(byte[] content) {
    return content.length == octets && Checksum.of(content) == contentCrc;
  }
}
