package me.ehlo.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import me.ehlo.access.Directory;
import me.ehlo.access.Guestbook;
import me.ehlo.mail.StorageFailure;
import me.ehlo.maildrop.Maildrops;
import me.ehlo.queue.Queue;
import me.ehlo.spool.Spool;
import me.ehlo.trace.Event;

/** A real store for a test: what it told the journal, and found sound when it is closed. */
final class Opened implements Custody {
  private final Store store;
  private final List<Event> events;

  private Opened(Store store, List<Event> events) {
    this.store = store;
    this.events = events;
  }

  static Opened sqlite(Path folder) throws StorageFailure {
    return open(new StoreSettings(folder, ""));
  }

  static Opened postgres() throws StorageFailure, IOException, SQLException {
    return open(new StoreSettings(Path.of("unused"), PostgresServer.newDatabase()));
  }

  static Opened open(StoreSettings settings) throws StorageFailure {
    return open(settings, InstantSource.system());
  }

  static Opened open(StoreSettings settings, InstantSource clock) throws StorageFailure {
    List<Event> events = new CopyOnWriteArrayList<>();
    return new Opened(Store.open(settings, events::add, clock), events);
  }

  Store store() {
    return store;
  }

  List<Event> events() {
    return events;
  }

  @Override
  public Spool spool() {
    return store.spool();
  }

  @Override
  public Queue queue() {
    return store.queue();
  }

  @Override
  public Maildrops maildrops() {
    return store.maildrops();
  }

  @Override
  public Directory directory() {
    return store.directory();
  }

  @Override
  public Guestbook guestbook() {
    return store.guestbook();
  }

  /** Closes without asking whether it is sound. */
  void abandon() {
    store.close();
  }

  @Override
  public void close() throws StorageFailure {
    try {
      assertThat(store.verify()).isEmpty();
    } finally {
      store.close();
    }
  }
}
