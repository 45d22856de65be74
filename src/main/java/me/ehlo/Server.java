package me.ehlo;

import java.io.IOException;
import java.io.PrintStream;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import me.ehlo.access.Account;
import me.ehlo.access.AccountPolicy;
import me.ehlo.access.AccountRates;
import me.ehlo.access.Directory;
import me.ehlo.access.DomainLookup;
import me.ehlo.access.Greylisting;
import me.ehlo.access.LocalPolicy;
import me.ehlo.access.LoginRules;
import me.ehlo.access.Logins;
import me.ehlo.access.Ownership;
import me.ehlo.access.Postmaster;
import me.ehlo.access.QueueStarts;
import me.ehlo.access.Rate;
import me.ehlo.access.RecentDirectory;
import me.ehlo.access.RecentLogins;
import me.ehlo.access.Recipients;
import me.ehlo.access.Relaying;
import me.ehlo.access.SitePolicy;
import me.ehlo.access.Strangers;
import me.ehlo.config.Config;
import me.ehlo.control.Administration;
import me.ehlo.control.ControlServer;
import me.ehlo.control.Site;
import me.ehlo.front.Encryption;
import me.ehlo.front.LostReplies;
import me.ehlo.front.MailPace;
import me.ehlo.front.Pop3Door;
import me.ehlo.front.SmtpDoor;
import me.ehlo.front.SubmitDoor;
import me.ehlo.mail.Network;
import me.ehlo.mail.StorageFailure;
import me.ehlo.pop3.Pop3Limits;
import me.ehlo.smtp.server.House;
import me.ehlo.smtp.server.Policy;
import me.ehlo.smtp.server.Service;
import me.ehlo.spool.MailIds;
import me.ehlo.store.Store;
import me.ehlo.trace.Event;
import me.ehlo.watch.Log;

/** The wiring: every {@code new} of a long-lived object, in start order; stopping is the reverse. */
public final class Server implements AutoCloseable {

  private final Config config;
  private final Log log;
  private final InstantSource clock = InstantSource.system();
  private final SecureRandom random = new SecureRandom();
  private final AccountRates accountRates;
  private final Doors doors;

  /** How to close what is open; the last opened comes first. */
  private final Deque<Runnable> closing = new ArrayDeque<>();

  private Server(Config config, Log log) {
    this.config = config;
    this.log = log;
    this.accountRates = new AccountRates(config.limits().accountRecipients(), clock);
    this.doors = new Doors(config, log, clock);
    closing.push(log::close);
  }

  /** Serves until the process is asked to stop (SIGTERM, Ctrl-C), then stops in good order. */
  static void run(Config config, PrintStream out) throws StartFailure, StorageFailure {
    Server server = start(config);
    CountDownLatch stopped = new CountDownLatch(1);
    Thread stop =
        Thread.ofPlatform()
            .name("stop")
            .unstarted(() -> {
              server.close();
              stopped.countDown();
            });
    Runtime.getRuntime().addShutdownHook(stop);
    server.warnOfRoot();
    server.welcome().lines().forEach(out::println);
    out.flush();
    awaitUninterruptibly(stopped);
  }

  /** Opens the store and all doors; nothing stays open if one of them cannot be opened. */
  static Server start(Config config) throws StartFailure, StorageFailure {
    Server server = new Server(config, Log.to(System.err));
    boolean started = false;
    try {
      server.open();
      started = true;
      return server;
    } finally {
      if (!started) {
        server.close();
      }
    }
  }

  /** Closes the doors, lets mails under way be finished, then closes what they need. */
  @Override
  public void close() {
    while (!closing.isEmpty()) {
      closing.pop().run();
    }
  }

  private void warnOfRoot() {
    if (ProcessHandle.current().info().user().filter("root"::equals).isPresent()) {
      log.record(
          new Event.Note(
              clock.instant(),
              "start",
              "this runs as root, and need not: give it a user of its own, and for ports below 1024"
                  + " CAP_NET_BIND_SERVICE alone, as packaging/ehlo.service does"));
    }
  }

  private void open() throws StartFailure, StorageFailure {
    Store store = Administrator.openStore(config, log);
    closing.push(store::close);
    Directory directory = new RecentDirectory(store.directory(), clock);
    Postmaster.ensure(directory, config.domains().getFirst());
    Gatehouse gatehouse = new Gatehouse(config, directory, store.siteSecret(), log, clock, random);
    closing.push(gatehouse::close);
    MailIds ids = new MailIds(clock, random);
    Recipients recipients = new Recipients(directory::find, config.domains());
    Outbound outbound = outbound(store, recipients, ids);
    closing.push(outbound::close);
    if (config.store().embedded()) {
      ControlServer control =
          openControl(Administrator.site(config, store, directory, random, outbound::wake));
      closing.push(() -> close(control));
    }
    closing.push(doors::awaitEnd);
    closing.push(doors::close);
    closing.push(gatehouse::endPauses);
    RecentLogins recentLogins =
        new RecentLogins(config.policy().popBeforeSmtp().orElse(Duration.ZERO), log, clock);
    recentLogins.announce();
    Strangers strangers = strangers(store, outbound);
    doors.open(
        (service, encryption) ->
            smtpDoor(
                service,
                encryption,
                store,
                recipients,
                gatehouse.logins(),
                recentLogins,
                strangers,
                outbound,
                ids),
        encryption -> pop3Door(encryption, store, gatehouse.logins(), recentLogins, ids),
        like -> submitDoor(like, store, recipients));
    outbound.start();
  }

  private Outbound outbound(Store store, Recipients recipients, MailIds ids)
      throws StartFailure, StorageFailure {
    if (config.store().embedded()) {
      store.queue().recover(clock.instant());
    }
    return new Outbound(
        config,
        new Outbound.Given(
            store.spool(),
            store.queue(),
            recipients,
            ids,
            doors::smtpAddresses,
            log,
            clock,
            random));
  }

  private void close(ControlServer control) {
    try {
      control.close();
    } catch (IOException e) {
      log.record(new Event.Trouble(clock.instant(), "control", "closing fails: " + e.getMessage()));
    }
  }

  private Welcome welcome() {
    String keptIn = config.store().embedded() ? config.data().toString() : "PostgreSQL";
    return new Welcome(config.domains(), doors.shown(), keptIn, doors.showSelfSigned());
  }

  private ControlServer openControl(Site site) throws StartFailure {
    try {
      return ControlServer.open(config.data(), new Administration(site), log, clock);
    } catch (IOException e) {
      throw new StartFailure(
          "The control socket in " + config.data() + " cannot be opened: " + e.getMessage(), e);
    }
  }

  private SmtpDoor smtpDoor(
      Service service,
      Encryption encryption,
      Store store,
      Recipients recipients,
      Logins logins,
      RecentLogins recentLogins,
      Strangers strangers,
      Outbound outbound,
      MailIds ids) {
    return new SmtpDoor(
        new House(
            config.hostname().ascii(),
            config.smtp().sizeMaxOctets(),
            config.smtp().recipientsMax(),
            config.limits().errors(),
            config.limits().idleCommands(),
            config.limits().content(),
            service,
            encryption.onRequest(),
            config.smtp().xclientFrom()),
        encryption,
        config.smtp().strict(),
        config.smtp().greetPause(),
        config.limits().times().command(),
        new MailPace(
            config.limits().times().data(),
            config.limits().times().mail(),
            config.limits().times().dataRate()),
        new AccountPolicy(
            new SitePolicy(
                recipients,
                (account, octets) -> hasRoom(store, account, octets),
                relaying(recentLogins),
                senderDomains(outbound),
                new QueueStarts(config.queue().etrnFrom(), outbound.arrivals()::flush),
                new LoginRules(clearPasswordsOnLoopback(), logins::mechanisms),
                strangers),
            new Ownership(recipients),
            accountRates),
        store.spool(),
        outbound.arrivals(),
        new LostReplies(config.smtp().duplicateWindow().orElse(Duration.ZERO), clock),
        ids,
        log,
        clock,
        ZoneId.systemDefault());
  }

  /** For users of this machine: they need no login, and are no strangers. */
  private SubmitDoor submitDoor(SmtpDoor like, Store store, Recipients recipients) {
    Policy behind =
        new SitePolicy(
            recipients,
            (account, octets) -> hasRoom(store, account, octets),
            new Relaying(Network.LOOPBACK, senders(), RecentLogins.off()),
            DomainLookup.NOT_ASKED,
            QueueStarts.forNobody(),
            LoginRules.forNobody(),
            Strangers.welcome());
    return new SubmitDoor(
        like, new LocalPolicy(behind, config.policy().submitUsers()), config.domains().getFirst());
  }

  private Strangers strangers(Store store, Outbound outbound) {
    return new Strangers(
        new Strangers.Known(config.policy().relayNetworks(), config.limits().loopback()),
        new Rate(config.limits().mailRate(), clock),
        outbound.blocklists(config.policy().dnsbl(), log, clock),
        config
            .policy()
            .greylisting()
            .map(delay -> new Greylisting(delay, store.guestbook(), clock)));
  }

  private DomainLookup senderDomains(Outbound outbound) {
    return switch (config.policy().senderDomain()) {
      case ANY -> DomainLookup.NOT_ASKED;
      case MUST_EXIST -> outbound.domains();
    };
  }

  private Relaying relaying(RecentLogins recentLogins) {
    return new Relaying(config.policy().relayNetworks(), senders(), recentLogins, whereToLogIn());
  }

  private Relaying.Senders senders() {
    return switch (config.policy().sender()) {
      case ANY -> Relaying.Senders.ANY;
      case OURS -> Relaying.Senders.OURS;
    };
  }

  private String whereToLogIn() {
    return Stream.concat(
            config.listen().submission().stream(), config.listen().submissions().stream())
        .findFirst()
        .map(door -> "log in at port " + door.port() + " of " + config.hostname().ascii())
        .orElse("");
  }

  private boolean clearPasswordsOnLoopback() {
    return config.policy().cleartextPasswords() == Config.CleartextPasswords.LOOPBACK;
  }

  private static boolean hasRoom(Store store, Account account, long octets) throws StorageFailure {
    return account.quotaOctets() == 0
        || store.maildrops().usage(account.id()).octets() + Math.max(octets, 1)
            <= account.quotaOctets();
  }

  private Pop3Door pop3Door(
      Encryption encryption, Store store, Logins logins, RecentLogins recentLogins, MailIds ids) {
    return new Pop3Door(
        config.hostname().ascii(),
        config.listen().smtp().stream()
            .findFirst()
            .map(door -> "port " + door.port())
            .orElse("another server"),
        Pop3Limits.of(config.limits().errors(), config.limits().idleCommands()),
        encryption,
        clearPasswordsOnLoopback(),
        config.limits().times().pop3Idle(),
        logins,
        recentLogins,
        store.maildrops(),
        ids,
        log,
        clock);
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    boolean interrupted = true;
    while (interrupted) {
      try {
        latch.await();
        interrupted = false;
      } catch (InterruptedException e) {
        // Only the shutdown hook ends a server.
      }
    }
  }
}
