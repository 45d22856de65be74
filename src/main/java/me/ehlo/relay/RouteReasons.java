package me.ehlo.relay;

import me.ehlo.mail.Reason;

/** Why a mail has no next server to go to: for good (5.x.x), or for now (4.x.x). Their ids are stable. */
public final class RouteReasons {

  // ---- what the domain says of itself
  public static final Reason NO_SUCH_DOMAIN =
      new Reason("no-such-domain", 550, "5.1.2", "There is no domain {}; is it spelled right?");
  // RFC 7505 §4.1
  public static final Reason NULL_MX =
      new Reason("null-mx", 556, "5.1.10", "The domain {} takes no mail: it says so in the DNS");
  public static final Reason NO_MAIL_HOST =
      new Reason(
          "no-mail-host",
          550,
          "5.4.4",
          "No server takes mail for {}: none of its hosts has an address");
  public static final Reason DNS_TROUBLE =
      new Reason(
          "dns-trouble", 451, "4.4.3", "The DNS cannot tell just now where mail for {} goes ({})");

  // ---- what would lead back here
  public static final Reason LOOPS_BACK =
      new Reason(
          "mail-loops-back",
          554,
          "5.4.6",
          "Mail for {} loops back to us: the DNS says that this server takes it, and its domains do"
              + " not include it");
  public static final Reason ROUTE_TO_US =
      new Reason(
          "route-to-us", 451, "4.3.5", "The server {}, set for mail for {}, is this server itself");

  // ---- our own routes
  public static final Reason SERVER_UNKNOWN =
      new Reason(
          "next-server-unknown",
          451,
          "4.4.4",
          "The server {}, set for mail for {}, has no address");
  public static final Reason SERVER_TROUBLE =
      new Reason(
          "next-server-dns-trouble",
          451,
          "4.4.3",
          "The DNS cannot tell just now the address of {}, set for mail for {} ({})");

  private RouteReasons() {}
}
