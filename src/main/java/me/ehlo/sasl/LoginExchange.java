package me.ehlo.sasl;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** LOGIN (draft-murchison-sasl-login): never a standard, and still what many clients know best. */
final class LoginExchange implements Exchange {
  private final Authority authority;
  private @Nullable String name;

  LoginExchange(Authority authority) {
    this.authority = authority;
  }

  @Override
  public Step begin(Optional<String> initial) {
    return initial.map(this::on).orElseGet(() -> new Step.Challenge("Username:"));
  }

  @Override
  public Step on(String response) {
    if (response.isEmpty() || response.indexOf('\0') >= 0) {
      return Step.malformed();
    }
    if (name == null) {
      name = response;
      return new Step.Challenge("Password:");
    }
    return new Step.Over(authority.password(name, response));
  }
}
