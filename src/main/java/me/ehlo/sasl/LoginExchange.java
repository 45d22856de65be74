package me.ehlo.sasl;

import java.util.Optional;

/** LOGIN (draft-murchison-sasl-login): never a standard, and still what many clients know best. */
final class LoginExchange implements Exchange {
  private final Authority authority;
  private String name = "";

  LoginExchange(Authority authority) {
    this.authority = authority;
  }

  @Override
  public Step begin(Optional<String> initial) {
    return initial.map(this::on).orElseGet(() -> new Step.Challenge("Username:"));
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Step on(String response) {
    if (response.isEmpty() || response.indexOf('\0') >= 0) {
      return Step.malformed();
    }
    if (name.isEmpty()) {
      name = response;
      return new Step.Challenge("Password:");
    }
    return new Step.Over(authority.password(name, response));
  }
}
