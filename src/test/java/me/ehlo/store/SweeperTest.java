package me.ehlo.store;

import static me.ehlo.store.Post.account;
import static me.ehlo.store.Post.keep;
import static me.ehlo.store.Post.mails;
import static me.ehlo.store.Post.octets;
import static me.ehlo.store.Post.to;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.sql.ResultSet;
import me.ehlo.mail.AccountId;
import me.ehlo.mail.StorageFailure;
import me.ehlo.maildrop.Maildrop;
import me.ehlo.spool.Draft;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Space is given back: of deleted mails, of drafts that became none, and to the disk. */
class SweeperTest {
  @TempDir Path folder;

  private static long number(Opened store, String query) throws StorageFailure {
    return store
        .store()
        .database()
        .read(session -> {
          try (ResultSet row = session.prepare(query).executeQuery()) {
            row.next();
            return row.getLong(1);
          }
        });
  }

  private static long left(Opened store) throws StorageFailure {
    return number(
        store,
        """
        SELECT (SELECT count(*) FROM mail) + (SELECT count(*) FROM chunk)
            + (SELECT count(*) FROM draft) + (SELECT count(*) FROM released)
        """);
  }

  private static void deleteAll(Opened store, AccountId account) throws StorageFailure {
    try (Maildrop maildrop = Post.open(store, account)) {
      maildrop.delete(maildrop.mails());
    }
  }

  private static void freesWhatNobodyHolds(Opened store) throws StorageFailure {
    AccountId bob = account(store, "bob");
    AccountId eve = account(store, "eve");
    for (int i = 0; i < 150; i++) {
      keep(store, octets(1000, i), to(bob));
    }
    keep(store, octets(3_000_000, 1), to(bob), to(eve));
    deleteAll(store, bob);
    await()
        .untilAsserted(() -> assertThat(number(store, "SELECT count(*) FROM mail")).isEqualTo(1));
    assertThat(mails(store, eve)).hasSize(1);
    deleteAll(store, eve);
    await().untilAsserted(() -> assertThat(left(store)).isZero());
  }

  @Test
  void mailsThatNobodyHoldsAreFreedOnSqlite() throws StorageFailure {
    try (Opened store = Opened.sqlite(folder)) {
      freesWhatNobodyHolds(store);
    }
  }

  @Test
  void mailsThatNobodyHoldsAreFreedOnPostgres() throws Exception {
    try (Opened store = Opened.postgres()) {
      freesWhatNobodyHolds(store);
    }
  }

  @Test
  void theMaildropOfARemovedAccountIsFreed() throws StorageFailure {
    try (Opened store = Opened.sqlite(folder)) {
      AccountId bob = account(store, "bob");
      keep(store, octets(300_000, 1), to(bob));
      store.directory().removeAccount(bob);
      await().untilAsserted(() -> assertThat(left(store)).isZero());
    }
  }

  @Test
  void theFileShrinks() throws StorageFailure {
    try (Opened store = Opened.sqlite(folder)) {
      AccountId bob = account(store, "bob");
      keep(store, octets(30_000_000, 1), to(bob));
      assertThat(number(store, "PRAGMA page_count")).isGreaterThan(7_000);
      deleteAll(store, bob);
      await().untilAsserted(() -> assertThat(number(store, "PRAGMA page_count")).isLessThan(3_000));
    }
  }

  @Test
  void aDraftThatBecameNoMailIsFreed() throws Exception {
    try (Opened store = Opened.postgres()) {
      try (Draft draft = store.spool().begin()) {
        draft.write(octets(1_000_000, 1), 0, 1_000_000);
        assertThat(left(store)).isPositive();
      }
      await().untilAsserted(() -> assertThat(left(store)).isZero());
    }
  }

  @Test
  void aDraftOfAProcessThatDiedIsFreedByTheNext() throws StorageFailure {
    try (Opened store = Opened.sqlite(folder)) {
      Chunk.Writing piece = new Chunk.Writing(4711, 0, octets(100_000, 1), 0);
      store.store().database().write(piece);
    }
    try (Opened store = Opened.sqlite(folder)) {
      await().untilAsserted(() -> assertThat(left(store)).isZero());
    }
  }

  @Test
  void aDraftThatIsBeingWrittenStays() throws StorageFailure {
    try (Opened store = Opened.sqlite(folder)) {
      AccountId bob = account(store, "bob");
      byte[] content = octets(1_000_000, 1);
      try (Draft draft = store.spool().begin()) {
        draft.write(content, 0, 600_000);
        try (Draft other = store.spool().begin()) {
          other.write(content, 0, 600_000);
        }
        await()
            .untilAsserted(
                () -> assertThat(number(store, "SELECT count(*) FROM draft")).isEqualTo(1));
        draft.write(content, 600_000, 400_000);
        draft.keep(Post.arrival(Post.nextId(), to(bob)));
      }
      try (Maildrop maildrop = Post.open(store, bob)) {
        assertThat(Post.content(Post.read(maildrop, maildrop.mails().getFirst())))
            .isEqualTo(content);
      }
    }
  }
}
