package me.ehlo.store;

import static me.ehlo.store.Post.account;
import static me.ehlo.store.Post.keep;
import static me.ehlo.store.Post.mails;
import static me.ehlo.store.Post.octets;
import static me.ehlo.store.Post.read;
import static me.ehlo.store.Post.to;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.Arrays;
import me.ehlo.mail.AccountId;
import me.ehlo.mail.StorageFailure;
import me.ehlo.maildrop.Maildrop;
import me.ehlo.trace.Event;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A full disk, a locked database, damaged octets: the right failure, no loss, and recovery without a restart. */
class TroubleTest {
  @TempDir Path folder;

  private Opened store;
  private AccountId bob;

  @BeforeEach
  void open() throws StorageFailure {
    store = Opened.sqlite(folder);
    bob = account(store, "bob");
  }

  private StorageFailure.Kind failure(int octets) {
    try {
      keep(store, octets(octets, 1), to(bob));
      throw new AssertionError("it was kept");
    } catch (StorageFailure e) {
      return e.kind();
    }
  }

  private void pagesMax(long pages) throws StorageFailure {
    store
        .store()
        .database()
        .write(session -> {
          session.execute("PRAGMA max_page_count = " + pages);
          return true;
        });
  }

  @Test
  void aFullDiskIsFullForNowAndThenItIsNot() throws StorageFailure {
    keep(store, octets(4000, 1), to(bob));
    pagesMax(100);
    assertThat(failure(1_000_000))
        .as(store.events().toString())
        .isEqualTo(StorageFailure.Kind.FULL);
    assertThat(failure(500_000)).isEqualTo(StorageFailure.Kind.FULL);
    assertThat(events(Event.Trouble.class)).isPositive(); // seconds apart it is told again
    assertThat(mails(store, bob)).hasSize(1);

    pagesMax(1_000_000_000);
    keep(store, octets(1_000_000, 1), to(bob));
    assertThat(mails(store, bob)).hasSize(2);
    await()
        .untilAsserted(() -> {
          keep(store, octets(10, 1), to(bob));
          assertThat(events(Event.Note.class)).isEqualTo(events(Event.Trouble.class));
        });
    store.close();
  }

  private long events(Class<? extends Event> kind) {
    return store.events().stream().filter(kind::isInstance).count();
  }

  @Test
  void aDatabaseThatAnotherProgramHasLockedIsTroubleUntilItLetsGo() throws Exception {
    try (Connection other =
            DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("ehlo.db"));
        Statement statement = other.createStatement()) {
      statement.execute("BEGIN IMMEDIATE");
      assertThat(failure(100)).isEqualTo(StorageFailure.Kind.TROUBLE);
      assertThat(mails(store, bob)).isEmpty();
      statement.execute("ROLLBACK");
    }
    keep(store, octets(100, 1), to(bob));
    assertThat(mails(store, bob)).hasSize(1);
    store.close();
  }

  @Test
  void oneBitFlippedInTheFileIsFound() throws Exception {
    byte[] content = octets(3000, 2);
    keep(store, content, to(bob));
    keep(store, octets(3000, 3), to(bob));
    store.close();
    flip(folder.resolve("ehlo.db"), content, 2000);

    store = Opened.sqlite(folder);
    try (Maildrop maildrop = Post.open(store, bob)) {
      assertDamaged(maildrop);
      assertThat(read(maildrop, maildrop.mails().get(1))).isNotEmpty();
    }
    assertThat(store.store().verify())
        .singleElement()
        .extracting(Finding::what)
        .isEqualTo("does not match its checksum");
    store.abandon();
  }

  @Test
  void oneBitFlippedInAPieceIsFound() throws Exception {
    byte[] content = octets(300_000, 2);
    keep(store, content, to(bob));
    store.close();
    flip(folder.resolve("ehlo.db"), content, 200_000);

    store = Opened.sqlite(folder);
    try (Maildrop maildrop = Post.open(store, bob)) {
      assertDamaged(maildrop);
    }
    assertThat(store.store().verify())
        .singleElement()
        .extracting(Finding::what)
        .isEqualTo("its piece 1 is damaged");
    store.abandon();
  }

  private static void assertDamaged(Maildrop maildrop) {
    assertThatExceptionOfType(StorageFailure.class)
        .isThrownBy(() -> read(maildrop, maildrop.mails().getFirst()))
        .extracting(StorageFailure::kind)
        .isEqualTo(StorageFailure.Kind.DAMAGED);
  }

  /** Flips one bit where the content around this offset stands; old pages may hold a copy, so everywhere. */
  private static void flip(Path file, byte[] content, int offset) throws IOException {
    byte[] octets = Files.readAllBytes(file);
    int found = 0;
    for (int at = 0; at < octets.length - 16; at++) {
      if (Arrays.equals(octets, at, at + 16, content, offset, offset + 16)) {
        octets[at] ^= 1;
        found++;
      }
    }
    assertThat(found).isPositive();
    Files.write(file, octets);
  }
}
