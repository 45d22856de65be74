package me.ehlo.store;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Properties;
import java.util.stream.Collectors;
import me.ehlo.mail.StorageFailure;

/** A PostgreSQL server that several nodes may share. */
final class Postgres implements Dialect {
  /** Any number will do, as long as all nodes take the same. */
  private static final long NAMES_LOCK = 0x65686c6fL;

  private final String url;
  private final Properties properties = new Properties();

  /** Takes {@code postgresql://user:password@host:port/database?options}; the options are the driver's. */
  Postgres(String url) {
    URI uri = URI.create(url);
    String options = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
    String host = uri.getHost() == null ? "localhost" : uri.getHost();
    String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
    this.url = "jdbc:postgresql://" + host + port + uri.getRawPath() + options;
    properties.setProperty("ApplicationName", "ehlo");
    properties.setProperty("connectTimeout", "5");
    properties.setProperty("tcpKeepAlive", "true");
    properties.setProperty("reWriteBatchedInserts", "true");
    properties.setProperty("prepareThreshold", "1");
    login(uri.getRawUserInfo() == null ? "" : uri.getRawUserInfo());
  }

  private void login(String info) {
    String[] parts = info.split(":", 2);
    if (!parts[0].isEmpty()) {
      properties.setProperty("user", decoded(parts[0]));
    }
    if (parts.length == 2) {
      properties.setProperty("password", decoded(parts[1]));
    }
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  @Override
  public String name() {
    return "postgresql";
  }

  @Override
  @SuppressWarnings("resource") // the caller closes the connection
  public Connection connect(Use use) throws SQLException {
    Connection connection = DriverManager.getConnection(url, properties);
    Session session = new Session(this, connection);
    if (use == Use.WRITING) {
      session.execute("SET lock_timeout = '5s'");
      // 250 is a promise, whatever the server's default is.
      session.execute(
          """
          SELECT set_config('synchronous_commit', 'on', false)
          WHERE current_setting('synchronous_commit') = 'off'
          """);
      connection.setAutoCommit(false);
    }
    return connection;
  }

  @Override
  public void recover(Session session) {
    // The server has done so.
  }

  @Override
  public void begin(Session session) {
    // The first statement begins a transaction.
  }

  @Override
  public void commit(Session session) throws SQLException {
    session.connection().commit();
  }

  @Override
  public void rollback(Session session) throws SQLException {
    session.connection().rollback();
  }

  @Override
  public String beginReading() {
    return "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
  }

  @Override
  public boolean gathers() {
    return true;
  }

  @Override
  public boolean shared() {
    return true;
  }

  @Override
  public void lockNames(Session session) throws SQLException {
    session.execute("SELECT pg_advisory_xact_lock(" + NAMES_LOCK + ")");
  }

  @Override
  public String oneOf(String column) {
    return column + " = ANY (CAST(? AS bigint[]))";
  }

  @Override
  public String list(Collection<Long> values) {
    return values.stream().map(String::valueOf).collect(Collectors.joining(",", "{", "}"));
  }

  @Override
  public String locking(String alias) {
    return " FOR UPDATE OF " + alias;
  }

  @Override
  public String lockingOrSkipping(String alias) {
    return " FOR UPDATE OF " + alias + " SKIP LOCKED";
  }

  @Override
  public StorageFailure.Kind kind(SQLException failure) {
    return switch (state(failure)) {
      case "53100" -> StorageFailure.Kind.FULL; // disk_full
      case "XX001", "XX002" -> StorageFailure.Kind.DAMAGED; // data_corrupted, index_corrupted
      default -> StorageFailure.Kind.TROUBLE;
    };
  }

  @Override
  public boolean breaksConnection(SQLException failure) {
    String state = state(failure);
    return state.isEmpty() || state.startsWith("08") || state.startsWith("57P");
  }

  @Override
  public boolean worthTryingApart(SQLException failure) {
    return !breaksConnection(failure) && !state(failure).equals("55P03"); // lock_not_available
  }

  private static String state(SQLException failure) {
    return failure.getSQLState() == null ? "" : failure.getSQLState();
  }

  /** A failed batch would name its values; what went wrong stands in the exception behind it. */
  @Override
  public String describe(SQLException failure) {
    SQLException next = failure.getNextException();
    return failure instanceof BatchUpdateException && next != null
        ? describe(next)
        : Dialect.super.describe(failure);
  }

  @Override
  public void rest(Session session) {
    // The server looks after its own log.
  }

  @Override
  public boolean shrink(Session session) {
    return false; // the server's autovacuum does it
  }

  @Override
  public String check() {
    return "SELECT 'ok'"; // the server checks its own pages
  }

  @Override
  public void backup(Path target) throws StorageFailure {
    throw new StorageFailure(
        StorageFailure.Kind.TROUBLE,
        "the store is on PostgreSQL, whose own backups are consistent: use pg_dump");
  }
}
