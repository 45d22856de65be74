package me.ehlo.smtp.server;

import java.util.Optional;
import me.ehlo.sasl.Channel;
import me.ehlo.sasl.Identity;

/**
 * Who is at the other end of the wire, as far as is known by now.
 *
 * @param conversation the id that finds this conversation in the log
 * @param address an IP address as text, without brackets or zone
 * @param channel what the conversation runs over
 * @param login who has logged in; empty: nobody has
 */
public record Client(
    String conversation, String address, Channel channel, Optional<Identity> login) {

  /** One who has just come. */
  public Client(String conversation, String address) {
    this(conversation, address, Channel.CLEAR, Optional.empty());
  }

  /** The same client behind TLS: what was said before could have been anybody's words (RFC 3207 §4.2). */
  public Client over(Channel encrypted) {
    return new Client(conversation, address, encrypted, Optional.empty());
  }

  /** The same client, known by name. */
  public Client as(Identity identity) {
    return new Client(conversation, address, channel, Optional.of(identity));
  }

  /** The address as a literal: {@code [192.0.2.1]} or {@code [IPv6:2001:db8::1]} (RFC 5321 §4.1.3). */
  public String literal() {
    return address.indexOf(':') < 0 ? "[" + address + "]" : "[IPv6:" + address + "]";
  }
}
