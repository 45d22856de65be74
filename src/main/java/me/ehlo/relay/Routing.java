package me.ehlo.relay;

import me.ehlo.mail.Host;

/** Where mail goes from here, as the configuration and the DNS say at the moment of asking; nothing of it is ever kept. */
public interface Routing {

  /**
   * The line in which mails for this host stand: those that go the same way stand in the same one. Asks nobody; two hosts
   * with one route of ours share it, else each domain has its own.
   */
  String lane(Host host);

  /** The next hop for mails to this host. Blocks while it asks the DNS. */
  NextHop nextHop(Host host);
}
