package me.ehlo.pop3;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.IntPredicate;

/** A multi-line response with a line for each message, made chunk by chunk: ten thousand messages are ten chunks. */
final class Listing implements Pieces {
  private static final int CHUNK = 16 * 1024;
  private static final int ROW = 64;

  private final List<Drop.Item> items;
  private final IntPredicate listed;
  private final Row row;
  private int number = 1;
  private boolean ended;

  /** Writes what stands behind a message's number. */
  @FunctionalInterface
  interface Row {
    void write(Drop.Item item, StringBuilder out);
  }

  Listing(List<Drop.Item> items, IntPredicate listed, Row row) {
    this.items = items;
    this.listed = listed;
    this.row = row;
  }

  @Override
  public byte[] next() {
    if (ended) {
      return new byte[0];
    }
    StringBuilder chunk = new StringBuilder(CHUNK + ROW);
    for (; number <= items.size() && chunk.length() < CHUNK; number++) {
      if (listed.test(number)) {
        chunk.append(number).append(' ');
        row.write(items.get(number - 1), chunk);
        chunk.append("\r\n");
      }
    }
    if (number > items.size()) {
      ended = true;
      chunk.append(".\r\n"); // RFC 1939 §3
    }
    return chunk.toString().getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public void close() {}
}
