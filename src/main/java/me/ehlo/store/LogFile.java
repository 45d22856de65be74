package me.ehlo.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** SQLite's write-ahead log, as another process may have left it. */
final class LogFile {
  private static final int BLOCK_OCTETS = 1024 * 1024;

  private LogFile() {}

  /**
   * Writes every octet of the log over itself, and waits until all have reached the disk.
   *
   * <p>A process that died may have met a failed fsync before: then the kernel shows us frames, calls them clean, and the disk
   * does not have them. Commits that we add behind such a gap would be lost with it at a power cut, although their own
   * fsync succeeded. After this, what recovery has seen is there. The caller holds the database's write lock.
   */
  static void harden(Path log) throws IOException {
    if (!Files.exists(log) || Files.size(log) == 0) {
      return;
    }
    try (FileChannel channel =
        FileChannel.open(log, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      ByteBuffer block = ByteBuffer.allocateDirect(BLOCK_OCTETS);
      long at = 0;
      for (int read = channel.read(block, at); read > 0; read = channel.read(block, at)) {
        block.flip();
        while (block.hasRemaining()) {
          at += channel.write(block, at);
        }
        block.clear();
      }
      channel.force(true);
    }
  }
}
