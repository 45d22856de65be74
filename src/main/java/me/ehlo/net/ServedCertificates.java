package me.ehlo.net;

import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import me.ehlo.trace.Event;
import me.ehlo.trace.Journal;

/**
 * The certificates in service: those in the files, or the last that were any good.
 *
 * <p>Whoever needs them for a handshake looks whether the files are still the same, once a second at most; nothing runs
 * while nobody comes. What is compared is what the files hold, since a time of change can stay the same over a change.
 * Connections that have begun keep what they began with.
 */
public final class ServedCertificates implements Supplier<SSLContext> {
  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
  private static final int RESUMABLE_MAX = 1000; // of clients that know no tickets
  private static final int RESUMABLE_SECONDS = 3600;

  private final CertificateFiles files;
  private final Journal journal;
  private final InstantSource clock;
  private final ReentrantLock looking = new ReentrantLock();
  private final Duration lookEvery;
  private Certificates.Contents seen;
  private volatile long looked = System.nanoTime();
  private volatile Certificates certificates;
  private volatile SSLContext context;

  /**
   * Reads them for the first time, and says in the journal what clients will complain of.
   *
   * @throws UnusableCertificate with everything that is wrong
   */
  public ServedCertificates(CertificateFiles files, Journal journal, InstantSource clock)
      throws UnusableCertificate {
    this(files, journal, clock, LOOK_EVERY);
  }

  ServedCertificates(
      CertificateFiles files, Journal journal, InstantSource clock, Duration lookEvery)
      throws UnusableCertificate {
    this.files = files;
    this.journal = journal;
    this.clock = clock;
    this.lookEvery = lookEvery;
    this.seen = files.contents();
    this.certificates = Certificates.of(seen);
    this.context = context(certificates);
    announce();
  }

  /** Whether those who ask who we are will not believe us. */
  public boolean areSelfSigned() {
    return certificates.areSelfSigned();
  }

  /** What is shown to who comes now. */
  @Override
  public SSLContext get() {
    if (System.nanoTime() - looked >= lookEvery.toNanos() && looking.tryLock()) {
      try {
        look();
      } finally {
        looked = System.nanoTime();
        looking.unlock();
      }
    }
    return context;
  }

  private void look() {
    try {
      Certificates.Contents now = files.contents();
      if (now.equals(seen)) {
        return;
      }
      seen = now; // what is wrong is said once, until it is otherwise
      certificates = Certificates.of(now);
      context = context(certificates);
      announce();
    } catch (UnusableCertificate e) {
      e.sentences()
          .forEach(sentence -> trouble(sentence + "; the old certificate stays in service"));
    }
  }

  private void announce() {
    Instant now = clock.instant();
    certificates.warnings(now).forEach(this::trouble);
    journal.record(
        new Event.Note(
            now,
            "tls",
            (areSelfSigned() ? "a self-signed certificate for " : "a certificate for ")
                + String.join(", ", certificates.names())
                + " is in service until "
                + certificates.end()));
  }

  private void trouble(String sentence) {
    journal.record(new Event.Trouble(clock.instant(), "tls", sentence));
  }

  private static SSLContext context(Certificates certificates) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      // We ask clients for no certificate, and so need to trust nobody.
      context.init(new KeyManager[] {new ChosenByName(certificates)}, new TrustManager[0], null);
      context.getServerSessionContext().setSessionCacheSize(RESUMABLE_MAX);
      context.getServerSessionContext().setSessionTimeout(RESUMABLE_SECONDS);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has TLS", e);
    }
  }
}
