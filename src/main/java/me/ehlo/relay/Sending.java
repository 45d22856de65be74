package me.ehlo.relay;

import java.util.ArrayDeque;
import java.util.Deque;
import me.ehlo.lines.ContentScan;
import me.ehlo.lines.DotEncoder;
import me.ehlo.mail.StorageFailure;
import me.ehlo.net.Wire;
import me.ehlo.net.WireFailure;
import me.ehlo.queue.QueueEntry;
import me.ehlo.smtp.client.OutboundMail;
import me.ehlo.spool.SpooledMail;

/**
 * A parcel with its mail open, ready to be sent.
 *
 * <p>An ordinary mail is read and looked through before a word is said; of a large one no octet goes out unseen. What holds
 * a bare CR, a bare LF or NUL is never sent, since another server could take it for the end of the mail.
 */
final class Sending implements AutoCloseable {
  private static final int READ_AHEAD = 64 * 1024;

  private final Parcel parcel;
  private final SpooledMail spooled;
  private final OutboundMail mail;
  private final ContentScan scan = new ContentScan();
  private final Deque<byte[]> ahead = new ArrayDeque<>();
  private final boolean first;
  private long octets;

  /**
   * @param first whether it is the first of its connection
   */
  Sending(Parcel parcel, SpooledMail spooled, boolean first) throws StorageFailure {
    this.parcel = parcel;
    this.spooled = spooled;
    this.first = first;
    readAhead();
    QueueEntry entry = parcel.entries().getFirst();
    this.mail =
        new OutboundMail(
            entry.from(),
            entry.dsn(),
            parcel.entries().stream()
                .map(e -> new OutboundMail.To(e.recipient(), e.notices(), e.orcpt()))
                .toList(),
            spooled.octets(),
            spooled.eightBit(),
            spooled.smtpUtf8() && spooled.eightBit() && headerIsEightBit());
  }

  Parcel parcel() {
    return parcel;
  }

  OutboundMail mail() {
    return mail;
  }

  /** Whether it is this very mail that it sends, not one like it. */
  @SuppressWarnings("ReferenceEquality") // two mails may be alike to the last recipient
  boolean isOf(OutboundMail another) {
    return mail == another;
  }

  boolean first() {
    return first;
  }

  /** Whether what has been read so far may be sent. */
  boolean isFit() {
    return scan.soFar() == ContentScan.Flaw.NONE;
  }

  /** Writes the content; false if it turned out not to be fit, so that its end was not written. */
  boolean send(Wire wire, boolean dots) throws WireFailure, StorageFailure {
    DotEncoder encoder = new DotEncoder();
    byte[] piece = ahead.isEmpty() ? next() : ahead.remove();
    while (piece.length > 0) {
      if (!isFit()) {
        return false;
      }
      wire.write(dots ? encoder.encode(piece) : piece);
      piece = ahead.isEmpty() ? next() : ahead.remove();
    }
    if (scan.atEnd() != ContentScan.Flaw.NONE || octets != mail.octets()) {
      return false;
    }
    if (dots) {
      wire.write(encoder.end());
    }
    return true;
  }

  @Override
  public void close() {
    spooled.close();
  }

  private void readAhead() throws StorageFailure {
    byte[] piece = next();
    while (piece.length > 0) {
      ahead.add(piece);
      if (octets >= READ_AHEAD) {
        return;
      }
      piece = next();
    }
  }

  private byte[] next() throws StorageFailure {
    byte[] piece = spooled.content().next();
    octets += piece.length;
    scan.see(piece, 0, piece.length);
    return piece;
  }

  /** Whether octets above 127 stand before the first empty line, as far as the mail has been read. */
  private boolean headerIsEightBit() {
    int column = 0;
    for (byte[] piece : ahead) {
      for (byte octet : piece) {
        if (octet < 0) {
          return true;
        }
        if (octet == '\n') {
          if (column <= 1) { // its CR counted (RFC 5322 §2.1)
            return false;
          }
          column = 0;
        } else {
          column++;
        }
      }
    }
    return octets < spooled.octets(); // a header longer than this may hold anything
  }
}
