package me.ehlo.access;

import java.util.function.Function;
import me.ehlo.mail.Network;
import me.ehlo.sasl.Authority;
import me.ehlo.sasl.Mechanisms;
import me.ehlo.smtp.server.Client;

/** How clients may log in: by no password that anybody on the way could read. */
public final class LoginRules {
  private final boolean clearOnLoopback;
  private final Function<String, Authority> authorities;

  /**
   * @param clearOnLoopback whether within this machine a password may be given without TLS
   *     ({@code policy.cleartext-passwords})
   * @param authorities who knows the secrets, for a client at this address
   */
  public LoginRules(boolean clearOnLoopback, Function<String, Authority> authorities) {
    this.clearOnLoopback = clearOnLoopback;
    this.authorities = authorities;
  }

  /** Where nobody may log in. */
  public static LoginRules forNobody() {
    return new LoginRules(false, _ -> Mechanisms.none().authority());
  }

  /** The mechanisms for this client, here and now. */
  Mechanisms mechanisms(Client client) {
    boolean secret = client.channel().encrypted() || clearOnLoopback && staysHere(client);
    return secret ? Mechanisms.ofPasswords(authorities.apply(client.address())) : Mechanisms.none();
  }

  /** Where a proxy speaks for the client, the password has come a long way before it came here. */
  private static boolean staysHere(Client client) {
    return isLoopback(client.peer()) && isLoopback(client.address());
  }

  private static boolean isLoopback(String address) {
    return Network.LOOPBACK.stream().anyMatch(network -> network.contains(address));
  }
}
