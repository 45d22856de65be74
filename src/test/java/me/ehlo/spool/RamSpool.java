package me.ehlo.spool;

import java.io.ByteArrayOutputStream;
import me.ehlo.mail.StorageFailure;
import me.ehlo.store.RamStore;

/** A spool in memory, for tests. */
public final class RamSpool implements Spool {
  private final RamStore store;

  public RamSpool(RamStore store) {
    this.store = store;
  }

  @Override
  public Draft begin() {
    return new RamDraft(store);
  }

  private static final class RamDraft implements Draft {
    private final RamStore store;
    private final ByteArrayOutputStream content = new ByteArrayOutputStream();

    RamDraft(RamStore store) {
      this.store = store;
    }

    @Override
    public void write(byte[] octets, int offset, int length) throws StorageFailure {
      store.check();
      content.write(octets, offset, length);
    }

    @Override
    public void keep(Arrival arrival) throws StorageFailure {
      store.keep(arrival, content.toByteArray());
    }

    @Override
    public void close() {
      content.reset();
    }
  }
}
