package me.ehlo.store;

import java.sql.SQLException;

/**
 * Something to do with the database, as part of a commit or as a read.
 *
 * <p>It may be run more than once before it counts: a batch that one work spoils is taken back and its works are run again
 * one by one. So what it changes in memory it changes in {@link #committed}.
 */
@FunctionalInterface
interface Work<T> {

  T run(Session session) throws SQLException;

  /** Called by the writer, in the order of the commits, when the result has reached the disk. */
  default void committed(T result) {}

  /** About how much it writes, by which the size of a batch is bounded. */
  default int octets() {
    return 0;
  }
}
