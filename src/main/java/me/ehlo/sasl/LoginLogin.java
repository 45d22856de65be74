package me.ehlo.sasl;

/** LOGIN (draft-murchison-sasl-login), the client's side: first the name, then the password, however they are asked for. */
final class LoginLogin implements ClientExchange {
  private final Credentials credentials;
  private int asked;

  LoginLogin(Credentials credentials) {
    this.credentials = credentials;
  }

  @Override
  public Reaction on(String challenge) {
    asked++;
    String heard = "The server asks " + Plainly.quoted(challenge);
    return switch (asked) {
      case 1 ->
          new Reaction.Answer(
              heard + ": the user name.", new Said(credentials.user(), "the user name", false));
      case 2 ->
          new Reaction.Answer(
              heard + ": the password.", new Said(credentials.secret(), "the password", true));
      default ->
          new Reaction.Stop(heard + ".", "LOGIN has nothing to say after name and password.");
    };
  }
}
