package me.ehlo.send;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Octets that wait to be sent: in memory while they are few, then in a temporary file that has no name any more, so that
 * nothing is left of it however we end.
 */
final class Held extends OutputStream {
  private static final int MEMORY_OCTETS = 512 * 1024;

  private static final long OCTETS_MAX = Integer.MAX_VALUE; // what smtp.size-max can be at most

  private final ByteArrayOutputStream memory = new ByteArrayOutputStream();
  private @Nullable FileChannel file;
  private long size;

  @Override
  public void write(int octet) throws IOException {
    memory.write(octet);
    size++;
    spillIfMuch();
  }

  @Override
  public void write(byte[] octets, int offset, int length) throws IOException {
    memory.write(octets, offset, length);
    size += length;
    spillIfMuch();
  }

  /** How many there are. */
  long size() {
    return size;
  }

  /** All of them, from the first; nothing is written afterwards. */
  InputStream read() throws IOException {
    if (file == null) {
      return new ByteArrayInputStream(memory.toByteArray());
    }
    spill(file);
    return Channels.newInputStream(file.position(0));
  }

  @Override
  public void close() throws IOException {
    if (file != null) {
      file.close();
    }
  }

  private void spillIfMuch() throws IOException {
    if (size > OCTETS_MAX) {
      throw new TooLarge("mail", OCTETS_MAX);
    }
    if (memory.size() < MEMORY_OCTETS) {
      return;
    }
    if (file == null) {
      file = nameless();
    }
    spill(file);
  }

  private void spill(FileChannel to) throws IOException {
    memory.writeTo(Channels.newOutputStream(to));
    memory.reset();
  }

  private static FileChannel nameless() throws IOException {
    Path path = Files.createTempFile("ehlo-mail", null); // its owner's alone
    try {
      return FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
    } finally {
      Files.delete(path);
    }
  }
}
