package me.ehlo.store;

import java.sql.ResultSet;
import java.sql.SQLException;

/** The one row of {@code site_secret}, which the migration made. */
final class SiteSecret {
  private SiteSecret() {}

  static String read(Session session) throws SQLException {
    try (ResultSet row = session.prepare("SELECT value FROM site_secret").executeQuery()) {
      if (!row.next()) {
        throw new SQLException("the site's secret is missing");
      }
      return row.getString(1);
    }
  }
}
