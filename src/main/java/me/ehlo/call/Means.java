package me.ehlo.call;

import java.time.InstantSource;
import me.ehlo.dns.DnsInspection;
import me.ehlo.net.Dialer;

/**
 * What every command that calls servers is given.
 *
 * @param names the DNS alone, without the hosts file
 * @param hostname ours, said behind EHLO where nobody says another
 */
public record Means(
    Dialer dialer,
    Directions directions,
    DnsInspection names,
    String hostname,
    InstantSource clock) {

  /** The same, with connections that somebody else makes. */
  public Means by(Dialer other) {
    return new Means(other, directions, names, hostname, clock);
  }
}
