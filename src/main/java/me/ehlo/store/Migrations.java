package me.ehlo.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import me.ehlo.mail.StorageFailure;

/**
 * Brings a store of an earlier version up to this one: numbered files, each in one transaction with the number it leads to.
 *
 * <p>A file that has been released is never changed again; what comes later is a file of its own.
 */
final class Migrations {
  private static final List<String> FILES =
      List.of(
          "001-mails-and-accounts.sql",
          "002-queue.sql",
          "003-passwords.sql",
          "004-site-secret.sql",
          "005-guests.sql");

  private Migrations() {}

  /** Does what is missing. Refuses a store that a newer Ehlo has written to, because we do not know what it means. */
  static void run(Session session) throws SQLException, StorageFailure {
    int version = inTransaction(session, Migrations::version);
    if (version > FILES.size()) {
      throw new StorageFailure(
          StorageFailure.Kind.TROUBLE,
          "this store was written by a newer Ehlo (its version is %d, this Ehlo knows up to %d): use that one"
              .formatted(version, FILES.size()));
    }
    while (version < FILES.size()) {
      version = inTransaction(session, Migrations::step);
    }
  }

  private static int version(Session session) throws SQLException {
    session.lockNames(); // two nodes may start at once
    session.execute("CREATE TABLE IF NOT EXISTS store_version (version INTEGER NOT NULL)");
    try (ResultSet row = session.prepare("SELECT version FROM store_version").executeQuery()) {
      return row.next() ? row.getInt(1) : 0;
    }
  }

  private static int step(Session session) throws SQLException {
    int version = version(session);
    if (version == FILES.size()) {
      return version; // another node was quicker
    }
    for (String statement : statements(session.dialect().name() + "/" + FILES.get(version))) {
      session.execute(statement);
    }
    session.execute("DELETE FROM store_version");
    PreparedStatement insert = session.prepare("INSERT INTO store_version (version) VALUES (?)");
    insert.setInt(1, version + 1);
    insert.executeUpdate();
    return version + 1;
  }

  /** The statements of a file: a semicolon at the end of a line ends one. */
  private static List<String> statements(String file) {
    try (InputStream in =
        Objects.requireNonNull(Migrations.class.getResourceAsStream(file), file)) {
      return Arrays.stream(new String(in.readAllBytes(), UTF_8).split(";\n", -1))
          .filter(statement -> !statement.isBlank())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("a migration cannot be read from our own jar: " + file, e);
    }
  }

  private static int inTransaction(Session session, Work<Integer> work) throws SQLException {
    session.begin();
    try {
      int result = work.run(session);
      session.commit();
      return result;
    } catch (SQLException e) {
      session.rollback();
      throw e;
    }
  }
}
