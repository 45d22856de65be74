package me.ehlo.store;

import static me.ehlo.store.Post.account;
import static me.ehlo.store.Post.keep;
import static me.ehlo.store.Post.mails;
import static me.ehlo.store.Post.octets;
import static me.ehlo.store.Post.to;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.List;
import me.ehlo.mail.AccountId;
import me.ehlo.mail.StorageFailure;
import me.ehlo.maildrop.Maildrops.Usage;
import me.ehlo.maildrop.StoredMail;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The store as a whole: opened again, in use, of another version, copied. */
class StoreTest {
  @TempDir Path folder;

  private static void refused(StoreSettings settings, String sentence) {
    assertThatExceptionOfType(StorageFailure.class)
        .isThrownBy(() -> Opened.open(settings))
        .withMessageContaining(sentence);
  }

  private static void execute(Opened store, String sql) throws StorageFailure {
    store
        .store()
        .database()
        .write(session -> {
          session.execute(sql);
          return true;
        });
  }

  @Test
  void whatWasKeptIsThereAfterARestart() throws StorageFailure {
    List<StoredMail> before;
    AccountId bob;
    Usage usage;
    try (Opened store = Opened.sqlite(folder)) {
      bob = account(store, "bob");
      keep(store, octets(100, 1), to(bob));
      keep(store, octets(300_000, 2), to(bob));
      before = mails(store, bob);
      usage = store.maildrops().usage(bob);
    }
    try (Opened store = Opened.sqlite(folder)) {
      assertThat(mails(store, bob)).isEqualTo(before);
      assertThat(store.maildrops().usage(bob)).isEqualTo(usage);
    }
  }

  @Test
  void theSecretOfASiteIsItsOwnAndStays() throws StorageFailure, IOException, SQLException {
    String first;
    try (Opened store = Opened.sqlite(folder)) {
      first = store.store().siteSecret();
      assertThat(first).matches("[0-9A-F]{64}");
    }
    StoreSettings shared = new StoreSettings(Path.of("unused"), PostgresServer.newDatabase());
    try (Opened again = Opened.sqlite(folder);
        Opened node = Opened.open(shared);
        Opened another = Opened.open(shared)) {
      assertThat(again.store().siteSecret()).isEqualTo(first);
      assertThat(node.store().siteSecret())
          .matches("[0-9A-F]{64}")
          .isNotEqualTo(first)
          .isEqualTo(another.store().siteSecret());
    }
  }

  @Test
  void whatAProcessThatDiedHadCommittedIsThere() throws StorageFailure, IOException {
    Path died = folder.resolve("died");
    Path found = Files.createDirectory(folder.resolve("found"));
    try (Opened store = Opened.sqlite(died)) {
      AccountId bob = account(store, "bob");
      keep(store, octets(3_000_000, 1), to(bob));
      Files.copy(died.resolve("ehlo.db"), found.resolve("ehlo.db"));
      Files.copy(died.resolve("ehlo.db-wal"), found.resolve("ehlo.db-wal"));
      try (Opened next = Opened.sqlite(found)) {
        assertThat(mails(next, bob)).isEqualTo(mails(store, bob));
      }
    }
  }

  @Test
  void aFolderIsInUseByOneProcess() throws StorageFailure {
    try (Opened _ = Opened.sqlite(folder)) {
      refused(new StoreSettings(folder, ""), "in use");
    }
    Opened.sqlite(folder).close();
  }

  @Test
  void nobodyElseReadsTheFiles() throws StorageFailure, IOException {
    Path data = folder.resolve("deep").resolve("data");
    try (Opened store = Opened.sqlite(data)) {
      keep(store, octets(10, 1), to(account(store, "bob")));
      try (var files = Files.list(data)) {
        assertThat(files).hasSize(4).allSatisfy(file -> assertRights(file, "rw-------"));
      }
      assertRights(data, "rwx------");
    }
  }

  private static void assertRights(Path path, String rights) throws IOException {
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
        .as(path.toString())
        .isEqualTo(rights);
  }

  @Test
  void aStoreOfANewerEhloIsRefused() throws StorageFailure {
    try (Opened store = Opened.sqlite(folder)) {
      execute(store, "UPDATE store_version SET version = 1000");
    }
    refused(new StoreSettings(folder, ""), "written by a newer Ehlo (its version is 1000");
  }

  @Test
  void whatIsNoDatabaseIsRefused() throws IOException {
    Files.write(folder.resolve("ehlo.db"), octets(10_000, 1));
    refused(new StoreSettings(folder, ""), "cannot be opened");
  }

  @Test
  void aPostgresThatDoesNotAnswerIsRefused() {
    refused(new StoreSettings(folder, "postgresql://a:b@localhost:1/c"), "cannot be opened");
  }

  @Test
  void aBackupIsAStoreOfItsOwn() throws StorageFailure, IOException {
    Path copy = folder.resolve("copy.db");
    AccountId bob;
    List<StoredMail> before;
    try (Opened store = Opened.sqlite(folder.resolve("data"))) {
      bob = account(store, "bob");
      keep(store, octets(100, 1), to(bob));
      keep(store, octets(300_000, 2), to(bob));
      before = mails(store, bob);
      store.store().backup(copy);
      assertRights(copy, "rw-------");
      keep(store, octets(100, 3), to(bob));
      assertThatExceptionOfType(StorageFailure.class)
          .isThrownBy(() -> store.store().backup(copy))
          .withMessageContaining("is there already");
    }
    try (Opened store = Opened.sqlite(copy)) {
      assertThat(mails(store, bob)).isEqualTo(before);
    }
  }

  @Test
  void aBackupThatFailsLeavesNothing() throws StorageFailure {
    Path nowhere = folder.resolve("missing").resolve("copy.db");
    try (Opened store = Opened.sqlite(folder.resolve("data"))) {
      assertThatExceptionOfType(StorageFailure.class)
          .isThrownBy(() -> store.store().backup(nowhere))
          .withMessageContaining("cannot be written");
    }
    assertThat(nowhere).doesNotExist();
  }

  @Test
  void postgresHasItsOwnBackups() throws Exception {
    try (Opened store = Opened.postgres()) {
      assertThatExceptionOfType(StorageFailure.class)
          .isThrownBy(() -> store.store().backup(folder.resolve("copy.db")))
          .withMessageContaining("pg_dump");
    }
  }
}
