package me.ehlo.dns;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import org.xbill.DNS.ResolverConfig;

/** The servers that this machine asks, {@code /etc/resolv.conf}'s on most; looked at again now and then, as they change. */
public final class SystemServers implements Supplier<List<InetSocketAddress>> {
  private static final Duration HOLDS = Duration.ofSeconds(30);

  private final InstantSource clock;
  private List<InetSocketAddress> servers = List.of();
  private Instant until = Instant.MIN;

  public SystemServers(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public synchronized List<InetSocketAddress> get() {
    Instant now = clock.instant();
    if (!now.isBefore(until)) {
      ResolverConfig.refresh();
      servers = List.copyOf(ResolverConfig.getCurrentConfig().servers());
      until = now.plus(HOLDS);
    }
    return servers;
  }
}
