package me.ehlo.attack;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;
import me.ehlo.access.Account;
import me.ehlo.access.AccountPolicy;
import me.ehlo.access.AccountRates;
import me.ehlo.access.Crowd;
import me.ehlo.access.Directory;
import me.ehlo.access.DomainLookup;
import me.ehlo.access.LoginRules;
import me.ehlo.access.Ownership;
import me.ehlo.access.QueueStarts;
import me.ehlo.access.Recipients;
import me.ehlo.access.Relaying;
import me.ehlo.access.SitePolicy;
import me.ehlo.access.StoredPassword;
import me.ehlo.access.Strangers;
import me.ehlo.front.Encryption;
import me.ehlo.front.Entrance;
import me.ehlo.front.LostReplies;
import me.ehlo.front.MailPace;
import me.ehlo.front.SmtpDoor;
import me.ehlo.lines.ContentLimits;
import me.ehlo.lines.LineDecoder;
import me.ehlo.mail.AccountId;
import me.ehlo.mail.Domain;
import me.ehlo.mail.LocalPart;
import me.ehlo.mail.MailId;
import me.ehlo.mail.Mailbox;
import me.ehlo.mail.Network;
import me.ehlo.mail.Parsed;
import me.ehlo.mail.StorageFailure;
import me.ehlo.net.Listener;
import me.ehlo.net.TlsServer;
import me.ehlo.relay.Tls;
import me.ehlo.sasl.Identity;
import me.ehlo.sasl.Mechanisms;
import me.ehlo.sasl.Verdict;
import me.ehlo.smtp.SmtpLimits;
import me.ehlo.smtp.server.House;
import me.ehlo.smtp.server.Service;
import me.ehlo.spool.Arrival;
import me.ehlo.spool.Draft;
import me.ehlo.spool.MailIds;
import me.ehlo.spool.RamArrivals;
import me.ehlo.spool.Spool;
import me.ehlo.spool.SpooledMail;
import me.ehlo.trace.Event;

/** A whole server but for the disk: a real port, users ann, bob and postmaster at ehlo.test, a spool in memory. */
final class Site implements AutoCloseable {
  static final String HOSTNAME = "mx.ehlo.test";
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Domain DOMAIN = Domain.ofAscii("ehlo.test");
  private static final Map<String, Long> USERS = Map.of("ann", 1L, "bob", 2L, "postmaster", 3L);

  /** How the site differs from the usual one. */
  record Plan(
      boolean strict,
      Duration greetPause,
      long sizeMax,
      int recipientsMax,
      int errorsMax,
      Relaying relaying,
      Duration duplicateWindow,
      Duration patience) {
    static final Plan USUAL =
        new Plan(
            false,
            Duration.ZERO,
            1_000_000,
            100,
            20,
            Relaying.forNobody(),
            Duration.ofMinutes(10),
            PATIENCE);

    Plan strictly() {
      return new Plan(
          true, greetPause, sizeMax, recipientsMax, errorsMax, relaying, duplicateWindow, patience);
    }

    Plan greetPause(Duration pause) {
      return new Plan(
          strict, pause, sizeMax, recipientsMax, errorsMax, relaying, duplicateWindow, patience);
    }

    Plan sizeMax(long octets) {
      return new Plan(
          strict,
          greetPause,
          octets,
          recipientsMax,
          errorsMax,
          relaying,
          duplicateWindow,
          patience);
    }

    Plan recipientsMax(int most) {
      return new Plan(
          strict, greetPause, sizeMax, most, errorsMax, relaying, duplicateWindow, patience);
    }

    Plan errorsMax(int most) {
      return new Plan(
          strict, greetPause, sizeMax, recipientsMax, most, relaying, duplicateWindow, patience);
    }

    Plan relaying(Relaying who) {
      return new Plan(
          strict, greetPause, sizeMax, recipientsMax, errorsMax, who, duplicateWindow, patience);
    }

    Plan duplicateWindow(Duration window) {
      return new Plan(
          strict, greetPause, sizeMax, recipientsMax, errorsMax, relaying, window, patience);
    }

    Plan patience(Duration most) {
      return new Plan(
          strict, greetPause, sizeMax, recipientsMax, errorsMax, relaying, duplicateWindow, most);
    }
  }

  /** What keeps strangers from taking too much. */
  record Guard(MailPace pace, Crowd.Limits crowd, List<Network> proxies) {
    static final Guard NONE =
        new Guard(MailPace.pausing(PATIENCE), new Crowd.Limits(1000, 1000, 1000, false), List.of());

    Guard pace(MailPace slowest) {
      return new Guard(slowest, crowd, proxies);
    }

    Guard crowd(Crowd.Limits most) {
      return new Guard(pace, most, proxies);
    }

    Guard proxies(String... networks) {
      return new Guard(pace, crowd, Stream.of(networks).map(Guard::network).toList());
    }

    private static Network network(String text) {
      return switch (Network.parse(text)) {
        case Parsed.Right<Network>(var network) -> network;
        case Parsed.Wrong<Network>(var why) -> throw new IllegalArgumentException(why);
      };
    }
  }

  /**
   * What is between a client and a login: ann's and bob's password is "secret".
   *
   * @param clear whether a password is taken without TLS
   */
  record Lock(Service service, boolean startTls, boolean fromTheStart, boolean clear) {
    static final Lock NONE = new Lock(Service.TRANSFER, false, false, false);
    static final Lock SUBMISSION = new Lock(Service.SUBMISSION, true, false, false);
    static final Lock CARELESS_SUBMISSION = new Lock(Service.SUBMISSION, true, false, true);
    static final Lock TRANSFER = new Lock(Service.TRANSFER, true, false, true);
    static final Lock SUBMISSIONS = new Lock(Service.SUBMISSION, true, true, false);

    private Encryption encryption() {
      return startTls
          ? new Encryption(Optional.of(new TlsServer(Tls::kept)), fromTheStart, PATIENCE)
          : Encryption.NONE;
    }

    private LoginRules logins() {
      return startTls
          ? new LoginRules(clear, (_, _) -> Mechanisms.ofPasswords(Lock::verdict))
          : LoginRules.forNobody();
    }

    private static Verdict verdict(String name, String password) {
      return USERS.containsKey(name) && password.equals("secret")
          ? new Verdict.Known(identity(account(USERS.get(name), new LocalPart(name))))
          : Verdict.refused(Verdict.Why.WRONG);
    }

    private static Identity identity(Account account) {
      return account.identity(account.passwords().getFirst());
    }
  }

  /** A mail that a 250 was said for; each character of the content is the octet of its number. */
  record Kept(Arrival arrival, String content) {}

  final List<Kept> kept = new CopyOnWriteArrayList<>();
  final List<Event> events = new CopyOnWriteArrayList<>();
  final RamArrivals arrivals = new RamArrivals();
  private final Listener listener;

  Site(Plan plan) {
    this(plan, Guard.NONE.pace(MailPace.pausing(plan.patience)));
  }

  Site(Plan plan, Guard guard) {
    this(plan, guard, Lock.NONE);
  }

  /** A site of the usual kind with such doors. */
  static Site locked(Lock lock) {
    return new Site(Plan.USUAL, Guard.NONE.pace(MailPace.pausing(PATIENCE)), lock);
  }

  Site(Plan plan, Guard guard, Lock lock) {
    InstantSource clock = InstantSource.system();
    Recipients recipients = new Recipients(users(), List.of(DOMAIN));
    SmtpDoor door =
        new SmtpDoor(
            new House(
                HOSTNAME,
                plan.sizeMax,
                plan.recipientsMax,
                plan.errorsMax,
                100_000,
                ContentLimits.DEFAULT,
                lock.service,
                lock.encryption().onRequest(),
                List.of()),
            lock.encryption(),
            plan.strict,
            plan.greetPause,
            plan.patience,
            guard.pace,
            new AccountPolicy(
                new SitePolicy(
                    recipients,
                    (_, _) -> true,
                    plan.relaying,
                    DomainLookup.NOT_ASKED,
                    QueueStarts.forNobody(),
                    lock.logins(),
                    Strangers.welcome()),
                new Ownership(recipients),
                new AccountRates(1000, clock)),
            new RamSpool(),
            arrivals,
            new LostReplies(plan.duplicateWindow, clock),
            new MailIds(clock, new Random(1)),
            events::add,
            clock,
            ZoneOffset.UTC);
    try {
      listener =
          new Listener(
              "attacked",
              new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
              () -> new LineDecoder(SmtpLimits.COMMAND_LINE_OCTETS, plan.strict),
              new Semaphore(1000),
              new Entrance(
                      guard.proxies,
                      plan.patience,
                      new Crowd(guard.crowd, clock),
                      events::add,
                      clock)
                  .to(door),
              door::refuse);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Site usual() {
    return new Site(Plan.USUAL);
  }

  /** A new connection; nothing has been read from it. */
  Peer connect() {
    return new Peer(listener.address());
  }

  /** A new connection from this loopback address. */
  Peer connectFrom(String address) {
    return new Peer(listener.address(), new InetSocketAddress(address, 0));
  }

  /** A connection that has heard the greeting and said EHLO. */
  Peer greeted() {
    Peer peer = connect();
    peer.hears("220");
    peer.asks("EHLO client.example", "250");
    return peer;
  }

  /** A connection in the middle of a mail from ann to bob. */
  Peer inTransaction() {
    Peer peer = greeted();
    peer.asks("MAIL FROM:<ann@client.example>", "250");
    peer.asks("RCPT TO:<bob@ehlo.test>", "250");
    return peer;
  }

  /** The only mail that was kept. */
  Kept onlyMail() {
    assertThat(kept).as("mails kept").hasSize(1);
    return kept.getFirst();
  }

  /** Waits until every conversation is over, as it must be once its client is gone. */
  void awaitNobodyHere() {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(5))
        .untilAsserted(() -> {
          assertThat(listener.connections()).as("connections open").isZero();
          assertThat(count(Event.Closed.class)).as("closed").isEqualTo(count(Event.Opened.class));
        });
  }

  /** How many events of this kind the journal has. */
  long count(Class<? extends Event> kind) {
    return events.stream().filter(kind::isInstance).count();
  }

  @Override
  public void close() {
    listener.close();
    listener.awaitEnd(Duration.ofSeconds(5));
    assertThat(count(Event.Trouble.class)).as("defects met: %s", events).isZero();
  }

  private static Recipients.Finder users() {
    return address ->
        DOMAIN.equals(address.host()) && USERS.containsKey(address.localPart().key())
            ? user(USERS.get(address.localPart().key()), address.localPart())
            : new Directory.Entry.Nobody();
  }

  private static Directory.Entry user(long id, LocalPart name) {
    return new Directory.Entry.User(account(id, name));
  }

  private static Account account(long id, LocalPart name) {
    return new Account(
        new AccountId(id),
        new Mailbox(name, DOMAIN),
        List.of(StoredPassword.main("a hash of " + name)),
        0);
  }

  private final class RamSpool implements Spool {
    @Override
    public Draft begin() {
      return new RamDraft();
    }

    @Override
    public Optional<SpooledMail> open(MailId id) {
      return Optional.empty();
    }
  }

  private final class RamDraft implements Draft {
    private final ByteArrayOutputStream content = new ByteArrayOutputStream();
    private boolean closed;

    @Override
    public void write(byte[] octets, int offset, int length) throws StorageFailure {
      if (closed) {
        throw new StorageFailure(StorageFailure.Kind.TROUBLE, "the draft is closed");
      }
      content.write(octets, offset, length);
    }

    @Override
    public void keep(Arrival arrival) throws StorageFailure {
      if (closed) {
        throw new StorageFailure(StorageFailure.Kind.TROUBLE, "the draft is closed");
      }
      kept.add(new Kept(arrival, content.toString(ISO_8859_1)));
      closed = true;
    }

    @Override
    public void close() {
      closed = true;
      content.reset();
    }
  }
}
