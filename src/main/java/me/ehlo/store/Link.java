package me.ehlo.store;

import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One thread's way to the database: a connection that is opened again after it was given up.
 *
 * <p>While the database cannot be opened, that is tried about each second, so that those who come meanwhile are refused at
 * once instead of waiting in turn for the same failure.
 */
final class Link {
  private static final long AGAIN_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Connector connector;
  private @Nullable Session session;
  private @Nullable SQLException refused;
  private long refusedAt;

  /** Opens a connection. */
  @FunctionalInterface
  interface Connector {
    Session open() throws SQLException;
  }

  Link(Connector connector) {
    this.connector = connector;
  }

  Session open() throws SQLException {
    if (session == null) {
      if (refused != null && System.nanoTime() - refusedAt < AGAIN_NANOS) {
        throw refused;
      }
      session = tryToOpen();
    }
    return session;
  }

  private Session tryToOpen() throws SQLException {
    try {
      Session fresh = connector.open();
      refused = null;
      return fresh;
    } catch (SQLException e) {
      refused = e;
      refusedAt = System.nanoTime();
      throw e;
    }
  }

  /** Closes the connection; whatever it was doing is taken back by the database. */
  void giveUp() {
    if (session != null) {
      try {
        session.close();
      } catch (SQLException e) {
        // Nothing more can be done with it, and nothing of it counts.
        refused = null;
      }
      session = null;
    }
  }
}
