package me.ehlo.spool;

import java.io.ByteArrayOutputStream;
import me.ehlo.lines.HeaderScan;
import me.ehlo.mail.Authors;
import me.ehlo.mail.StorageFailure;
import me.ehlo.mail.SubmittedHeader;
import org.jspecify.annotations.Nullable;

/**
 * The draft of a mail that one of our users submits: its header is held back until it is whole, and written completed.
 *
 * <p>Who writes must have bounded the header's size before; what stands behind it is passed on as it comes.
 */
public final class SubmittedDraft implements Draft {
  private final Draft draft;
  private final SubmittedHeader.Context context;
  private final HeaderScan scan = new HeaderScan();
  private ByteArrayOutputStream held = new ByteArrayOutputStream(2048);
  private @Nullable SubmittedHeader header;

  public SubmittedDraft(Draft draft, SubmittedHeader.Context context) {
    this.draft = draft;
    this.context = context;
  }

  @Override
  public void write(byte[] octets, int offset, int length) throws StorageFailure {
    int end = offset + length;
    int behind = header == null ? scan.see(octets, offset, end) : offset;
    if (header == null) {
      held.write(octets, offset, behind - offset);
      if (scan.ended()) {
        complete();
      }
    }
    if (behind < end) {
      draft.write(octets, behind, end - behind);
    }
  }

  @Override
  public Authors authors() {
    return (header == null ? read() : header).authors();
  }

  @Override
  public void keep(Arrival arrival) throws StorageFailure {
    if (header == null) {
      complete();
    }
    draft.keep(arrival);
  }

  @Override
  public void close() {
    held = new ByteArrayOutputStream(0);
    draft.close();
  }

  private void complete() throws StorageFailure {
    header = read();
    byte[] completed = header.octets();
    draft.write(completed, 0, completed.length);
    if (scan.absent()) {
      draft.write(held.toByteArray(), 0, held.size()); // it was text
    }
    held = new ByteArrayOutputStream(0);
  }

  private SubmittedHeader read() {
    return SubmittedHeader.of(scan.absent() ? new byte[0] : held.toByteArray(), context);
  }
}
