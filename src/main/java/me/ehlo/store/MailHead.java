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
 * @param copies how many maildrops were given it
 * @param body which chunks hold the content; 0: it is in the row
 * @param contentCrc over the whole content
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
    long contentCrc) {
  static final String COLUMNS =
      "id, received_at, reverse_path, recipients, received, octets, smtputf8, copies, body,"
          + " content_crc, head_crc";
  private static final String INSERT =
      "INSERT INTO mail (" + COLUMNS + ", content) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

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
    insert.setLong(11, crc());
    insert.setBytes(12, body == 0 ? content : null);
    session.gather(insert);
  }

  /** Reads a row selected as {@link #COLUMNS} and content. */
  static Row read(ResultSet row) throws SQLException {
    return new Row(
        new MailHead(
            row.getLong(1),
            row.getLong(2),
            row.getString(3),
            row.getString(4),
            row.getString(5),
            row.getLong(6),
            row.getInt(7) != 0,
            row.getInt(8),
            row.getLong(9),
            row.getLong(10)),
        row.getLong(11),
        Optional.ofNullable(row.getBytes(12)));
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
            + received);
  }

  private boolean isContent(byte[] content) {
    return content.length == octets && Checksum.of(content) == contentCrc;
  }
}
