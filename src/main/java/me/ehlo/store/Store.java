package me.ehlo.store;

import java.security.SecureRandom;
import java.time.InstantSource;
import me.ehlo.access.Directory;
import me.ehlo.mail.StorageFailure;
import me.ehlo.maildrop.Maildrops;
import me.ehlo.spool.MailIds;
import me.ehlo.spool.Spool;
import me.ehlo.trace.Journal;

/** The store, opened: the one door through which the wiring and the commands come to what is kept. */
public final class Store implements AutoCloseable {
  private final DataFolder folder;
  private final Database database;
  private final SqlSpool spool;
  private final SqlMaildrops maildrops;
  private final SqlDirectory directory;

  private Store(DataFolder folder, Database database, InstantSource clock) {
    this.folder = folder;
    this.database = database;
    Runnable sweep = () -> {};
    Usages usages = new Usages(database);
    this.spool =
        new SqlSpool(
            database,
            usages,
            new SqlSpool.Bodies(clock, new MailIds(clock, new SecureRandom()), sweep));
    this.maildrops = new SqlMaildrops(database, usages, sweep);
    this.directory = new SqlDirectory(database, usages, sweep);
  }

  /**
   * Opens the store, making or migrating it if need be.
   *
   * @throws StorageFailure with a sentence for people: in use, written by a newer Ehlo, cannot be opened
   */
  public static Store open(StoreSettings settings, Journal journal, InstantSource clock)
      throws StorageFailure {
    DataFolder folder = DataFolder.open(settings.data());
    boolean opened = false;
    try {
      Store store =
          new Store(folder, Database.open(new Sqlite(folder.database()), journal, clock), clock);
      opened = true;
      return store;
    } finally {
      if (!opened) {
        folder.close();
      }
    }
  }

  public Spool spool() {
    return spool;
  }

  public Maildrops maildrops() {
    return maildrops;
  }

  public Directory directory() {
    return directory;
  }

  @Override
  public void close() {
    database.close();
    folder.close();
  }
}
