package me.ehlo.store;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** One PostgreSQL server for the whole test run; it ends with the process. */
final class PostgresServer {
  private static final AtomicInteger SCHEMAS = new AtomicInteger();
  private static @Nullable EmbeddedPostgres server;

  private PostgresServer() {}

  private static synchronized EmbeddedPostgres server() throws IOException {
    if (server == null) {
      server = EmbeddedPostgres.start();
    }
    return server;
  }

  /** The address of a new and empty schema. */
  static String newDatabase() throws IOException, SQLException {
    String schema = "test" + SCHEMAS.incrementAndGet();
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE SCHEMA " + schema);
    }
    return "postgresql://postgres:postgres@localhost:%d/postgres?currentSchema=%s"
        .formatted(server().getPort(), schema);
  }

  static Connection connect() throws IOException, SQLException {
    return server().getPostgresDatabase().getConnection();
  }
}
