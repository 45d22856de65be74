package me.ehlo.spool;

import java.util.Iterator;
import java.util.List;

/** Content in memory, for tests; empty pieces are left out. */
public final class RamContent implements Content {
  private final Iterator<byte[]> pieces;

  public RamContent(List<byte[]> pieces) {
    this.pieces = pieces.stream().filter(piece -> piece.length > 0).iterator();
  }

  @Override
  public byte[] next() {
    return pieces.hasNext() ? pieces.next() : new byte[0];
  }

  @Override
  public void close() {
    // It is memory.
  }
}
