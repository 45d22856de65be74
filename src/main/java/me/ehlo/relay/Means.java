package me.ehlo.relay;

import java.time.InstantSource;
import java.util.function.Supplier;
import me.ehlo.net.Dialer;
import me.ehlo.net.TlsClient;
import me.ehlo.spool.Spool;
import me.ehlo.trace.Event;
import me.ehlo.trace.Journal;

/** What every conversation with a server needs. */
record Means(
    String hostname,
    Dialer dialer,
    TlsClient tls,
    Supplier<String> nonces,
    Spool spool,
    RelayLimits limits,
    Timeouts timeouts,
    Journal journal,
    InstantSource clock) {

  void trouble(String what) {
    journal.record(new Event.Trouble(clock.instant(), "relay", what));
  }
}
