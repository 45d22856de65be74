package me.ehlo.store;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.stream.Collectors;
import me.ehlo.mail.StorageFailure;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;

/**
 * The database embedded in our process: one file and its write-ahead log.
 *
 * <p>{@code synchronous=FULL} makes each commit wait until the log is on the disk. When that fails, the connection is
 * given up: the log's index, shared by the connections that remain, never counted the failed frames, so the next commit writes
 * them anew instead of trusting pages that the kernel has marked clean.
 */
class Sqlite implements Dialect {
  private static final int BUSY_MILLIS = 2_000;
  private static final int WRITER_CACHE_KIB = 16 * 1024;
  private static final int READER_CACHE_KIB = 4 * 1024;
  private static final int CHECKPOINT_PAGES = 4_000;
  private static final int LOG_OCTETS_MAX = 64 * 1024 * 1024;

  private static final int SPARE_PAGES = 2_048;
  private static final int SHRINK_PAGES = 512;

  private final Path file;

  Sqlite(Path file) {
    this.file = file;
  }

  @Override
  public String name() {
    return "sqlite";
  }

  @Override
  @SuppressWarnings("resource") // the caller closes the connection
  public Connection connect(Use use) throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setGetGeneratedKeys(false); // else each insert is followed by a query for its row number
    Connection connection = config.createConnection("jdbc:sqlite:" + file);
    Session session = new Session(this, connection);
    session.execute("PRAGMA busy_timeout = " + BUSY_MILLIS);
    if (use == Use.WRITING) {
      // Only an empty database takes this one, so it comes before the first table.
      session.execute("PRAGMA auto_vacuum = INCREMENTAL");
      session.execute("PRAGMA journal_mode = WAL");
      session.execute("PRAGMA synchronous = FULL");
      session.execute("PRAGMA wal_autocheckpoint = " + CHECKPOINT_PAGES);
      session.execute("PRAGMA journal_size_limit = " + LOG_OCTETS_MAX);
      session.execute("PRAGMA foreign_keys = ON");
    }
    session.execute("PRAGMA temp_store = MEMORY");
    session.execute(
        "PRAGMA cache_size = -" + (use == Use.WRITING ? WRITER_CACHE_KIB : READER_CACHE_KIB));
    leaveTransactionsToUs(connection, session);
    return connection;
  }

  /**
   * The driver's own transactions begin the next one with each commit, or ask for one with each statement; without either,
   * begin, commit and rollback are ours to say.
   */
  private static void leaveTransactionsToUs(Connection connection, Session session)
      throws SQLException {
    connection.setAutoCommit(false);
    session.execute("ROLLBACK");
  }

  @Override
  public void recover(Session session) throws SQLException, IOException {
    session.begin();
    try {
      LogFile.harden(file.resolveSibling(file.getFileName() + "-wal"));
    } finally {
      session.rollback();
    }
  }

  @Override
  public void begin(Session session) throws SQLException {
    session.prepare("BEGIN IMMEDIATE").execute();
  }

  @Override
  public void commit(Session session) throws SQLException {
    session.prepare("COMMIT").execute();
  }

  @Override
  public void rollback(Session session) throws SQLException {
    try {
      session.execute("ROLLBACK");
    } catch (SQLException e) {
      // After a full disk or an I/O error SQLite has rolled back by itself.
      if (e.getErrorCode() != SQLiteErrorCode.SQLITE_ERROR.code) {
        throw e;
      }
    }
  }

  @Override
  public boolean gathers() {
    return false;
  }

  @Override
  public boolean shared() {
    return false;
  }

  @Override
  public void lockNames(Session session) {
    // BEGIN IMMEDIATE has locked everything already.
  }

  @Override
  public String oneOf(String column) {
    return column + " IN (SELECT value FROM json_each(?))";
  }

  @Override
  public String list(Collection<Long> values) {
    return values.stream().map(String::valueOf).collect(Collectors.joining(",", "[", "]"));
  }

  @Override
  public String locking(String alias) {
    return ""; // BEGIN IMMEDIATE has locked everything already
  }

  @Override
  public String lockingOrSkipping(String alias) {
    return "";
  }

  @Override
  public StorageFailure.Kind kind(SQLException failure) {
    return switch (SQLiteErrorCode.getErrorCode(failure.getErrorCode())) {
      case SQLITE_FULL -> StorageFailure.Kind.FULL;
      case SQLITE_CORRUPT, SQLITE_NOTADB -> StorageFailure.Kind.DAMAGED;
      default -> StorageFailure.Kind.TROUBLE;
    };
  }

  @Override
  public boolean breaksConnection(SQLException failure) {
    return switch (SQLiteErrorCode.getErrorCode(failure.getErrorCode())) {
      case SQLITE_IOERR,
          SQLITE_CORRUPT,
          SQLITE_NOTADB,
          SQLITE_CANTOPEN,
          SQLITE_READONLY,
          SQLITE_MISUSE ->
          true;
      default -> false;
    };
  }

  @Override
  public boolean worthTryingApart(SQLException failure) {
    return switch (SQLiteErrorCode.getErrorCode(failure.getErrorCode())) {
      case SQLITE_BUSY, SQLITE_LOCKED -> false;
      default -> !breaksConnection(failure);
    };
  }

  /** Moves the log into the database file and cuts it off, while nobody waits for a commit. */
  @Override
  public void rest(Session session) throws SQLException {
    session.execute("PRAGMA wal_checkpoint(TRUNCATE)");
  }

  @Override
  public String beginReading() {
    return "BEGIN";
  }

  /** Some free pages are left for the next mails; beyond them the file shrinks in small steps. */
  @Override
  public boolean shrink(Session session) throws SQLException {
    if (number(session, "PRAGMA freelist_count") <= SPARE_PAGES + SHRINK_PAGES) {
      return false;
    }
    try (Statement statement = session.connection().createStatement()) {
      statement.executeUpdate("PRAGMA incremental_vacuum(" + SHRINK_PAGES + ")");
    }
    return true;
  }

  private static long number(Session session, String query) throws SQLException {
    try (Statement statement = session.connection().createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getLong(1);
    }
  }

  @Override
  public String check() {
    return "PRAGMA quick_check(100)";
  }

  @Override
  public void backup(Path target) throws SQLException, IOException {
    DataFolder.makeFile(target); // so that it is its owner's alone from the first octet on
    try (Session session = new Session(this, connect(Use.READING))) {
      PreparedStatement copy = session.prepare("VACUUM INTO ?");
      copy.setString(1, target.toString());
      copy.execute();
    }
  }
}
