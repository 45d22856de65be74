package me.ehlo.sasl;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The mechanisms that one client may use here and now.
 *
 * @param names in the order in which they are offered, the best first; none: nobody may log in on this connection
 */
public record Mechanisms(List<String> names, Authority authority) {
  private static final String PLAIN = "PLAIN";
  private static final String LOGIN = "LOGIN";

  public Mechanisms {
    names = List.copyOf(names);
  }

  /** Where no password may be given. */
  public static Mechanisms none() {
    return new Mechanisms(List.of(), (_, _) -> Verdict.refused(Verdict.Why.WRONG));
  }

  /** Those that send the password itself. */
  public static Mechanisms ofPasswords(Authority authority) {
    return new Mechanisms(List.of(PLAIN, LOGIN), authority);
  }

  /** Whether nobody may log in on this connection. */
  public boolean areNone() {
    return names.isEmpty();
  }

  /** A run of the mechanism of this name, in any case; empty if it is not offered. */
  public Optional<Exchange> exchange(String name) {
    String upper = name.toUpperCase(Locale.ROOT);
    if (!names.contains(upper)) {
      return Optional.empty();
    }
    return switch (upper) {
      case PLAIN -> Optional.of(new PlainExchange(authority));
      case LOGIN -> Optional.of(new LoginExchange(authority));
      default -> Optional.empty();
    };
  }
}
