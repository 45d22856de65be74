package me.ehlo.dns;

import java.net.InetAddress;

/** The questions of somebody who looks for what is wrong: more than mail itself has to know. */
public interface DnsInspection extends Dns {

  /** The IPv6 addresses of a name. */
  Answer<InetAddress> ipv6(String name);

  /** The name that this name is only another one for (CNAME), not followed any further. */
  Answer<String> alias(String name);

  /** The names that an address says it has (PTR, RFC 1035 §3.5, RFC 3596 §2.5); lower case, without the final dot. */
  Answer<String> names(InetAddress address);
}
