package me.ehlo.control;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Whether a process holds a data folder: then waiting may help, else what keeps the store from opening stays. */
public final class FolderLock {
  private FolderLock() {}

  /** Looks at the lock that every process with the store open holds; takes it for a moment when it is free. */
  public static boolean isHeld(Path data) throws IOException {
    try (FileChannel channel = FileChannel.open(data.resolve("lock"), StandardOpenOption.WRITE);
        FileLock free = channel.tryLock()) {
      return free == null;
    } catch (FileSystemException e) {
      return false; // no folder, no lock, no right to it: waiting changes nothing
    } catch (OverlappingFileLockException e) {
      return true;
    }
  }
}
