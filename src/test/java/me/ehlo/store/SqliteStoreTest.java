package me.ehlo.store;

import java.nio.file.Path;
import java.time.InstantSource;
import me.ehlo.access.DirectoryContract;
import me.ehlo.access.GuestbookContract;
import me.ehlo.maildrop.MaildropsContract;
import me.ehlo.queue.QueueActionsContract;
import me.ehlo.queue.QueueContract;
import me.ehlo.queue.QueueCustodyContract;
import me.ehlo.queue.QueueWalkContract;
import me.ehlo.spool.SpoolContract;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** The contracts on SQLite. */
class SqliteStoreTest {

  @Nested
  class AsSpool extends SpoolContract {
    @TempDir Path folder;

    @Override
    protected Custody openCustody() throws Exception {
      return Opened.sqlite(folder);
    }
  }

  @Nested
  class AsMaildrops extends MaildropsContract {
    @TempDir Path folder;

    @Override
    protected Custody openCustody() throws Exception {
      return Opened.sqlite(folder);
    }
  }

  @Nested
  class AsDirectory extends DirectoryContract {
    @TempDir Path folder;

    @Override
    protected Custody openCustody() throws Exception {
      return Opened.sqlite(folder);
    }
  }

  @Nested
  class AsQueue extends QueueContract {
    @TempDir Path folder;

    @Override
    protected Custody openCustody(InstantSource clock) throws Exception {
      return Opened.open(new StoreSettings(folder, ""), clock);
    }
  }

  @Nested
  class AsQueueInCustody extends QueueCustodyContract {
    @TempDir Path folder;

    @Override
    protected Custody openCustody(InstantSource clock) throws Exception {
      return Opened.open(new StoreSettings(folder, ""), clock);
    }
  }

  @Nested
  class AsQueueOfPeople extends QueueActionsContract {
    @TempDir Path folder;

    @Override
    protected Custody openCustody(InstantSource clock) throws Exception {
      return Opened.open(new StoreSettings(folder, ""), clock);
    }
  }

  @Nested
  class AsQueueForLong extends QueueWalkContract {
    @TempDir Path folder;

    @Override
    protected Custody openCustody(InstantSource clock) throws Exception {
      return Opened.open(new StoreSettings(folder, ""), clock);
    }
  }

  @Nested
  class AsGuestbook extends GuestbookContract {
    @TempDir Path folder;

    @Override
    protected Custody openCustody() throws Exception {
      return Opened.sqlite(folder);
    }
  }
}
