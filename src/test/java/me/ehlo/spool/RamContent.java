package me.ehlo.spool;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Content in memory, for tests; empty pieces are left out, and large ones are cut. */
public final class RamContent implements Content {
  private static final int PIECE = 128 * 1024;

  private final Iterator<byte[]> pieces;

  public RamContent(List<byte[]> pieces) {
    this.pieces = pieces.stream().flatMap(RamContent::cut).iterator();
  }

  private static Stream<byte[]> cut(byte[] piece) {
    return IntStream.iterate(0, from -> from < piece.length, from -> from + PIECE)
        .mapToObj(from -> Arrays.copyOfRange(piece, from, Math.min(piece.length, from + PIECE)));
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
