package me.ehlo.sasl;

import java.util.Optional;

/** PLAIN (RFC 4616), the client's side. */
final class PlainLogin implements ClientExchange {
  private final Credentials credentials;

  PlainLogin(Credentials credentials) {
    this.credentials = credentials;
  }

  @Override
  public Optional<Said> initial() {
    String message = "\0" + credentials.user() + "\0" + credentials.secret();
    return Optional.of(
        new Said(message, "user name and password of " + Plainly.quoted(credentials.user()), true));
  }

  @Override
  public Reaction on(String challenge) {
    return new Reaction.Stop(
        "The server says " + Plainly.quoted(challenge) + ".",
        "PLAIN has nothing to say after name and password.");
  }
}
