package me.ehlo.talk;

import java.io.ByteArrayOutputStream;

/** Files have line endings of many kinds; a mail has one. */
final class LineEndings {
  private LineEndings() {}

  /** The same octets with CRLF for each LF and CR that stands alone, and at the end. */
  static byte[] crlf(byte[] file) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(file.length + file.length / 32 + 2);
    byte before = '\n';
    for (byte octet : file) {
      if (octet == '\n' && before == '\r') {
        before = octet;
        continue;
      }
      if (octet == '\n' || octet == '\r') {
        out.write('\r');
        out.write('\n');
      } else {
        out.write(octet);
      }
      before = octet;
    }
    if (file.length > 0 && before != '\n' && before != '\r') {
      out.write('\r');
      out.write('\n');
    }
    return out.toByteArray();
  }
}
