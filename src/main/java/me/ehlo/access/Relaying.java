package me.ehlo.access;

import java.util.List;
import java.util.Optional;
import me.ehlo.mail.Mailbox;
import me.ehlo.mail.Network;
import me.ehlo.mail.ReversePath;
import me.ehlo.smtp.Replies;
import me.ehlo.smtp.Reply;
import me.ehlo.smtp.server.Client;

/**
 * Who may have mail relayed to other sites: users who have logged in, clients in networks we trust, and users who have
 * just read their mail.
 */
public final class Relaying {
  private final List<Network> networks;
  private final Senders senders;
  private final RecentLogins logins;
  private final String whereToLogIn;

  /** Which reverse-paths who relays may use ({@code policy.sender}). */
  public enum Senders {
    ANY,
    /** Addresses of our own domains, and none at all: {@code <>}. */
    OURS
  }

  /**
   * @param whereToLogIn what users of ours are told, such as {@code log in at port 587}; empty: nobody can
   */
  public Relaying(
      List<Network> networks, Senders senders, RecentLogins logins, String whereToLogIn) {
    this.networks = List.copyOf(networks);
    this.senders = senders;
    this.logins = logins;
    this.whereToLogIn = whereToLogIn;
  }

  /** Where nobody can log in. */
  public Relaying(List<Network> networks, Senders senders, RecentLogins logins) {
    this(networks, senders, logins, "");
  }

  /** Where nobody may. */
  public static Relaying forNobody() {
    return new Relaying(List.of(), Senders.ANY, RecentLogins.off());
  }

  /**
   * Why this client may not send from here to that mailbox elsewhere; empty: it may.
   *
   * @param ours whether the reverse-path is of one of our domains
   */
  Optional<Reply> refusal(Client client, ReversePath from, boolean ours, Mailbox to) {
    if (client.login().isEmpty() && !isTrusted(client.address())) {
      return Optional.of(Reply.of(Replies.RELAYING_DENIED, to, to.host(), wayOut()));
    }
    boolean fits = senders == Senders.ANY || ours || from instanceof ReversePath.Null;
    return fits ? Optional.empty() : Optional.of(Reply.of(Replies.SENDER_NOT_OURS, from));
  }

  private String wayOut() {
    return whereToLogIn.isEmpty()
        ? "Use its own mail server, or ask the postmaster to let your network relay"
        : "Use its own mail server; if you have an account here, " + whereToLogIn;
  }

  private boolean isTrusted(String address) {
    return networks.stream().anyMatch(network -> network.contains(address))
        || logins.opens(address);
  }
}
