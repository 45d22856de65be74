package me.ehlo.smtp.client;

import java.util.Optional;
import java.util.function.Supplier;
import me.ehlo.sasl.Channel;
import me.ehlo.sasl.ClientLogins;
import me.ehlo.sasl.Credentials;

/**
 * How we present ourselves to a server, and what we ask of it.
 *
 * @param name ours, behind EHLO
 * @param host the server's, as people read it: {@code mx1.example.org [192.0.2.7]}
 * @param encryption whether STARTTLS is said
 * @param login said only when the encryption has been verified
 */
public record Terms(String name, String host, Encryption encryption, Optional<Login> login) {

  /** What is asked of the encryption. */
  public enum Encryption {
    /** In the clear, because the handshake has just failed. */
    NONE,
    /** Where it is offered. */
    IF_OFFERED,
    /** Never in the clear. */
    REQUIRED
  }

  /**
   * What it takes to log in (RFC 4954).
   *
   * @param server its name, as we called it
   * @param port the one we called
   * @param nonces random words, none twice
   */
  public record Login(Credentials credentials, String server, int port, Supplier<String> nonces) {

    ClientLogins over(Channel channel) {
      return new ClientLogins(channel, server, port, nonces);
    }

    /** Without the password. */
    @Override
    public String toString() {
      return "Login[" + credentials + "]";
    }
  }
}
