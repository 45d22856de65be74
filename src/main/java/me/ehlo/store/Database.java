package me.ehlo.store;

import java.io.IOException;
import java.sql.SQLException;
import java.time.InstantSource;
import me.ehlo.mail.StorageFailure;
import me.ehlo.trace.Journal;

/** The opened database: brought up to date, with one thread that writes and two that read. */
final class Database implements AutoCloseable {
  private static final int READERS = 2;

  private final Dialect dialect;
  private final Writer writer;
  private final Readers readers;

  private Database(Dialect dialect, Writer writer, Readers readers) {
    this.dialect = dialect;
    this.writer = writer;
    this.readers = readers;
  }

  static Database open(Dialect dialect, Journal journal, InstantSource clock)
      throws StorageFailure {
    try (Session session = new Session(dialect, dialect.connect(Dialect.Use.WRITING))) {
      dialect.recover(session);
      Migrations.run(session);
    } catch (SQLException e) {
      throw new StorageFailure(
          dialect.kind(e), "the database cannot be opened: " + dialect.describe(e), e);
    } catch (IOException e) {
      throw new StorageFailure(
          StorageFailure.Kind.TROUBLE, "the database cannot be recovered: " + e.getMessage(), e);
    }
    Database database =
        new Database(
            dialect,
            new Writer(link(dialect, Dialect.Use.WRITING), dialect, new Troubles(journal, clock)),
            new Readers(READERS, () -> link(dialect, Dialect.Use.READING), dialect));
    database.writer.start();
    database.readers.start();
    return database;
  }

  private static Link link(Dialect dialect, Dialect.Use use) {
    return new Link(() -> new Session(dialect, dialect.connect(use)));
  }

  Dialect dialect() {
    return dialect;
  }

  /** Does the work in a commit, with others, and waits until it has reached the disk. */
  <T> T write(Work<T> work) throws StorageFailure {
    return writer.submit(work).await();
  }

  /** Hands in a work for a commit without waiting. */
  <T> Task<T> submit(Work<T> work) {
    return writer.submit(work);
  }

  /** Reads what the last commit left. */
  <T> T read(Work<T> work) throws StorageFailure {
    return readers.submit(work).await();
  }

  /** Whether nobody waits to write just now. */
  boolean idle() {
    return writer.idle();
  }

  @Override
  public void close() {
    readers.close();
    writer.close();
  }
}
