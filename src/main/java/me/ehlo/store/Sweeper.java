package me.ehlo.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import me.ehlo.mail.StorageFailure;

/**
 * Frees in the background what nobody holds any more: mails that left their last maildrop, pieces of drafts that never
 * became mails, and at last the file's free space.
 *
 * <p>Each step is a small commit among the others, and between two steps it waits as long as the last one took, so that it
 * never takes more than half of the writer.
 */
final class Sweeper implements AutoCloseable {
  private static final long LOOK_EACH_SECONDS = 60;
  private static final int MAILS_AT_ONCE = 64;
  private static final int PIECES_AT_ONCE = 16;
  private static final int DRAFTS_AT_ONCE = 100;

  private final Database database;
  private final Bodies bodies;
  private final Semaphore wanted;
  private final Thread thread;
  private volatile boolean closing;

  private record Unheld(long mail, long body) {}

  Sweeper(Database database, Bodies bodies, Semaphore wanted) {
    this.database = database;
    this.bodies = bodies;
    this.wanted = wanted;
    this.thread = Thread.ofVirtual().name("store-sweeper").unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  private void run() {
    while (!closing) {
      try {
        sweep();
      } catch (StorageFailure e) {
        // The writer has told the journal; what could not be freed now is still there at the next
        // look.
      }
      rest(TimeUnit.SECONDS.toNanos(LOOK_EACH_SECONDS));
      wanted.drainPermits();
    }
  }

  /** Waits, unless there is news. */
  private void rest(long nanos) {
    try {
      var _ = wanted.tryAcquire(nanos, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      closing = true;
    }
  }

  private void sweep() throws StorageFailure {
    boolean more = true;
    while (more && !closing) {
      long began = System.nanoTime();
      more = freeMails();
      more |= freeDrafts();
      more |= !more && database.idle() && database.write(database.dialect()::shrink);
      pause(System.nanoTime() - began);
    }
  }

  private void pause(long nanos) {
    try {
      TimeUnit.NANOSECONDS.sleep(nanos);
    } catch (InterruptedException e) {
      closing = true;
    }
  }

  private boolean freeMails() throws StorageFailure {
    List<Unheld> unheld = database.read(Sweeper::unheld);
    if (!unheld.isEmpty()) {
      database.write(session -> free(session, unheld));
    }
    return unheld.size() == MAILS_AT_ONCE;
  }

  private static List<Unheld> unheld(Session session) throws SQLException {
    PreparedStatement select =
        session.prepare(
            """
            SELECT r.mail, coalesce(m.body, 0) FROM released r LEFT JOIN mail m ON m.id = r.mail
            WHERE r.others = 0 ORDER BY r.mail LIMIT ?
            """);
    select.setInt(1, MAILS_AT_ONCE);
    List<Unheld> mails = new ArrayList<>();
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        mails.add(new Unheld(row.getLong(1), row.getLong(2)));
      }
    }
    return mails;
  }

  /** The row goes at once; pieces become a draft's again, and are freed as such. */
  private static int free(Session session, List<Unheld> mails) throws SQLException {
    String list = session.dialect().list(mails.stream().map(Unheld::mail).toList());
    for (String table :
        List.of("mail WHERE " + oneOf(session, "id"), "released WHERE " + oneOf(session, "mail"))) {
      PreparedStatement delete = session.prepare("DELETE FROM " + table);
      delete.setString(1, list);
      delete.executeUpdate();
    }
    PreparedStatement draft =
        session.prepare(
            "INSERT INTO draft (body, begun_at) VALUES (?, 0) ON CONFLICT (body) DO NOTHING");
    for (Unheld mail : mails) {
      if (mail.body != 0) {
        draft.setLong(1, mail.body);
        draft.executeUpdate();
      }
    }
    return mails.size();
  }

  private static String oneOf(Session session, String column) {
    return session.dialect().oneOf(column);
  }

  private boolean freeDrafts() throws StorageFailure {
    List<Long> orphans = database.read(this::orphans);
    for (long body : orphans) {
      int freed = PIECES_AT_ONCE;
      while (freed == PIECES_AT_ONCE && !closing) {
        freed = database.write(session -> freePieces(session, body));
      }
      bodies.swept(body);
    }
    return orphans.size() == DRAFTS_AT_ONCE;
  }

  private List<Long> orphans(Session session) throws SQLException {
    PreparedStatement select = session.prepare("SELECT body, begun_at FROM draft ORDER BY body");
    List<Long> found = new ArrayList<>();
    try (ResultSet row = select.executeQuery()) {
      while (row.next() && found.size() < DRAFTS_AT_ONCE) {
        if (bodies.isOrphan(row.getLong(1), row.getLong(2))) {
          found.add(row.getLong(1));
        }
      }
    }
    return found;
  }

  private static int freePieces(Session session, long body) throws SQLException {
    PreparedStatement pieces =
        session.prepare(
            """
            DELETE FROM chunk WHERE body = ? AND n IN
            (SELECT n FROM chunk WHERE body = ? ORDER BY n LIMIT ?)
            """);
    pieces.setLong(1, body);
    pieces.setLong(2, body);
    pieces.setInt(3, PIECES_AT_ONCE);
    int freed = pieces.executeUpdate();
    if (freed < PIECES_AT_ONCE) {
      PreparedStatement draft = session.prepare("DELETE FROM draft WHERE body = ?");
      draft.setLong(1, body);
      draft.executeUpdate();
    }
    return freed;
  }

  @Override
  public void close() {
    closing = true;
    wanted.release();
    Waiting.forEnd(thread);
  }
}
