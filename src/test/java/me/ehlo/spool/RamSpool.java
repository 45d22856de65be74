package me.ehlo.spool;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Optional;
import me.ehlo.mail.MailId;
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

  @Override
  public Optional<SpooledMail> open(MailId id) throws StorageFailure {
    store.check();
    return store.mail(id).map(RamSpool::spooled);
  }

  private static SpooledMail spooled(RamStore.Kept mail) {
    Arrival arrival = mail.arrival();
    byte[] received = arrival.received().getBytes(UTF_8);
    return new SpooledMail(
        arrival.id(),
        arrival.receivedAt(),
        arrival.envelope().reversePath(),
        arrival.envelope().dsn(),
        arrival.smtpUtf8(),
        arrival.eightBit(),
        received.length + mail.content().length,
        new RamContent(List.of(received, mail.content())));
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
