package me.ehlo.front;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import me.ehlo.access.Argon2id;
import me.ehlo.access.Directory;
import me.ehlo.access.KnownGood;
import me.ehlo.access.Logins;
import me.ehlo.access.Passwords;
import me.ehlo.access.RecentLogins;
import me.ehlo.access.StoredPassword;
import me.ehlo.lines.LineDecoder;
import me.ehlo.mail.Domain;
import me.ehlo.mail.LocalPart;
import me.ehlo.mail.Mailbox;
import me.ehlo.mail.StorageFailure;
import me.ehlo.net.Listener;
import me.ehlo.pop3.Pop3Limits;
import me.ehlo.spool.MailIds;
import me.ehlo.store.RamStore;
import me.ehlo.trace.Event;

/** A POP3 door on a real port, with an empty maildrop of bob@ehlo.test behind it, whose password is "secret". */
public final class Pop3House implements AutoCloseable {
  private static final Mailbox BOB = new Mailbox(new LocalPart("bob"), Domain.ofAscii("ehlo.test"));
  private static final String STORED = Argon2id.hash("secret");
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** What the log was told. */
  public final List<Event> events = new CopyOnWriteArrayList<>();

  private final RamStore store = new RamStore();
  private final Listener listener;

  /**
   * @param cleartext whether passwords are taken without TLS
   */
  public Pop3House(Encryption encryption, boolean cleartext, Pop3Limits limits) {
    InstantSource clock = InstantSource.system();
    KnownGood known = new KnownGood(new byte[32], clock, Duration.ofMinutes(10), 10);
    Pop3Door door =
        new Pop3Door(
            "mx.ehlo.test",
            "port 2525",
            limits,
            encryption,
            cleartext,
            PATIENCE,
            new Logins(store.directory(), new Passwords(work -> Optional.of(work.get()), known)),
            RecentLogins.off(),
            store.maildrops(),
            new MailIds(clock, new Random(1)),
            events::add,
            clock);
    try {
      store.directory().addAccount(BOB, Optional.of(STORED), 0);
      listener =
          new Listener(
              "pop3",
              new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
              () -> new LineDecoder(Pop3Limits.ANSWER_OCTETS_MAX, false),
              new Semaphore(1000),
              door,
              door::refuse);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (StorageFailure e) {
      throw new AssertionError("nothing was told to fail", e);
    }
  }

  /** Where it is. */
  public InetSocketAddress address() {
    return listener.address();
  }

  /** Gives bob another password. */
  public void changePassword() {
    try {
      Directory directory = store.directory();
      if (directory.find(BOB) instanceof Directory.Entry.User(var account)) {
        directory.setPassword(account.id(), StoredPassword.main(Argon2id.hash("another")));
      }
    } catch (StorageFailure e) {
      throw new AssertionError("nothing was told to fail", e);
    }
  }

  /** Waits until every conversation is over, and gives back how each ended. */
  public List<String> ends() {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(5))
        .untilAsserted(
            () -> assertThat(count(Event.Closed.class)).isEqualTo(count(Event.Opened.class)));
    return events.stream()
        .filter(Event.Closed.class::isInstance)
        .map(event -> ((Event.Closed) event).how())
        .toList();
  }

  /** What was refused, at which stage and why. */
  List<String> refusals() {
    return events.stream()
        .filter(Event.Decided.class::isInstance)
        .map(Event.Decided.class::cast)
        .filter(decided -> decided.reason().refuses())
        .map(decided -> decided.stage() + " " + decided.reason().id())
        .toList();
  }

  @Override
  public void close() {
    listener.close();
    listener.awaitEnd(PATIENCE);
    assertThat(count(Event.Trouble.class)).as("defects met: %s", events).isZero();
    assertThat(events.toString()).doesNotContain("secret");
  }

  private long count(Class<? extends Event> kind) {
    return events.stream().filter(kind::isInstance).count();
  }
}
