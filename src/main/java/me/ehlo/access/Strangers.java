package me.ehlo.access;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import me.ehlo.mail.ForwardPath;
import me.ehlo.mail.LocalPart;
import me.ehlo.mail.Mailbox;
import me.ehlo.mail.Network;
import me.ehlo.mail.Reason;
import me.ehlo.mail.ReversePath;
import me.ehlo.smtp.GuestReplies;
import me.ehlo.smtp.Reply;
import me.ehlo.smtp.server.Client;

/**
 * What is asked of clients that nobody knows before their mail to our users is taken: how often, who lists them, and whether
 * they come again.
 *
 * <p>Known is who has logged in, stands in a network that may relay, or is this machine itself.
 */
public final class Strangers {
  private static final String POSTMASTER = "postmaster";

  private final Known known;
  private final Rate mails;
  private final Blocklists blocklists;
  private final Optional<Greylisting> greylisting;

  /**
   * Who is no stranger without a login.
   *
   * @param networks those that may relay
   * @param loopback whether this machine itself is treated as others are
   */
  public record Known(List<Network> networks, boolean loopback) {
    public Known {
      networks = List.copyOf(networks);
    }
  }

  /**
   * Makes one.
   *
   * @param mails from one address, whoever it is
   * @param greylisting empty: it is off
   */
  public Strangers(
      Known known, Rate mails, Blocklists blocklists, Optional<Greylisting> greylisting) {
    this.known = known;
    this.mails = mails;
    this.blocklists = blocklists;
    this.greylisting = greylisting;
  }

  /** Where all are welcome who come from this machine. */
  public static Strangers welcome() {
    return new Strangers(
        new Known(List.of(), false),
        new Rate(1_000_000, () -> Instant.EPOCH),
        Blocklists.NONE,
        Optional.empty());
  }

  /** Why no mail is taken from this client just now, whoever it is for; empty: it is. */
  Optional<Reply> refusal(Client client) {
    InetAddress address = address(client);
    return isOurselves(address) || mails.allows(Origin.of(address).address())
        ? Optional.empty()
        : reply(GuestReplies.MAILS_TOO_OFTEN, mails.perMinute(), Origin.of(address).address());
  }

  /** Why this mail to one of our users is not taken from this client; empty: it is. */
  Optional<Reply> refusal(Client client, ReversePath from, ForwardPath to) {
    InetAddress address = address(client);
    boolean isStranger =
        client.login().isEmpty()
            && !isOurselves(address)
            && known.networks.stream().noneMatch(network -> network.contains(address));
    // RFC 5321 §4.5.1: whoever is refused can still write to the postmaster.
    return isStranger && !isPostmaster(to)
        ? blocklisted(address, to).or(() -> greylisted(address, from, to))
        : Optional.empty();
  }

  private Optional<Reply> blocklisted(InetAddress address, ForwardPath to) {
    return blocklists
        .listing(address)
        .flatMap(listing ->
            reply(
                GuestReplies.BLOCKLISTED,
                to,
                address.getHostAddress(),
                listing.zone(),
                listing.text().isEmpty() ? "" : " (" + listing.text() + ")"));
  }

  /** Not {@code <>}: a report on a mail of ours, or a callout that only asks whether we are here. */
  private Optional<Reply> greylisted(InetAddress address, ReversePath from, ForwardPath to) {
    return from instanceof ReversePath.Null
        ? Optional.empty()
        : greylisting
            .flatMap(it -> it.wait(address, from, to))
            .flatMap(left -> reply(GuestReplies.GREYLISTED, to, seconds(left)));
  }

  private boolean isOurselves(InetAddress address) {
    return !known.loopback && address.isLoopbackAddress();
  }

  private static InetAddress address(Client client) {
    return InetAddress.ofLiteral(client.address());
  }

  private static boolean isPostmaster(ForwardPath to) {
    return switch (to) {
      case ForwardPath.Postmaster() -> true;
      case ForwardPath.To(Mailbox(LocalPart name, _)) ->
          name.withoutDetail().key().equals(POSTMASTER);
    };
  }

  /** Rounded up, so that who comes after so many is not too early. */
  private static long seconds(Duration left) {
    return left.plusMillis(999).toSeconds();
  }

  private static Optional<Reply> reply(Reason reason, Object... values) {
    return Optional.of(Reply.of(reason, values));
  }
}
