package me.ehlo.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** One connection, used by one thread, that keeps its statements prepared. */
final class Session implements AutoCloseable {
  private final Dialect dialect;
  private final Connection connection;
  private final Map<String, PreparedStatement> kept = new HashMap<>();
  private final Set<PreparedStatement> gathered = new LinkedHashSet<>();

  Session(Dialect dialect, Connection connection) {
    this.dialect = dialect;
    this.connection = connection;
  }

  Dialect dialect() {
    return dialect;
  }

  /** The statement for this text, which must be a constant: it is kept for as long as the connection. */
  @SuppressWarnings("PreparedStatementNotClosed") // closed with the session
  PreparedStatement prepare(String sql) throws SQLException {
    PreparedStatement statement = kept.get(sql);
    if (statement == null) {
      statement = connection.prepareStatement(sql);
      kept.put(sql, statement);
    }
    return statement;
  }

  /** Executes a statement at some time before the commit: together with its likes where a round trip is dear. */
  void gather(PreparedStatement statement) throws SQLException {
    if (dialect.gathers()) {
      statement.addBatch();
      gathered.add(statement);
    } else {
      statement.executeUpdate();
    }
  }

  /** Executes a text that is not worth keeping. */
  void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  void begin() throws SQLException {
    dialect.begin(this);
  }

  /** Until the commit, no other node changes the schema, or names in the directory. */
  void lockNames() throws SQLException {
    dialect.lockNames(this);
  }

  /** Sends what was gathered; after this only the commit itself can fail. */
  void flush() throws SQLException {
    for (PreparedStatement statement : gathered) {
      statement.executeBatch();
    }
    gathered.clear();
  }

  void commit() throws SQLException {
    dialect.commit(this);
  }

  /** Takes the transaction back; the statements are prepared anew, for SQLite's driver ends those that have failed. */
  void rollback() throws SQLException {
    gathered.clear();
    for (PreparedStatement statement : kept.values()) {
      statement.close();
    }
    kept.clear();
    dialect.rollback(this);
  }

  Connection connection() {
    return connection;
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
