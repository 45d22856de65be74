package me.ehlo.store;

import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import me.ehlo.spool.Draft;
import me.ehlo.spool.MailIds;
import me.ehlo.spool.Spool;

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

  /** Names for the contents of large mails, and which of them somebody is writing. */
  static final class Bodies {
    private final InstantSource clock;
    private final MailIds names;
    private final Set<Long> live = ConcurrentHashMap.newKeySet();
    private final Runnable sweep;

    Bodies(InstantSource clock, MailIds names, Runnable sweep) {
      this.clock = clock;
      this.names = names;
      this.sweep = sweep;
    }

    long begin() {
      long body = names.next().value();
      live.add(body);
      return body;
    }

    /** Nobody writes it any more: it belongs to a mail now, or is to be swept. */
    void end(long body, boolean kept) {
      live.remove(body);
      if (!kept) {
        sweep.run();
      }
    }

    boolean isLive(long body) {
      return live.contains(body);
    }

    long now() {
      return clock.millis();
    }
  }
}
