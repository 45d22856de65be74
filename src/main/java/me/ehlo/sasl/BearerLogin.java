package me.ehlo.sasl;

import java.util.Optional;

/**
 * OAUTHBEARER (RFC 7628) and XOAUTH2, which Google made before it and Microsoft took over; the client's side: a token is
 * shown. A refusal comes as a challenge in JSON that has to be answered, and then as a reply.
 */
final class BearerLogin implements ClientExchange {
  private static final String SEPARATOR = "\1";

  private final Said token;
  private final String acknowledgement;
  private boolean refused;

  private BearerLogin(String message, String acknowledgement, Credentials credentials) {
    this.token = new Said(message, "token of " + Plainly.quoted(credentials.user()), true);
    this.acknowledgement = acknowledgement;
  }

  static BearerLogin xoauth2(Credentials credentials) {
    String message = "user=" + credentials.user() + SEPARATOR + auth(credentials) + SEPARATOR;
    return new BearerLogin(message, "", credentials);
  }

  /** RFC 7628 §3.1; a server's name and port, so that a token cannot be shown to another. */
  static BearerLogin oauthBearer(Credentials credentials, String host, int port) {
    String message =
        "n,"
            + (credentials.user().isEmpty() ? "" : "a=" + ScramLogin.saslname(credentials.user()))
            + ","
            + SEPARATOR
            + "host="
            + host
            + SEPARATOR
            + "port="
            + port
            + SEPARATOR
            + auth(credentials)
            + SEPARATOR;
    return new BearerLogin(message, SEPARATOR, credentials); // §3.2.3: %x01 ends a failed exchange
  }

  private static String auth(Credentials credentials) {
    return "auth=Bearer " + credentials.secret() + SEPARATOR;
  }

  @Override
  public Optional<Said> initial() {
    return Optional.of(token);
  }

  @Override
  public Reaction on(String challenge) {
    if (refused) {
      return new Reaction.Stop(
          "The server says " + Plainly.quoted(challenge) + ".",
          "It has refused the token already.");
    }
    refused = true;
    return new Reaction.Answer(
        TokenRefusal.of(challenge).sentence(),
        new Said(acknowledgement, "that we have heard it", false));
  }
}
