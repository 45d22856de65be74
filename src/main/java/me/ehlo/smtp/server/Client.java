package me.ehlo.smtp.server;

import java.util.Optional;
import me.ehlo.mail.Mailbox;
import me.ehlo.sasl.Channel;
import me.ehlo.sasl.Identity;

/**
 * Who is at the other end of the wire, as far as is known by now.
 *
 * @param conversation the id that finds this conversation in the log
 * @param address an IP address as text, without brackets or zone
 * @param peer the address that the wire leads to: the same one, or that of a proxy who has told the client's
 * @param channel what the conversation runs over
 * @param login who has logged in; empty: nobody has
 * @param user the user of this machine who is there, if the connection came from within it and tells
 */
public record Client(
    String conversation,
    String address,
    String peer,
    Channel channel,
    Optional<Identity> login,
    Optional<LocalUser> user) {
  private static final String HERE = "127.0.0.1";

  /** One who has come over a network. */
  public Client(
      String conversation, String address, String peer, Channel channel, Optional<Identity> login) {
    this(conversation, address, peer, channel, login, Optional.empty());
  }

  /** One who has just come. */
  public Client(String conversation, String address) {
    this(conversation, address, address, Channel.CLEAR, Optional.empty());
  }

  /** A user of this machine who has just come, by a way that nobody else can go. */
  public Client(String conversation, LocalUser user) {
    this(conversation, HERE, HERE, Channel.CLEAR, Optional.empty(), Optional.of(user));
  }

  /** The address under which this client submits mail; empty for one who hands on the mail of others. */
  public Optional<Mailbox> author() {
    return user.map(LocalUser::address).or(() -> login.map(Identity::address));
  }

  /** The same client behind TLS: what was said before could have been anybody's words (RFC 3207 §4.2). */
  public Client over(Channel encrypted) {
    return new Client(conversation, address, peer, encrypted, Optional.empty());
  }

  /** The same client, known by name. */
  public Client as(Identity identity) {
    return new Client(conversation, address, peer, channel, Optional.of(identity));
  }

  /** Another client, for whom the peer speaks from here on. */
  public Client at(String other) {
    return new Client(conversation, other, peer, channel, Optional.empty());
  }

  /** The address as a literal: {@code [192.0.2.1]} or {@code [IPv6:2001:db8::1]} (RFC 5321 §4.1.3). */
  public String literal() {
    return address.indexOf(':') < 0 ? "[" + address + "]" : "[IPv6:" + address + "]";
  }
}
