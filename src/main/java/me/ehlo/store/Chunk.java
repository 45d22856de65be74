package me.ehlo.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** A row of {@code chunk}: one piece of a large content. */
final class Chunk {
  static final int OCTETS_MAX = 128 * 1024;
  private static final String SELECT = "SELECT crc, content FROM chunk WHERE body = ? AND n = ?";
  private static final String INSERT_DRAFT = "INSERT INTO draft (body, begun_at) VALUES (?, ?)";
  private static final String INSERT =
      "INSERT INTO chunk (body, n, crc, content) VALUES (?, ?, ?, ?)";

  private final long crc;
  private final byte[] content;

  private Chunk(long crc, byte[] content) {
    this.crc = crc;
    this.content = content;
  }

  static Optional<Chunk> read(Session session, long body, int n) throws SQLException {
    PreparedStatement select = session.prepare(SELECT);
    select.setLong(1, body);
    select.setInt(2, n);
    try (ResultSet row = select.executeQuery()) {
      return row.next()
          ? Optional.of(new Chunk(row.getLong(1), row.getBytes(2)))
          : Optional.empty();
    }
  }

  boolean intact() {
    return content.length > 0 && Checksum.of(content) == crc;
  }

  byte[] content() {
    return content;
  }

  /** Writes one piece; the first notes that the body is a draft's. */
  static final class Writing implements Work<Integer> {
    private final long body;
    private final int n;
    private final byte[] content;
    private final long now;

    Writing(long body, int n, byte[] content, long now) {
      this.body = body;
      this.n = n;
      this.content = content;
      this.now = now;
    }

    @Override
    public Integer run(Session session) throws SQLException {
      if (n == 0) {
        PreparedStatement draft = session.prepare(INSERT_DRAFT);
        draft.setLong(1, body);
        draft.setLong(2, now);
        session.gather(draft);
      }
      PreparedStatement chunk = session.prepare(INSERT);
      chunk.setLong(1, body);
      chunk.setInt(2, n);
      chunk.setLong(3, Checksum.of(content));
      chunk.setBytes(4, content);
      session.gather(chunk);
      return n;
    }

    @Override
    public int octets() {
      return content.length;
    }
  }
}
