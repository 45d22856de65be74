package me.ehlo.smtp.client;

import java.util.Optional;

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

  /** A user name and a password (RFC 4954). */
  public record Login(String user, String password) {

    /** Without the password. */
    @Override
    public String toString() {
      return "Login[user=" + user + "]";
    }
  }
}
