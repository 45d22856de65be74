package me.ehlo.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.zip.CRC32C;

/** CRC-32C, which processors compute faster than memory delivers. */
final class Checksum {
  private Checksum() {}

  static long of(byte[] octets) {
    return of(octets, 0, octets.length);
  }

  static long of(byte[] octets, int offset, int length) {
    CRC32C crc = new CRC32C();
    crc.update(octets, offset, length);
    return crc.getValue();
  }

  static long of(String text) {
    return of(text.getBytes(UTF_8));
  }
}
