package me.ehlo.store;

import java.util.Optional;
import me.ehlo.mail.MailId;
import me.ehlo.mail.StorageFailure;
import me.ehlo.spool.Content;

/** What the owner of a maildrop reads: our header fields, then the content from the row or chunk by chunk. */
final class SqlContent implements Content {
  private static final byte[] END = new byte[0];

  private final Database database;
  private final MailHead head;
  private final Optional<byte[]> whole;
  private int piece;
  private long left;

  SqlContent(Database database, MailHead.Row row) {
    this.database = database;
    this.head = row.head();
    this.whole = row.content();
    this.left = head.octets();
  }

  @Override
  public byte[] next() throws StorageFailure {
    int n = piece++;
    if (n == 0) {
      return head.front();
    }
    if (left == 0) {
      return END;
    }
    byte[] octets = whole.isPresent() ? whole.get() : chunk(n - 1);
    left -= octets.length;
    return octets;
  }

  private byte[] chunk(int n) throws StorageFailure {
    Optional<Chunk> chunk = database.read(session -> Chunk.read(session, head.body(), n));
    if (chunk.isEmpty() || !chunk.get().intact() || chunk.get().content().length > left) {
      throw new StorageFailure(
          StorageFailure.Kind.DAMAGED,
          "mail " + new MailId(head.id()) + " does not match the checksum of its piece " + n);
    }
    return chunk.get().content();
  }

  @Override
  public void close() {
    left = 0;
  }
}
