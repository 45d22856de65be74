package me.ehlo.call;

import java.time.InstantSource;
import me.ehlo.dns.Dns;
import me.ehlo.net.Dialer;

/**
 * What every command that calls servers is given.
 *
 * @param names the DNS alone, without the hosts file
 * @param hostname ours, said behind EHLO where nobody says another
 */
public record Means(
    Dialer dialer, Directions directions, Dns names, String hostname, InstantSource clock) {}
