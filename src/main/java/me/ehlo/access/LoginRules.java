package me.ehlo.access;

import java.util.function.BiFunction;
import me.ehlo.mail.Network;
import me.ehlo.sasl.Channel;
import me.ehlo.sasl.Mechanisms;
import me.ehlo.smtp.server.Client;

/** How clients may log in: by no password that anybody on the way could read. */
public final class LoginRules {
  private final boolean clearOnLoopback;
  private final BiFunction<String, Channel, Mechanisms> mechanisms;

  /**
   * @param clearOnLoopback whether within this machine a password may be given without TLS
   *     ({@code policy.cleartext-passwords})
   * @param mechanisms for a client at this address, over this channel
   */
  public LoginRules(boolean clearOnLoopback, BiFunction<String, Channel, Mechanisms> mechanisms) {
    this.clearOnLoopback = clearOnLoopback;
    this.mechanisms = mechanisms;
  }

  /** Where nobody may log in. */
  public static LoginRules forNobody() {
    return new LoginRules(false, (_, _) -> Mechanisms.none());
  }

  /** The mechanisms for this client, here and now. */
  Mechanisms mechanisms(Client client) {
    boolean secret = client.channel().encrypted() || clearOnLoopback && staysHere(client);
    return secret ? mechanisms.apply(client.address(), client.channel()) : Mechanisms.none();
  }

  /** Where a proxy speaks for the client, the password has come a long way before it came here. */
  private static boolean staysHere(Client client) {
    return isLoopback(client.peer()) && isLoopback(client.address());
  }

  private static boolean isLoopback(String address) {
    return Network.LOOPBACK.stream().anyMatch(network -> network.contains(address));
  }
}
