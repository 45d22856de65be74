package me.ehlo.store;

import java.util.Arrays;
import java.util.zip.CRC32C;
import me.ehlo.mail.StorageFailure;
import me.ehlo.spool.Arrival;
import me.ehlo.spool.Draft;
import org.jspecify.annotations.Nullable;

/**
 * A mail that is being received: in memory up to a chunk, then in chunks written between other commits.
 *
 * <p>One chunk may be on its way to the disk while the next one fills, so a draft never holds more than two.
 */
final class SqlDraft implements Draft {
  private static final int FIRST_OCTETS = 8 * 1024;

  private final Database database;
  private final Usages usages;
  private final Bodies bodies;
  private final Fresh fresh;
  private final CRC32C crc = new CRC32C();
  private byte[] buffer = new byte[0];
  private int filled;
  private long octets;
  private long body;
  private int chunks;
  private @Nullable Task<Integer> onItsWay;
  private boolean kept;

  SqlDraft(Database database, Usages usages, Bodies bodies, Fresh fresh) {
    this.database = database;
    this.usages = usages;
    this.bodies = bodies;
    this.fresh = fresh;
  }

  @Override
  public void write(byte[] source, int offset, int length) throws StorageFailure {
    int from = offset;
    int left = length;
    while (left > 0) {
      if (filled == Chunk.OCTETS_MAX) {
        spill();
      }
      int count = Math.min(left, Chunk.OCTETS_MAX - filled);
      reserve(filled + count);
      System.arraycopy(source, from, buffer, filled, count);
      filled += count;
      from += count;
      left -= count;
    }
    crc.update(source, offset, length);
    octets += length;
  }

  private void reserve(int needed) {
    if (needed > buffer.length) {
      int size = Math.max(Math.max(needed, FIRST_OCTETS), 2 * buffer.length);
      buffer = Arrays.copyOf(buffer, Math.min(size, Chunk.OCTETS_MAX));
    }
  }

  /** Hands the full buffer to the writer and goes on with a new one. */
  private void spill() throws StorageFailure {
    if (body == 0) {
      body = bodies.begin();
    }
    waitForChunk();
    onItsWay = database.submit(new Chunk.Writing(body, chunks, taken(), bodies.now()));
    chunks++;
    buffer = new byte[Chunk.OCTETS_MAX];
    filled = 0;
  }

  private byte[] taken() {
    return filled == buffer.length ? buffer : Arrays.copyOf(buffer, filled);
  }

  private void waitForChunk() throws StorageFailure {
    if (onItsWay != null) {
      Task<Integer> task = onItsWay;
      onItsWay = null;
      task.await();
    }
  }

  @Override
  public void keep(Arrival arrival) throws StorageFailure {
    if (body != 0) {
      spill();
      waitForChunk();
    }
    byte[] content = taken();
    database.write(new Keeping(arrival, octets, body, crc.getValue(), content, usages));
    kept = true;
    if (body == 0) {
      fresh.put(arrival, content);
    }
    close();
  }

  @Override
  public void close() {
    buffer = new byte[0];
    filled = 0;
    if (body != 0) {
      bodies.end(body, kept);
      body = 0;
    }
  }
}
