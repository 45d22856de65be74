package me.ehlo.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import me.ehlo.mail.StorageFailure;

/** Writes a consistent copy of the store to a new file, while the server runs. */
final class Backup {
  private final Dialect dialect;

  Backup(Dialect dialect) {
    this.dialect = dialect;
  }

  /** Blocks the calling thread until the copy has reached the disk; a file that is there already is never overwritten. */
  void to(Path file) throws StorageFailure {
    Path target = file.toAbsolutePath();
    if (Files.exists(target)) {
      throw new StorageFailure(
          StorageFailure.Kind.TROUBLE, file + " is there already: name a file that is not");
    }
    boolean whole = false;
    try {
      copy(target);
      whole = true;
    } catch (SQLException e) {
      throw new StorageFailure(dialect.kind(e), "the backup failed: " + dialect.describe(e), e);
    } catch (IOException e) {
      throw new StorageFailure(
          StorageFailure.Kind.TROUBLE, file + " cannot be written: " + e.getMessage(), e);
    } finally {
      if (!whole) {
        forget(target);
      }
    }
  }

  private void copy(Path target) throws SQLException, IOException, StorageFailure {
    dialect.backup(target);
    try (FileChannel channel = FileChannel.open(target, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
    DataFolder.sync(target.resolveSibling(""));
  }

  private static void forget(Path target) {
    try {
      Files.deleteIfExists(target);
    } catch (IOException e) {
      // The first failure is the one that is told.
      return;
    }
  }
}
