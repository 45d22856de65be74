package me.ehlo.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import me.ehlo.access.Alias;
import me.ehlo.mail.AddressLiteral;
import me.ehlo.mail.Domain;
import me.ehlo.mail.Host;
import me.ehlo.mail.LocalPart;
import me.ehlo.mail.Mailbox;
import me.ehlo.store.SqlDirectory.Name;

/** The rows of {@code alias} and {@code alias_target}. */
final class AliasRows {
  private static final String SELECT =
      """
      SELECT a.local_part, a.domain, t.local_part, t.host
      FROM alias a JOIN alias_target t ON t.alias = a.id
      """;

  private AliasRows() {}

  static Optional<Alias> find(Session session, Name name) throws SQLException {
    PreparedStatement select =
        session.prepare(SELECT + " WHERE a.local_key = ? AND a.domain = ? ORDER BY t.n");
    select.setString(1, name.localKey());
    select.setString(2, name.domain());
    return read(select).stream().findFirst();
  }

  static List<Alias> all(Session session) throws SQLException {
    return read(session.prepare(SELECT + " ORDER BY a.domain, a.local_key, t.n"));
  }

  private static List<Alias> read(PreparedStatement select) throws SQLException {
    Map<Mailbox, List<Mailbox>> targets = new LinkedHashMap<>();
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        Mailbox name = mailbox(row.getString(1), row.getString(2));
        targets
            .computeIfAbsent(name, fresh -> new ArrayList<>())
            .add(mailbox(row.getString(3), row.getString(4)));
      }
    }
    return targets.entrySet().stream()
        .map(entry -> new Alias(entry.getKey(), entry.getValue()))
        .toList();
  }

  private static Mailbox mailbox(String localPart, String host) {
    return new Mailbox(new LocalPart(localPart), host(host));
  }

  private static Host host(String text) {
    return text.startsWith("[")
        ? new AddressLiteral(text.substring(1, text.length() - 1))
        : Domain.ofAscii(text);
  }

  /** Adds or replaces; always true, to end a condition. */
  static boolean put(Session session, Name name, Alias alias) throws SQLException {
    remove(session, name);
    PreparedStatement insert =
        session.prepare(
            "INSERT INTO alias (local_key, local_part, domain) VALUES (?, ?, ?) RETURNING id");
    insert.setString(1, name.localKey());
    insert.setString(2, alias.name().localPart().text());
    insert.setString(3, name.domain());
    long id;
    try (ResultSet row = insert.executeQuery()) {
      row.next();
      id = row.getLong(1);
    }
    PreparedStatement target =
        session.prepare(
            "INSERT INTO alias_target (alias, n, local_part, host) VALUES (?, ?, ?, ?)");
    for (int n = 0; n < alias.targets().size(); n++) {
      Mailbox mailbox = alias.targets().get(n);
      target.setLong(1, id);
      target.setInt(2, n);
      target.setString(3, mailbox.localPart().text());
      target.setString(4, text(mailbox.host()));
      target.executeUpdate();
    }
    return true;
  }

  private static String text(Host host) {
    return host instanceof Domain domain ? domain.ascii() : host.toString();
  }

  static boolean remove(Session session, Name name) throws SQLException {
    PreparedStatement delete =
        session.prepare("DELETE FROM alias WHERE local_key = ? AND domain = ?");
    delete.setString(1, name.localKey());
    delete.setString(2, name.domain());
    return delete.executeUpdate() == 1;
  }
}
