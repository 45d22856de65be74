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

/** The contracts on PostgreSQL. */
class PostgresStoreTest {

  @Nested
  class AsSpool extends SpoolContract {
    @Override
    protected Custody openCustody() throws Exception {
      return Opened.postgres();
    }
  }

  @Nested
  class AsMaildrops extends MaildropsContract {
    @Override
    protected Custody openCustody() throws Exception {
      return Opened.postgres();
    }
  }

  @Nested
  class AsDirectory extends DirectoryContract {
    @Override
    protected Custody openCustody() throws Exception {
      return Opened.postgres();
    }
  }

  @Nested
  class AsQueue extends QueueContract {
    @Override
    protected Custody openCustody(InstantSource clock) throws Exception {
      return Opened.open(new StoreSettings(Path.of("unused"), PostgresServer.newDatabase()), clock);
    }
  }

  @Nested
  class AsQueueInCustody extends QueueCustodyContract {
    @Override
    protected Custody openCustody(InstantSource clock) throws Exception {
      return Opened.open(new StoreSettings(Path.of("unused"), PostgresServer.newDatabase()), clock);
    }
  }

  @Nested
  class AsQueueOfPeople extends QueueActionsContract {
    @Override
    protected Custody openCustody(InstantSource clock) throws Exception {
      return Opened.open(new StoreSettings(Path.of("unused"), PostgresServer.newDatabase()), clock);
    }
  }

  @Nested
  class AsQueueForLong extends QueueWalkContract {
    @Override
    protected Custody openCustody(InstantSource clock) throws Exception {
      return Opened.open(new StoreSettings(Path.of("unused"), PostgresServer.newDatabase()), clock);
    }
  }

  @Nested
  class AsGuestbook extends GuestbookContract {
    @Override
    protected Custody openCustody() throws Exception {
      return Opened.postgres();
    }
  }
}
