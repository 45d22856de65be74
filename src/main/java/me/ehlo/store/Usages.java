package me.ehlo.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import me.ehlo.mail.AccountId;
import me.ehlo.mail.StorageFailure;
import me.ehlo.maildrop.Maildrops.Usage;

/**
 * What each maildrop holds, remembered, so that asking for each recipient costs no SQL.
 *
 * <p>Only the writer's thread changes it, in the order of the commits, and loading is a work of the writer too: a sum that
 * was read beside it could count a commit twice or never.
 */
final class Usages {
  private static final int REMEMBERED_MAX = 50_000;
  private static final int FORGOTTEN_AT_ONCE = 1_000;
  private static final long SHARED_FOR_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final String SUM =
      """
      SELECT count(*), coalesce(sum(octets), 0) FROM maildrop_entry WHERE account = ?
      """;

  private final Database database;
  private final ConcurrentMap<AccountId, Known> known = new ConcurrentHashMap<>();

  private record Known(Usage usage, long sinceNanos) {}

  Usages(Database database) {
    this.database = database;
  }

  Usage of(AccountId account) throws StorageFailure {
    Known entry = known.get(account);
    if (entry != null && !isOld(entry)) {
      return entry.usage;
    }
    return database.write(new Loading(account));
  }

  /** Other nodes may have changed a shared database meanwhile. */
  private boolean isOld(Known entry) {
    return database.dialect().shared() && System.nanoTime() - entry.sinceNanos > SHARED_FOR_NANOS;
  }

  /** What a commit has changed; the writer's thread alone calls this. */
  void changed(AccountId account, long mails, long octets) {
    known.computeIfPresent(
        account,
        (id, before) ->
            new Known(
                new Usage(before.usage.mails() + mails, before.usage.octets() + octets),
                before.sinceNanos));
  }

  /** The account is gone; the writer's thread alone calls this. */
  void forget(AccountId account) {
    known.remove(account);
  }

  private void remember(AccountId account, Usage usage) {
    if (known.size() >= REMEMBERED_MAX) {
      Iterator<AccountId> any = known.keySet().iterator();
      for (int i = 0; i < FORGOTTEN_AT_ONCE && any.hasNext(); i++) {
        any.next();
        any.remove();
      }
    }
    known.put(account, new Known(usage, System.nanoTime()));
  }

  private final class Loading implements Work<Usage> {
    private final AccountId account;

    Loading(AccountId account) {
      this.account = account;
    }

    @Override
    public Usage run(Session session) throws SQLException {
      session.flush(); // works before us in this batch count
      PreparedStatement sum = session.prepare(SUM);
      sum.setLong(1, account.value());
      try (ResultSet row = sum.executeQuery()) {
        row.next();
        return new Usage(row.getLong(1), row.getLong(2));
      }
    }

    @Override
    public void committed(Usage usage) {
      remember(account, usage);
    }
  }
}
