package me.ehlo;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import me.ehlo.call.Directions;
import me.ehlo.call.Means;
import me.ehlo.config.Config;
import me.ehlo.config.Endpoint;
import me.ehlo.dns.HostsFile;
import me.ehlo.dns.MxLookup;
import me.ehlo.dns.Resolver;
import me.ehlo.dns.SystemServers;
import me.ehlo.net.Dialer;

/** The wiring of the commands that call servers: {@code talk}, {@code send} and {@code check}. */
final class Client implements AutoCloseable {
  private static final Path HOSTS = Path.of("/etc/hosts");
  private static final Duration LAST_WORDS = Duration.ofSeconds(1);

  private final Means means;

  Client(Config config) {
    InstantSource clock = InstantSource.system();
    SecureRandom random = new SecureRandom();
    Resolver resolver =
        new Resolver(servers(config, clock), random, clock, Resolver.Patience.DEFAULT);
    this.means =
        new Means(
            new Dialer("call"),
            new Directions(new HostsFile(HOSTS, resolver), new MxLookup(resolver, random)),
            resolver,
            config.hostname().ascii(),
            clock);
  }

  /** The servers of the DNS that are asked: those of the configuration, else the system's. */
  static Supplier<List<InetSocketAddress>> servers(Config config, InstantSource clock) {
    List<Endpoint> servers = config.dns().servers();
    return servers.isEmpty()
        ? new SystemServers(clock)
        : () -> servers.stream().map(Endpoint::address).toList();
  }

  Means means() {
    return means;
  }

  @Override
  public void close() {
    means.dialer().close(LAST_WORDS);
  }
}
