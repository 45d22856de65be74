package me.ehlo.store;

import me.ehlo.access.DirectoryContract;
import me.ehlo.maildrop.MaildropsContract;
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
}
