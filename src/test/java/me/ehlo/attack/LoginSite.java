package me.ehlo.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import me.ehlo.access.Account;
import me.ehlo.access.Directory;
import me.ehlo.access.DomainLookup;
import me.ehlo.access.Guesses;
import me.ehlo.access.Hashing;
import me.ehlo.access.KeyedDigest;
import me.ehlo.access.KnownGood;
import me.ehlo.access.LoginRules;
import me.ehlo.access.Logins;
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
import me.ehlo.front.LostReplies;
import me.ehlo.front.MailPace;
import me.ehlo.front.Pop3Door;
import me.ehlo.front.SmtpDoor;
import me.ehlo.lines.ContentLimits;
import me.ehlo.lines.LineDecoder;
import me.ehlo.mail.Domain;
import me.ehlo.mail.LocalPart;
import me.ehlo.mail.Mailbox;
import me.ehlo.mail.StorageFailure;
import me.ehlo.net.Listener;
import me.ehlo.pop3.Pop3Limits;
import me.ehlo.smtp.SmtpLimits;
import me.ehlo.smtp.server.House;
import me.ehlo.smtp.server.Service;
import me.ehlo.spool.MailIds;
import me.ehlo.spool.RamArrivals;
import me.ehlo.store.RamStore;
import me.ehlo.trace.Event;

/**
 * A submission door and a POP3 door with one way in: ann has one password, bob six, and cat none, at ehlo.test. This
 * machine is treated like any other, and each address of its network is one by itself.
 */
final class LoginSite implements AutoCloseable {
  static final String RIGHT = "main0";
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Domain DOMAIN = Domain.ofAscii("ehlo.test");
  private static final List<StoredPassword> SIX = passwords();

  final List<Event> events = new CopyOnWriteArrayList<>();
  private final InstantSource clock = InstantSource.system();
  private final RamStore store = new RamStore();
  private final MailIds ids = new MailIds(clock, new Random(1));
  private final Logins logins;
  private final Listener smtp;
  private final Listener pop3;

  LoginSite(int guesses, Hashing hashing, Pause tarpit) {
    this.logins =
        new Logins(
            users(),
            new Passwords(hashing, new KnownGood(new byte[32], clock, Duration.ofMinutes(1), 9)),
            new Guesses(
                new Guesses.Rules(
                    guesses, Duration.ofMinutes(15), Duration.ofSeconds(2), true, 10_000),
                new KeyedDigest(new byte[32]),
                events::add,
                clock),
            tarpit,
            true,
            new ScramDecoys(new KeyedDigest(new byte[32]), List.of(DOMAIN), new Random(1)));
    SmtpDoor submission = submission();
    this.smtp =
        listener(
            "smtp",
            () -> new LineDecoder(SmtpLimits.COMMAND_LINE_OCTETS, false),
            submission,
            submission::refuse);
    Pop3Door reading = reading();
    this.pop3 =
        listener(
            "pop3",
            () -> new LineDecoder(Pop3Limits.DEFAULT.lineOctetsMax(), false),
            reading,
            reading::refuse);
  }

  /** A client of the submission door, greeted. */
  Peer smtpFrom(String address) {
    Peer peer = new Peer(smtp.address(), new InetSocketAddress(address, 0));
    peer.hears("220");
    peer.asks("EHLO client.example", "250");
    return peer;
  }

  /** What AUTH PLAIN says to this name and password. */
  String auth(String address, String name, String password) {
    try (Peer peer = smtpFrom(address)) {
      return peer.asks("AUTH PLAIN " + plain(name, password), "");
    }
  }

  /** What PASS says to this name and password. */
  String pass(String address, String name, String password) {
    try (Peer peer = new Peer(pop3.address(), new InetSocketAddress(address, 0))) {
      assertThat(peer.line()).startsWith("+OK");
      assertThat(peer.says("USER " + name).line()).startsWith("+OK");
      return peer.says("PASS " + password).line();
    }
  }

  static String plain(String name, String password) {
    return Base64.getEncoder()
        .encodeToString(("\0" + name + "\0" + password).getBytes(StandardCharsets.UTF_8));
  }

  /** What the log says of blocks. */
  List<String> notes() {
    return events.stream()
        .filter(Event.Note.class::isInstance)
        .map(event -> ((Event.Note) event).what())
        .toList();
  }

  private Directory users() {
    Directory directory = store.directory();
    try {
      for (String name : List.of("ann", "bob", "cat")) {
        Account account =
            directory
                .addAccount(new Mailbox(new LocalPart(name), DOMAIN), Optional.empty(), 0)
                .orElseThrow();
        for (StoredPassword one :
            SIX.subList(0, name.equals("ann") ? 1 : name.equals("bob") ? 6 : 0)) {
          directory.addPassword(account.id(), one);
        }
      }
    } catch (StorageFailure e) {
      throw new AssertionError("nothing was told to fail", e);
    }
    return directory;
  }

  /** Made once: each costs a tenth of a second. */
  private static List<StoredPassword> passwords() {
    Safekeeping scram = new Safekeeping(true, new Random(1));
    List<StoredPassword> made = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      made.add(scram.keep(i == 0 ? "" : "app" + i, "main" + i, made).orElseThrow());
    }
    return made;
  }

  private SmtpDoor submission() {
    return new SmtpDoor(
        new House(
            "mx.ehlo.test",
            1000,
            100,
            1000,
            100_000,
            ContentLimits.DEFAULT,
            Service.SUBMISSION,
            false,
            List.of()),
        Encryption.NONE,
        false,
        Duration.ZERO,
        PATIENCE,
        MailPace.pausing(PATIENCE),
        new SitePolicy(
            new Recipients(store.directory()::find, List.of(DOMAIN)),
            (_, _) -> true,
            Relaying.forNobody(),
            DomainLookup.NOT_ASKED,
            QueueStarts.forNobody(),
            new LoginRules(true, logins::mechanisms),
            Strangers.welcome()),
        store.spool(),
        new RamArrivals(),
        new LostReplies(Duration.ZERO, clock),
        ids,
        events::add,
        clock,
        ZoneOffset.UTC);
  }

  private Pop3Door reading() {
    return new Pop3Door(
        "mx.ehlo.test",
        "port 587",
        Pop3Limits.DEFAULT,
        Encryption.NONE,
        true,
        PATIENCE,
        logins,
        RecentLogins.off(),
        store.maildrops(),
        ids,
        events::add,
        clock);
  }

  private static Listener listener(
      String name,
      Supplier<LineDecoder> lines,
      Listener.Conversation held,
      Listener.Conversation refused) {
    try {
      return new Listener(
          name,
          new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
          lines,
          new Semaphore(2000),
          held,
          refused);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    smtp.close();
    pop3.close();
    smtp.awaitEnd(Duration.ofSeconds(5));
    pop3.awaitEnd(Duration.ofSeconds(5));
  }
}
