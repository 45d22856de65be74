package me.ehlo.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import me.ehlo.access.AccountPolicy;
import me.ehlo.access.AccountRates;
import me.ehlo.access.Crowd;
import me.ehlo.access.Directory;
import me.ehlo.access.DomainLookup;
import me.ehlo.access.Guesses;
import me.ehlo.access.KeyedDigest;
import me.ehlo.access.KnownGood;
import me.ehlo.access.LoginRules;
import me.ehlo.access.Logins;
import me.ehlo.access.Ownership;
import me.ehlo.access.Passwords;
import me.ehlo.access.Pause;
import me.ehlo.access.QueueStarts;
import me.ehlo.access.RecentLogins;
import me.ehlo.access.Recipients;
import me.ehlo.access.Relaying;
import me.ehlo.access.Safekeeping;
import me.ehlo.access.ScramDecoys;
import me.ehlo.access.SitePolicy;
import me.ehlo.access.StoredPassword;
import me.ehlo.access.Strangers;
import me.ehlo.front.Encryption;
import me.ehlo.front.Entrance;
import me.ehlo.front.LostReplies;
import me.ehlo.front.MailPace;
import me.ehlo.front.Pop3Door;
import me.ehlo.front.SmtpDoor;
import me.ehlo.lines.ContentLimits;
import me.ehlo.lines.LineDecoder;
import me.ehlo.mail.Domain;
import me.ehlo.mail.LocalPart;
import me.ehlo.mail.Mailbox;
import me.ehlo.mail.Network;
import me.ehlo.mail.Parsed;
import me.ehlo.mail.StorageFailure;
import me.ehlo.net.Listener;
import me.ehlo.net.TlsServer;
import me.ehlo.pop3.Pop3Limits;
import me.ehlo.relay.Tls;
import me.ehlo.smtp.SmtpLimits;
import me.ehlo.smtp.server.House;
import me.ehlo.smtp.server.Service;
import me.ehlo.spool.MailIds;
import me.ehlo.spool.RamArrivals;
import me.ehlo.store.RamStore;
import me.ehlo.trace.Event;

/**
 * All five doors of one house, behind one entrance, before one store: ann at ehlo.test has the passwords "secret" and, for
 * her phone, "telephone", both for SCRAM too; bob has none.
 */
final class FiveDoors implements AutoCloseable {
  static final Mailbox ANN = mailbox("ann");
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Domain DOMAIN = Domain.ofAscii("ehlo.test");
  private static final List<StoredPassword> TWO = passwords();

  /** The doors that clients find. */
  enum Door {
    TRANSFER(false, false),
    SUBMISSION(false, false),
    SUBMISSIONS(true, false),
    POP3(false, true),
    POP3S(true, true);

    /** Whether TLS comes before the first word. */
    final boolean tlsFirst;

    final boolean reads;

    Door(boolean tlsFirst, boolean reads) {
      this.tlsFirst = tlsFirst;
      this.reads = reads;
    }

    private Encryption encryption() {
      return new Encryption(Optional.of(new TlsServer(Tls::kept)), tlsFirst, PATIENCE);
    }
  }

  final List<Event> events = new CopyOnWriteArrayList<>();
  final RamStore store = new RamStore();
  private final InstantSource clock = InstantSource.system();
  private final MailIds ids = new MailIds(clock, new Random(1));
  private final Logins logins;
  private final Duration greetPause;
  private final Map<Door, Listener> listeners = new EnumMap<>(Door.class);

  /** With room for everybody. */
  FiveDoors() {
    this(Duration.ZERO, new Crowd.Limits(1000, 1000, 1000, true));
  }

  /**
   * @param greetPause how long SMTP clients are watched for talking before the greeting
   * @param crowd who may come
   * @param proxies who says for whom they come
   */
  FiveDoors(Duration greetPause, Crowd.Limits crowd, String... proxies) {
    this.greetPause = greetPause;
    this.logins =
        new Logins(
            users(),
            new Passwords(
                work -> Optional.of(work.get()),
                new KnownGood(new byte[32], clock, Duration.ofMinutes(1), 9)),
            new Guesses(Guesses.Rules.NONE, new KeyedDigest(new byte[32]), events::add, clock),
            Pause.NONE,
            true,
            new ScramDecoys(new KeyedDigest(new byte[32]), List.of(DOMAIN), new Random(1)));
    Entrance entrance =
        new Entrance(
            List.of(proxies).stream().map(FiveDoors::network).toList(),
            PATIENCE,
            new Crowd(crowd, clock),
            events::add,
            clock);
    for (Door door : Door.values()) {
      listeners.put(door, door.reads ? reading(door, entrance) : writing(door, entrance));
    }
  }

  /** A client, of whom nothing has been heard. */
  Peer connect(Door door) {
    return new Peer(listeners.get(door).address());
  }

  /** A client from this loopback address. */
  Peer connectFrom(String address, Door door) {
    return new Peer(listeners.get(door).address(), new InetSocketAddress(address, 0));
  }

  /** A client that has heard the greeting, over TLS where that comes first. */
  Peer welcomed(Door door) {
    return welcomed(connect(door), door);
  }

  /** This client, which then has heard the greeting, over TLS where that comes first. */
  Peer welcomed(Peer peer, Door door) {
    if (door.tlsFirst) {
      peer.encrypts();
    }
    peer.hears(door.reads ? "+OK" : "220");
    return peer;
  }

  /** A client that has asked for TLS where it does not come first. */
  Peer encrypted(Door door) {
    Peer peer = welcomed(door);
    if (!door.tlsFirst) {
      if (!door.reads) {
        peer.asks("EHLO client.example", "250");
      }
      peer.asks(door.reads ? "STLS" : "STARTTLS", door.reads ? "+OK" : "220");
      peer.encrypts();
    }
    if (!door.reads) {
      peer.asks("EHLO client.example", "250");
    }
    return peer;
  }

  /** What the log tells of decisions, by the ids of their reasons. */
  List<String> decided() {
    return events.stream()
        .filter(Event.Decided.class::isInstance)
        .map(event -> ((Event.Decided) event).reason().id())
        .toList();
  }

  /** Waits until every conversation is over. */
  void awaitNobodyHere() {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(5))
        .untilAsserted(() -> {
          assertThat(listeners.values()).allMatch(listener -> listener.connections() == 0);
          assertThat(count(Event.Closed.class)).isEqualTo(count(Event.Opened.class));
        });
  }

  /** Waits until so many conversations have begun. */
  void awaitOpened(int most) {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(5))
        .until(() -> count(Event.Opened.class) == most);
  }

  /** The addresses of those whose conversations have begun, as the log has them. */
  List<String> clients() {
    return events.stream()
        .filter(Event.Opened.class::isInstance)
        .map(event -> ((Event.Opened) event).client())
        .toList();
  }

  long count(Class<? extends Event> kind) {
    return events.stream().filter(kind::isInstance).count();
  }

  private Directory users() {
    Directory directory = store.directory();
    try {
      directory.addAccount(ANN, TWO, 0);
      directory.addAccount(mailbox("bob"), List.of(), 0);
      return directory;
    } catch (StorageFailure e) {
      throw new AssertionError("nothing was told to fail", e);
    }
  }

  /** Made once: each costs a tenth of a second. */
  private static List<StoredPassword> passwords() {
    Safekeeping scram = new Safekeeping(true, new Random(1));
    StoredPassword main = scram.keep("", "secret", List.of()).orElseThrow();
    return List.of(main, scram.keep("phone", "telephone", List.of(main)).orElseThrow());
  }

  private Listener writing(Door door, Entrance entrance) {
    Recipients recipients = new Recipients(store.directory()::find, List.of(DOMAIN));
    SmtpDoor smtp =
        new SmtpDoor(
            new House(
                "mx.ehlo.test",
                100_000,
                100,
                1000,
                100_000,
                ContentLimits.DEFAULT,
                door == Door.TRANSFER ? Service.TRANSFER : Service.SUBMISSION,
                door.encryption().onRequest(),
                List.of()),
            door.encryption(),
            false,
            greetPause,
            PATIENCE,
            MailPace.pausing(PATIENCE),
            new AccountPolicy(
                new SitePolicy(
                    recipients,
                    (_, _) -> true,
                    Relaying.forNobody(),
                    DomainLookup.NOT_ASKED,
                    QueueStarts.forNobody(),
                    new LoginRules(false, logins::mechanisms),
                    Strangers.welcome()),
                new Ownership(recipients),
                new AccountRates(1000, clock)),
            store.spool(),
            new RamArrivals(),
            new LostReplies(Duration.ZERO, clock),
            ids,
            events::add,
            clock,
            ZoneOffset.UTC);
    return listener(door, SmtpLimits.COMMAND_LINE_OCTETS, entrance.to(smtp), smtp::refuse);
  }

  private Listener reading(Door door, Entrance entrance) {
    Pop3Door pop3 =
        new Pop3Door(
            "mx.ehlo.test",
            "port 587",
            Pop3Limits.DEFAULT,
            door.encryption(),
            false,
            PATIENCE,
            logins,
            RecentLogins.off(),
            store.maildrops(),
            ids,
            events::add,
            clock);
    return listener(door, Pop3Limits.ANSWER_OCTETS_MAX, entrance.to(pop3), pop3::refuse);
  }

  private static Listener listener(
      Door door, int line, Listener.Conversation held, Listener.Conversation refused) {
    try {
      return new Listener(
          door.toString(),
          new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
          () -> new LineDecoder(line, false),
          new Semaphore(1000),
          held,
          refused);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Mailbox mailbox(String name) {
    return new Mailbox(new LocalPart(name), Domain.ofAscii("ehlo.test"));
  }

  private static Network network(String text) {
    return switch (Network.parse(text)) {
      case Parsed.Right<Network>(var network) -> network;
      case Parsed.Wrong<Network>(var why) -> throw new IllegalArgumentException(why);
    };
  }

  @Override
  public void close() {
    listeners.values().forEach(Listener::close);
    listeners.values().forEach(listener -> listener.awaitEnd(Duration.ofSeconds(5)));
    assertThat(count(Event.Trouble.class)).as("defects met: %s", events).isZero();
  }
}
