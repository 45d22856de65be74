package me.ehlo.store;

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

/** The fake that other rooms test with keeps the same contracts. */
class RamStoreTest {

  @Nested
  class AsSpool extends SpoolContract {
    @Override
    protected Custody openCustody() {
      return new RamStore();
    }
  }

  @Nested
  class AsMaildrops extends MaildropsContract {
    @Override
    protected Custody openCustody() {
      return new RamStore();
    }
  }

  @Nested
  class AsDirectory extends DirectoryContract {
    @Override
    protected Custody openCustody() {
      return new RamStore();
    }
  }

  @Nested
  class AsQueue extends QueueContract {
    @Override
    protected Custody openCustody(InstantSource clock) {
      return new RamStore(clock);
    }
  }

  @Nested
  class AsQueueInCustody extends QueueCustodyContract {
    @Override
    protected Custody openCustody(InstantSource clock) {
      return new RamStore(clock);
    }
  }

  @Nested
  class AsQueueOfPeople extends QueueActionsContract {
    @Override
    protected Custody openCustody(InstantSource clock) {
      return new RamStore(clock);
    }
  }

  @Nested
  class AsQueueForLong extends QueueWalkContract {
    @Override
    protected Custody openCustody(InstantSource clock) {
      return new RamStore(clock);
    }
  }

  @Nested
  class AsGuestbook extends GuestbookContract {
    @Override
    protected Custody openCustody() {
      return new RamStore();
    }
  }
}
