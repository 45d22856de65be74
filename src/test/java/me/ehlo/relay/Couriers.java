package me.ehlo.relay;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import me.ehlo.access.Recipients;
import me.ehlo.mail.Host;
import me.ehlo.trace.Journal;

/** Couriers for tests: impatient, and with a routing made of a function. */
public final class Couriers {
  public static final Timeouts IMPATIENT =
      new Timeouts(
          Duration.ofSeconds(5),
          Duration.ofMillis(300),
          Duration.ofMillis(300),
          Duration.ofMillis(300),
          Duration.ofMillis(300),
          Duration.ofMillis(300),
          Duration.ofMinutes(1));

  private Couriers() {}

  static RelayCourier to(Mailbag bag, BadServer server) {
    return with(bag, RelayLimits.DEFAULT, Timeouts.DEFAULT, _ -> servers(server));
  }

  static NextHop.Servers servers(BadServer... servers) {
    return new NextHop.Servers(List.of(servers).stream().map(s -> peer(s.address())).toList());
  }

  public static NextHop.Peer peer(InetSocketAddress address) {
    return new NextHop.Peer("mx.test", address, NextHop.TlsDemand.OPPORTUNISTIC, Optional.empty());
  }

  public static RelayCourier with(
      Mailbag bag, RelayLimits limits, Timeouts timeouts, Function<Host, NextHop> way) {
    return with(
        bag,
        limits,
        timeouts,
        way,
        _ -> new Recipients.Found.Unknown(),
        Tls.ofTheMachine(),
        _ -> {});
  }

  static RelayCourier with(
      Mailbag bag,
      RelayLimits limits,
      Timeouts timeouts,
      Function<Host, NextHop> way,
      Residents residents,
      SSLContext trust,
      Journal journal) {
    return new RelayCourier(
        "here.test",
        new Ways(way),
        residents,
        bag,
        limits,
        timeouts,
        trust,
        journal,
        InstantSource.system(),
        new Random(1));
  }

  /** Each domain has its own lane. */
  private record Ways(Function<Host, NextHop> way) implements Routing {
    @Override
    public String lane(Host host) {
      return host.toString();
    }

    @Override
    public NextHop nextHop(Host host) {
      return way.apply(host);
    }
  }
}
