package me.ehlo.front;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import me.ehlo.mail.ForwardPath;
import me.ehlo.mail.MailId;
import me.ehlo.mail.Notify;
import me.ehlo.mail.Orcpt;
import me.ehlo.mail.Recipient;
import me.ehlo.mail.ReversePath;
import me.ehlo.smtp.MailParameters;
import me.ehlo.smtp.server.Transaction;

/**
 * The mails whose 250 their client may not have heard (RFC 1047): when one comes again, it is told the same 250 and not
 * kept twice.
 *
 * <p>Remembered is a mail whose conversation was reset, fell silent or could not be written to before the client said
 * anything more. A client that closes in order has had its answer, even without QUIT. What comes is the same only if
 * address, envelope, parameters and every octet of the content are; a Message-ID says nothing. In memory only.
 */
public final class LostReplies {
  private static final int MAILS_MAX = 10_000;

  private final Duration window;
  private final InstantSource clock;
  private final Map<Mail, Lost> mails = new LinkedHashMap<>(); // the oldest first
  private volatile int remembered;

  /** What must be the same. */
  private record Mail(
      String client,
      ReversePath from,
      Set<Asked> recipients,
      MailParameters parameters,
      String sha256) {}

  private record Asked(ForwardPath path, Notify notices, Optional<Orcpt> orcpt) {}

  private record Lost(MailId id, Instant until) {}

  /**
   * A 250 that was said and whose client has said nothing since.
   *
   * @param id what the 250 named
   */
  record Promise(Transaction transaction, ContentHash content, MailId id) {}

  /**
   * @param window how long a mail is remembered; zero: not at all
   */
  public LostReplies(Duration window, InstantSource clock) {
    this.window = window;
    this.clock = clock;
  }

  /** Whether contents must be looked at. */
  boolean areRemembered() {
    return !window.isZero();
  }

  /** The conversation broke before the client said anything more. */
  void lost(String client, Promise promise) {
    Mail mail = mail(client, promise.transaction(), promise.content());
    Instant now = clock.instant();
    synchronized (mails) {
      mails.remove(mail);
      mails.put(mail, new Lost(promise.id(), now.plus(window)));
      forget(now);
      remembered = mails.size();
    }
  }

  /** The id that this mail has already, if it is one of those; it is told once. */
  Optional<MailId> known(String client, Transaction transaction, ContentHash content) {
    if (remembered == 0 || !remembers(client)) {
      return Optional.empty();
    }
    Mail mail = mail(client, transaction, content);
    synchronized (mails) {
      Optional<Lost> lost = Optional.ofNullable(mails.remove(mail));
      remembered = mails.size();
      return lost.filter(found -> clock.instant().isBefore(found.until())).map(Lost::id);
    }
  }

  /** Whether a mail of this client is remembered, so that hashing is worth while. */
  private boolean remembers(String client) {
    synchronized (mails) {
      return mails.keySet().stream().anyMatch(mail -> mail.client().equals(client));
    }
  }

  private void forget(Instant now) {
    Iterator<Lost> all = mails.values().iterator();
    Lost oldest = all.next();
    while (mails.size() > MAILS_MAX || !now.isBefore(oldest.until())) {
      all.remove();
      oldest = all.next(); // the newest, at least, stays
    }
  }

  private static Mail mail(String client, Transaction transaction, ContentHash content) {
    return new Mail(
        client,
        transaction.from(),
        transaction.recipients().stream().map(LostReplies::asked).collect(Collectors.toSet()),
        transaction.parameters(),
        content.sha256());
  }

  private static Asked asked(Recipient recipient) {
    return new Asked(recipient.path(), recipient.notices(), recipient.orcpt());
  }
}
