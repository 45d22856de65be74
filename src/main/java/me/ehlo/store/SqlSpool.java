package me.ehlo.store;

import java.util.Optional;
import me.ehlo.mail.MailId;
import me.ehlo.spool.Draft;
import me.ehlo.spool.Spool;
import me.ehlo.spool.SpooledMail;

/** The spool in the database. */
final class SqlSpool implements Spool {
  private final Database database;
  private final Usages usages;
  private final Bodies bodies;

  SqlSpool(Database database, Usages usages, Bodies bodies) {
    this.database = database;
    this.usages = usages;
    this.bodies = bodies;
  }

  @Override
  public Draft begin() {
    return new SqlDraft(database, usages, bodies);
  }

  @Override
  public Optional<SpooledMail> open(MailId id) {
    return Optional.empty();
  }
}
