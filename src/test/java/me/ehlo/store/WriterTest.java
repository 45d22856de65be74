package me.ehlo.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import me.ehlo.mail.StorageFailure;
import me.ehlo.trace.Event;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteErrorCode;

/** The writer when works, commits and connections fail. */
class WriterTest {
  @TempDir Path folder;

  private final List<Event> events = new CopyOnWriteArrayList<>();
  private Breakable dialect;
  private Database database;

  /** SQLite whose commits and connections fail on demand. */
  private static final class Breakable extends Sqlite {
    volatile boolean commitsFail;
    volatile boolean connectingFails;
    final AtomicInteger connected = new AtomicInteger();

    Breakable(Path file) {
      super(file);
    }

    @Override
    public Connection connect(Use use) throws SQLException {
      if (connectingFails) {
        throw new SQLException("unable to open", null, SQLiteErrorCode.SQLITE_CANTOPEN.code);
      }
      if (use == Use.WRITING) {
        connected.incrementAndGet();
      }
      return super.connect(use);
    }

    @Override
    public void commit(Session session) throws SQLException {
      if (commitsFail) {
        throw new SQLException("fsync failed", null, SQLiteErrorCode.SQLITE_IOERR.code);
      }
      super.commit(session);
    }
  }

  @BeforeEach
  void open() throws StorageFailure {
    dialect = new Breakable(folder.resolve("test.db"));
    database = Database.open(dialect, events::add, InstantSource.system());
  }

  @AfterEach
  void close() {
    database.close();
  }

  /** Notes a draft; a number that is taken spoils the commit. */
  private static Work<Integer> insert(long body) {
    return session -> {
      PreparedStatement insert =
          session.prepare("INSERT INTO draft (body, begun_at) VALUES (?, 0)");
      insert.setLong(1, body);
      return insert.executeUpdate();
    };
  }

  private List<Long> drafts() throws StorageFailure {
    return database.read(session -> {
      List<Long> found = new ArrayList<>();
      try (ResultSet row = session.prepare("SELECT body FROM draft ORDER BY body").executeQuery()) {
        while (row.next()) {
          found.add(row.getLong(1));
        }
      }
      return found;
    });
  }

  /** Hands in works that are sure to be one batch, because the writer is busy meanwhile. */
  private List<Task<Integer>> together(List<Work<Integer>> works) {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    var _ =
        database.submit(session -> {
          begun.countDown();
          return await(go);
        });
    assertThat(await(begun)).isTrue();
    List<Task<Integer>> tasks = works.stream().map(database::submit).toList();
    go.countDown();
    return tasks;
  }

  private static boolean await(CountDownLatch latch) {
    try {
      latch.await();
      return true;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void oneBadWorkDoesNotSinkTheOthers() throws StorageFailure {
    database.write(insert(2));
    List<Task<Integer>> tasks = together(List.of(insert(1), insert(2), insert(3)));

    assertThat(tasks.get(0).await()).isEqualTo(1);
    assertThatExceptionOfType(StorageFailure.class).isThrownBy(() -> tasks.get(1).await());
    assertThat(tasks.get(2).await()).isEqualTo(1);
    assertThat(drafts()).containsExactly(1L, 2L, 3L);
  }

  @Test
  void aDefectInOneWorkIsItsOwnersAlone() throws StorageFailure {
    List<Task<Integer>> tasks =
        together(
            List.of(
                insert(1),
                session -> {
                  throw new UnsupportedOperationException("a defect");
                },
                insert(3)));

    assertThat(tasks.get(0).await()).isEqualTo(1);
    assertThatIllegalStateException().isThrownBy(() -> tasks.get(1).await());
    assertThat(tasks.get(2).await()).isEqualTo(1);
  }

  @Test
  void aFailedCommitFailsEveryoneInItAndIsNotTriedAgain() throws StorageFailure {
    int before = dialect.connected.get();
    dialect.commitsFail = true;
    for (Task<Integer> task : together(List.of(insert(1), insert(2)))) {
      assertThatExceptionOfType(StorageFailure.class)
          .isThrownBy(task::await)
          .extracting(StorageFailure::kind)
          .isEqualTo(StorageFailure.Kind.TROUBLE);
    }
    dialect.commitsFail = false;

    assertThat(drafts()).isEmpty();
    assertThat(database.write(insert(3))).isEqualTo(1);
    assertThat(drafts()).containsExactly(3L);
    assertThat(dialect.connected).hasValueGreaterThan(before);
  }

  @Test
  void whatIsCommittedIsNotedInMemoryOnceAndOnlyThen() throws StorageFailure {
    List<String> noted = new CopyOnWriteArrayList<>();
    List<Task<Integer>> tasks =
        together(List.of(noting(insert(1), noted), noting(insert(1), noted)));

    assertThat(tasks.get(0).await()).isEqualTo(1);
    assertThatExceptionOfType(StorageFailure.class).isThrownBy(() -> tasks.get(1).await());
    assertThat(noted).containsExactly("1");
  }

  private static Work<Integer> noting(Work<Integer> work, List<String> noted) {
    return new Work<>() {
      @Override
      public Integer run(Session session) throws SQLException {
        return work.run(session);
      }

      @Override
      public void committed(Integer result) {
        noted.add("" + result);
      }
    };
  }

  @Test
  void whileTheDatabaseCannotBeOpenedWorkIsRefusedAtOnceAndThenItRecovers() {
    dialect.commitsFail = true;
    assertThatExceptionOfType(StorageFailure.class)
        .isThrownBy(() -> database.write(insert(1)))
        .withMessageContaining("fsync failed");
    dialect.commitsFail = false;
    dialect.connectingFails = true;
    long began = System.nanoTime();
    for (int i = 0; i < 100; i++) {
      assertThatExceptionOfType(StorageFailure.class)
          .isThrownBy(() -> database.write(insert(1)))
          .withMessageContaining("cannot be opened");
    }
    assertThat((System.nanoTime() - began) / 1_000_000)
        .as("milliseconds, where waiting each time for a new attempt would take 100,000")
        .isLessThan(20_000);
    dialect.connectingFails = false;

    Awaitility.await().until(() -> succeeds(insert(2)));
    Awaitility.await()
        .untilAsserted(() -> {
          succeeds(insert(System.nanoTime()));
          assertThat(events).hasAtLeastOneElementOfType(Event.Note.class);
        });
    assertThat(events).first().isInstanceOf(Event.Trouble.class);
    assertThat(events).filteredOn(Event.Trouble.class::isInstance).hasSize(1);
  }

  private boolean succeeds(Work<Integer> work) {
    try {
      return database.write(work) == 1;
    } catch (StorageFailure e) {
      return false;
    }
  }

  @Test
  void aClosedStoreRefuses() {
    database.close();

    assertThatExceptionOfType(StorageFailure.class)
        .isThrownBy(() -> database.write(insert(1)))
        .withMessageContaining("closed");
    assertThatExceptionOfType(StorageFailure.class)
        .isThrownBy(this::drafts)
        .withMessageContaining("closed");
  }
}
