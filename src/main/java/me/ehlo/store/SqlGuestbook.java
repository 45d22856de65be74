package me.ehlo.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import me.ehlo.access.Guestbook;
import me.ehlo.mail.Network;
import me.ehlo.mail.StorageFailure;

/**
 * The rows of {@code guest_network} and {@code guest_attempt}.
 *
 * <p>Of an attempt only a hash is kept: strangers decide how many there are and how long their addresses, and who tried to
 * write to whom is nobody's affair.
 */
final class SqlGuestbook implements Guestbook {
  private static final int FORGOTTEN_AT_ONCE = 1_000;
  private static final int HASH_OCTETS = 16;

  private final Database database;

  SqlGuestbook(Database database) {
    this.database = database;
  }

  @Override
  public Optional<Instant> lastMail(Network network) throws StorageFailure {
    return database.read(session ->
        time(
            session.prepare("SELECT last_at FROM guest_network WHERE network = ?"),
            network.toString()));
  }

  @Override
  public void mailTaken(Network network, Instant now) throws StorageFailure {
    var _ =
        database.write(session ->
            put(
                session.prepare(
                    """
                    INSERT INTO guest_network (network, last_at) VALUES (?, ?)
                    ON CONFLICT (network) DO UPDATE SET last_at = excluded.last_at
                    """),
                network.toString(),
                now));
  }

  @Override
  public Optional<Instant> firstTry(Attempt attempt) throws StorageFailure {
    return database.read(session ->
        time(
            session.prepare("SELECT first_at FROM guest_attempt WHERE attempt = ?"),
            hash(attempt)));
  }

  @Override
  public void tried(Attempt attempt, Instant now) throws StorageFailure {
    var _ =
        database.write(session ->
            put(
                session.prepare(
                    """
                    INSERT INTO guest_attempt (attempt, first_at) VALUES (?, ?)
                    ON CONFLICT (attempt) DO UPDATE SET first_at = excluded.first_at
                    """),
                hash(attempt),
                now));
  }

  @Override
  public boolean forget(Instant mailsBefore, Instant triesBefore) throws StorageFailure {
    return database.write(session -> {
      int networks =
          forget(
              session.prepare(
                  """
                  DELETE FROM guest_network WHERE network IN
                  (SELECT network FROM guest_network WHERE last_at < ? LIMIT ?)
                  """),
              mailsBefore);
      int attempts =
          forget(
              session.prepare(
                  """
                  DELETE FROM guest_attempt WHERE attempt IN
                  (SELECT attempt FROM guest_attempt WHERE first_at < ? LIMIT ?)
                  """),
              triesBefore);
      return Math.max(networks, attempts) == FORGOTTEN_AT_ONCE;
    });
  }

  private static Optional<Instant> time(PreparedStatement select, String key) throws SQLException {
    select.setString(1, key);
    try (ResultSet row = select.executeQuery()) {
      return row.next() ? Optional.of(Instant.ofEpochMilli(row.getLong(1))) : Optional.empty();
    }
  }

  private static int put(PreparedStatement insert, String key, Instant now) throws SQLException {
    insert.setString(1, key);
    insert.setLong(2, now.toEpochMilli());
    return insert.executeUpdate();
  }

  private static int forget(PreparedStatement delete, Instant before) throws SQLException {
    delete.setLong(1, before.toEpochMilli());
    delete.setInt(2, FORGOTTEN_AT_ONCE);
    return delete.executeUpdate();
  }

  /** None of the three can contain a NUL. */
  private static String hash(Attempt attempt) {
    String text = attempt.network() + "\0" + attempt.from() + "\0" + attempt.to();
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest(text.toLowerCase(Locale.ROOT).getBytes(UTF_8));
      return HexFormat.of().formatHex(Arrays.copyOf(hash, HASH_OCTETS));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
