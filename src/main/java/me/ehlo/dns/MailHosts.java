package me.ehlo.dns;

import java.net.InetAddress;
import java.util.List;

/** Who takes mail for a domain, as RFC 5321 §5.1 finds it. */
public sealed interface MailHosts {

  /** These hosts, in the order in which they are tried; at least one, each with at least one address. */
  record Hosts(List<Host> hosts) implements MailHosts {
    public Hosts {
      hosts = List.copyOf(hosts);
    }
  }

  /**
   * One of them.
   *
   * @param preference the lower, the earlier; 0 for the domain itself when it has no MX record
   * @param name as the MX record gives it, in lower case and without the final dot
   */
  record Host(int preference, String name, List<InetAddress> addresses) {
    public Host {
      addresses = List.copyOf(addresses);
    }
  }

  /** The domain says that it takes no mail (RFC 7505). */
  record NullMx() implements MailHosts {}

  /** There is no such domain. */
  record NoSuchDomain() implements MailHosts {}

  /** The domain exists, and neither it nor any host that its MX records name has an address. */
  record NoAddress() implements MailHosts {}

  /** The DNS cannot tell now. */
  record Trouble(String why) implements MailHosts {}
}
