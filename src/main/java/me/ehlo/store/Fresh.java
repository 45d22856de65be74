package me.ehlo.store;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import me.ehlo.mail.MailId;
import me.ehlo.spool.Arrival;

/**
 * Mails that were kept a moment ago and are about to leave, still in memory: the first attempt reads nothing from the database.
 *
 * <p>Bounded by octets; the oldest goes first. A mail is forgotten with its first settlement, for by then it has left or will wait.
 */
final class Fresh {
  private static final long OCTETS_MAX = 32L * 1024 * 1024;

  private final Map<MailId, Mail> mails = new LinkedHashMap<>();
  private long octets;

  /** A mail in memory; its content is never changed. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Mail(Arrival arrival, byte[] content) {}

  /** Remembers a mail, if its first attempt follows at once. */
  synchronized void put(Arrival arrival, byte[] content) {
    if (!arrival.firstTry().inHand() || !arrival.envelope().leaves()) {
      return;
    }
    mails.put(arrival.id(), new Mail(arrival, content));
    octets += content.length;
    Iterator<Mail> oldest = mails.values().iterator();
    while (octets > OCTETS_MAX) {
      octets -= oldest.next().content.length;
      oldest.remove();
    }
  }

  synchronized Optional<Mail> find(MailId id) {
    return Optional.ofNullable(mails.get(id));
  }

  synchronized void forget(MailId id) {
    Mail mail = mails.remove(id);
    if (mail != null) {
      octets -= mail.content.length;
    }
  }
}
