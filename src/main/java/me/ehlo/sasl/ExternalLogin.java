package me.ehlo.sasl;

import java.util.Optional;

/** EXTERNAL (RFC 4422 Appendix A), the client's side: the server knows us by our certificate. */
final class ExternalLogin implements ClientExchange {
  private final Credentials credentials;

  ExternalLogin(Credentials credentials) {
    this.credentials = credentials;
  }

  @Override
  public Optional<Said> initial() {
    String user = credentials.user();
    return Optional.of(
        new Said(
            user,
            user.isEmpty() ? "we are who the certificate says" : "whom the certificate stands for",
            false));
  }

  @Override
  public Reaction on(String challenge) {
    return new Reaction.Stop(
        "The server says " + Plainly.quoted(challenge) + ".",
        "EXTERNAL has nothing more to say: the certificate has said it.");
  }
}
