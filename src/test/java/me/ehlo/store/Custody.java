package me.ehlo.store;

import me.ehlo.access.Directory;
import me.ehlo.access.Guestbook;
import me.ehlo.mail.StorageFailure;
import me.ehlo.maildrop.Maildrops;
import me.ehlo.queue.Queue;
import me.ehlo.spool.Spool;

/** The rooms over one store, of whatever kind. */
public interface Custody extends AutoCloseable {
  Spool spool();

  Queue queue();

  Maildrops maildrops();

  Directory directory();

  Guestbook guestbook();

  @Override
  default void close() throws StorageFailure {}
}
