package me.ehlo.store;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Semaphore;
import me.ehlo.access.Directory;
import me.ehlo.access.Guestbook;
import me.ehlo.mail.StorageFailure;
import me.ehlo.maildrop.Maildrops;
import me.ehlo.queue.Queue;
import me.ehlo.spool.MailIds;
import me.ehlo.spool.Spool;
import me.ehlo.trace.Journal;

/** The store, opened: the one door through which the wiring and the commands come to what is kept. */
public final class Store implements AutoCloseable {
  private final Database database;
  private final Runnable closed;
  private final Sweeper sweeper;
  private final SqlSpool spool;
  private final SqlQueue queue;
  private final SqlMaildrops maildrops;
  private final SqlDirectory directory;
  private final SqlGuestbook guestbook;

  private Store(Database database, InstantSource clock, Runnable closed) {
    this.database = database;
    this.closed = closed;
    Semaphore wanted = new Semaphore(0);
    Runnable sweep = wanted::release;
    Usages usages = new Usages(database);
    MailIds names = new MailIds(clock, new SecureRandom());
    Bodies bodies = new Bodies(clock, names, database.dialect().shared(), sweep);
    this.sweeper = new Sweeper(database, bodies, wanted);
    Fresh fresh = new Fresh();
    this.spool = new SqlSpool(database, usages, bodies, fresh);
    this.queue = new SqlQueue(database, usages, fresh, clock, names, sweep);
    this.maildrops = new SqlMaildrops(database, usages, sweep);
    this.directory = new SqlDirectory(database, usages, sweep);
    this.guestbook = new SqlGuestbook(database);
  }

  /**
   * Opens the store, making or migrating it if need be.
   *
   * @throws StorageFailure with a sentence for people: in use, written by a newer Ehlo, cannot be opened
   */
  public static Store open(StoreSettings settings, Journal journal, InstantSource clock)
      throws StorageFailure {
    return settings.url().isEmpty()
        ? embedded(settings.data(), journal, clock)
        : start(new Postgres(settings.url()), () -> {}, journal, clock);
  }

  private static Store embedded(Path data, Journal journal, InstantSource clock)
      throws StorageFailure {
    DataFolder folder = DataFolder.open(data);
    boolean opened = false;
    try {
      Store store = start(new Sqlite(folder.database()), folder::close, journal, clock);
      opened = true;
      return store;
    } finally {
      if (!opened) {
        folder.close();
      }
    }
  }

  private static Store start(Dialect dialect, Runnable closed, Journal journal, InstantSource clock)
      throws StorageFailure {
    Store store = new Store(Database.open(dialect, journal, clock), clock, closed);
    store.sweeper.start();
    return store;
  }

  public Spool spool() {
    return spool;
  }

  public Queue queue() {
    return queue;
  }

  public Maildrops maildrops() {
    return maildrops;
  }

  public Directory directory() {
    return directory;
  }

  /** 64 hexadecimal digits by chance, the same as long as the store lives and for all its nodes; never shown. */
  public String siteSecret() throws StorageFailure {
    return database.read(SiteSecret::read);
  }

  public Guestbook guestbook() {
    return guestbook;
  }

  /** What is wrong with what is kept; empty when it is sound. Others read and write meanwhile. */
  public List<Finding> verify() throws StorageFailure {
    return new Verification(database).run();
  }

  /** Writes a consistent copy to a new file; opening a store on that file reads it. */
  public void backup(Path file) throws StorageFailure {
    new Backup(database.dialect()).to(file);
  }

  /** For the tests of this room, which break things. */
  Database database() {
    return database;
  }

  /** Finishes what was begun, and lets another process have the store. */
  @Override
  public void close() {
    sweeper.close();
    database.close();
    closed.run();
  }
}
