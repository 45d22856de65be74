package me.ehlo;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import me.ehlo.access.Account;
import me.ehlo.access.Blocklists;
import me.ehlo.access.DomainLookup;
import me.ehlo.access.Recipients;
import me.ehlo.config.Config;
import me.ehlo.dns.Dnsbl;
import me.ehlo.dns.HostsFile;
import me.ehlo.dns.MxLookup;
import me.ehlo.dns.Resolver;
import me.ehlo.dns.SenderDomains;
import me.ehlo.dsn.DsnComposer;
import me.ehlo.mail.Domain;
import me.ehlo.mail.ForwardPath;
import me.ehlo.mail.Mailbox;
import me.ehlo.mail.Notify;
import me.ehlo.mail.Recipient;
import me.ehlo.mail.StorageFailure;
import me.ehlo.queue.Queue;
import me.ehlo.queue.QueueRunner;
import me.ehlo.queue.Reports;
import me.ehlo.queue.RetrySchedule;
import me.ehlo.queue.Runs;
import me.ehlo.relay.NextHop.Login;
import me.ehlo.relay.NextHop.TlsDemand;
import me.ehlo.relay.RelayCourier;
import me.ehlo.relay.RelayLimits;
import me.ehlo.relay.Route;
import me.ehlo.relay.Routes;
import me.ehlo.relay.Self;
import me.ehlo.relay.Timeouts;
import me.ehlo.relay.Way;
import me.ehlo.spool.Arrivals;
import me.ehlo.spool.MailIds;
import me.ehlo.spool.Spool;
import me.ehlo.trace.Journal;

/** The wiring of mail that leaves: names, routes, the courier and the queue's loop, in start order; stopping is the reverse. */
final class Outbound implements AutoCloseable {
  private static final Path HOSTS = Path.of("/etc/hosts");

  private final Resolver resolver;
  private final RelayCourier courier;
  private final QueueRunner runner;

  /** What it is given by the rest of the house. */
  record Given(
      Spool spool,
      Queue queue,
      Recipients recipients,
      MailIds ids,
      Supplier<Collection<InetSocketAddress>> doors,
      Journal journal,
      InstantSource clock,
      SecureRandom random) {}

  Outbound(Config config, Given given) throws StartFailure {
    Wires wires = new Wires(config);
    this.resolver =
        new Resolver(
            Client.servers(config, given.clock),
            given.random,
            given.clock,
            Resolver.Patience.DEFAULT);
    this.courier =
        new RelayCourier(
            config.hostname().ascii(),
            routes(config, wires, given),
            mailbox -> given.recipients.resolve(new ForwardPath.To(mailbox)),
            given.spool,
            RelayLimits.DEFAULT.with(config.relay().connections(), config.relay().perDestination()),
            Timeouts.DEFAULT,
            trust(),
            given.journal,
            given.clock,
            given.random);
    Reports reports =
        new Reports(
            given.spool,
            mailbox -> reader(given.recipients, mailbox),
            new DsnComposer(config.hostname().ascii(), ZoneId.systemDefault()),
            given.ids,
            config.queue().doubleBounceTo());
    QueueRunner.Parts parts =
        new QueueRunner.Parts(
            given.queue, courier, wires.schedule(given.random), wires.runs(), given.journal);
    this.runner = new QueueRunner(parts, reports, given.clock);
  }

  void start() {
    runner.start();
  }

  Arrivals arrivals() {
    return runner;
  }

  /** Somebody has changed the queue. */
  void wake() {
    runner.wake();
  }

  DomainLookup domains() {
    return new SenderDomains(resolver);
  }

  /** Who has a bad name, as these zones know it. */
  Blocklists blocklists(List<Domain> zones, Journal journal, InstantSource clock) {
    return zones.isEmpty() ? Blocklists.NONE : new Dnsbl(resolver, zones, journal, clock);
  }

  @Override
  public void close() {
    runner.stop();
    courier.close();
    runner.close();
  }

  private Routes routes(Config config, Wires wires, Given given) {
    return new Routes(
        Set.copyOf(config.domains()),
        config.relay().routes().stream().map(wires::route).toList(),
        wires.otherwise(),
        config.relay().port(),
        new Self(config.hostname().ascii(), given.doors),
        new HostsFile(HOSTS, resolver),
        new MxLookup(resolver, given.random));
  }

  private static SSLContext trust() throws StartFailure {
    try {
      return SSLContext.getDefault();
    } catch (NoSuchAlgorithmException e) {
      throw new StartFailure("TLS cannot be used on this Java: " + e.getMessage(), e);
    }
  }

  /** Whoever reads a report: a user of ours, whoever an alias leads to, or somebody elsewhere. */
  private static Optional<Recipient> reader(Recipients recipients, Mailbox mailbox)
      throws StorageFailure {
    return switch (recipients.resolve(new ForwardPath.To(mailbox))) {
      case Recipients.Found.Users(var accounts, var elsewhere) ->
          Optional.of(
              new Recipient(
                  new ForwardPath.To(mailbox),
                  accounts.stream().map(Account::id).toList(),
                  elsewhere,
                  Notify.UNSAID,
                  Optional.empty()));
      case Recipients.Found.Elsewhere(var there) -> Optional.of(Recipient.elsewhere(there));
      case Recipients.Found.Unknown(), Recipients.Found.Loop() -> Optional.empty();
    };
  }

  /** The configuration in the words of the rooms. */
  private record Wires(Config config) {

    Way otherwise() {
      Config.Relay relay = config.relay();
      Optional<Login> login = relay.login().map(it -> new Login(it.user(), it.password()));
      return relay
          .smartHost()
          .<Way>map(host -> new Way.ByServer(host.host(), host.port(), demand(relay.tls()), login))
          .orElseGet(() -> new Way.ByDns(demand(relay.tls())));
    }

    Route route(me.ehlo.config.Route route) {
      TlsDemand tls = demand(route.tls().orElse(config.relay().tls()));
      Way way =
          route
              .server()
              .<Way>map(host -> new Way.ByServer(host.host(), host.port(), tls, Optional.empty()))
              .orElseGet(() -> new Way.ByDns(tls));
      return new Route(route.domain(), route.subdomains(), way);
    }

    RetrySchedule schedule(SecureRandom random) {
      Config.Queue queue = config.queue();
      return new RetrySchedule(queue.retry(), queue.expire(), queue.warn(), random);
    }

    Runs runs() {
      return config.queue().deliverEvery().map(Runs::new).orElse(Runs.AT_ONCE);
    }

    private static TlsDemand demand(Config.RelayTls tls) {
      return switch (tls) {
        case OPPORTUNISTIC -> TlsDemand.OPPORTUNISTIC;
        case REQUIRE -> TlsDemand.REQUIRE;
        case VERIFY -> TlsDemand.VERIFY;
      };
    }
  }
}
