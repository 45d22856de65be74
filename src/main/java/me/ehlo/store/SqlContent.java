package me.ehlo.store;

import java.util.Arrays;
import java.util.Optional;
import me.ehlo.mail.MailId;
import me.ehlo.mail.StorageFailure;
import me.ehlo.spool.Content;

/** What is read of a mail: header fields of ours, then the content from the row or chunk by chunk. */
final class SqlContent implements Content {
  private static final byte[] END = new byte[0];

  private final Database database;
  private final MailHead head;
  private final Optional<byte[]> whole;
  private byte[] front;
  private int chunks;
  private long left;

  /** With these header fields in front, if there are any. */
  SqlContent(Database database, MailHead.Row row, byte[] front) {
    this.database = database;
    this.head = row.head();
    this.whole = row.content();
    this.front = front;
    this.left = head.octets();
  }

  @Override
  public byte[] next() throws StorageFailure {
    if (front.length > 0) {
      byte[] first = front;
      front = END;
      return first;
    }
    if (left == 0) {
      return END;
    }
    byte[] octets = whole.isPresent() ? part(whole.get()) : chunk(chunks++);
    left -= octets.length;
    return octets;
  }

  /** A report of our own making may be larger than a piece and stand in its row all the same. */
  private byte[] part(byte[] content) {
    int from = content.length - (int) left;
    return from == 0 && content.length <= Chunk.OCTETS_MAX
        ? content
        : Arrays.copyOfRange(content, from, Math.min(content.length, from + Chunk.OCTETS_MAX));
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
    front = END;
    left = 0;
  }
}
