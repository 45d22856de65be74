package me.ehlo.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import me.ehlo.mail.StorageFailure;

/** The folder of the embedded store, held by one process at a time and readable by its owner alone. */
final class DataFolder implements AutoCloseable {
  private static final String DATABASE = "ehlo.db";
  private static final String LOCK = "lock";

  private final Path database;
  private final FileChannel lock;

  private DataFolder(Path database, FileChannel lock) {
    this.database = database;
    this.lock = lock;
  }

  /** Takes the folder, making it if need be; {@code data} may also be a single file made by a backup. */
  static DataFolder open(Path data) throws StorageFailure {
    Path path = data.toAbsolutePath();
    boolean single = Files.isRegularFile(path);
    Path folder = single ? path.resolveSibling("") : path;
    Path database = single ? path : path.resolve(DATABASE);
    Path lock = single ? path.resolveSibling(path.getFileName() + "." + LOCK) : path.resolve(LOCK);
    try {
      makeFolder(folder);
      FileChannel held = hold(lock, data);
      makeFile(database);
      sync(folder); // so that the name of a new database survives a power cut
      return new DataFolder(database, held);
    } catch (IOException e) {
      throw trouble("the data folder " + data + " cannot be used: " + describe(e), e);
    }
  }

  private static void makeFolder(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
  }

  /** Makes an empty file that only its owner may read, unless it is there; SQLite gives its log the same rights. */
  static void makeFile(Path file) throws IOException {
    try {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    } catch (FileAlreadyExistsException e) {
      if (!Files.isRegularFile(file)) {
        throw e;
      }
    }
  }

  private static FileChannel hold(Path lock, Path data) throws IOException, StorageFailure {
    makeFile(lock);
    FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE);
    try {
      if (channel.tryLock() != null) {
        return channel;
      }
    } catch (OverlappingFileLockException e) {
      channel.close();
      throw trouble("the store in " + data + " is in use by this very process", e);
    }
    channel.close();
    throw new StorageFailure(
        StorageFailure.Kind.TROUBLE,
        "the store in "
            + data
            + " is in use by another Ehlo: stop that one, or use another data folder");
  }

  /** Makes names in a folder as lasting as the files they name. */
  static void sync(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /** The database's file. */
  Path database() {
    return database;
  }

  @Override
  public void close() {
    try {
      lock.close();
    } catch (IOException e) {
      // The lock ends with our process at the latest; there is nobody to tell.
      return;
    }
  }

  private static StorageFailure trouble(String what, Throwable cause) {
    return new StorageFailure(StorageFailure.Kind.TROUBLE, what, cause);
  }

  private static String describe(IOException e) {
    return e.getClass().getSimpleName() + " " + e.getMessage();
  }
}
