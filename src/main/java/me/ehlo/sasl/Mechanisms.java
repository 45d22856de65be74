package me.ehlo.sasl;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The mechanisms that one client may use here and now.
 *
 * @param names in the order in which they are offered, the best first; none: nobody may log in on this connection
 * @param binding of SCRAM to the channel, in hex; empty: not offered
 */
public record Mechanisms(List<String> names, Authority authority, Optional<String> binding) {
  private static final String PLAIN = "PLAIN";
  private static final String LOGIN = "LOGIN";
  private static final String SCRAM = "SCRAM-SHA-256";
  private static final String SCRAM_PLUS = "SCRAM-SHA-256-PLUS";
  private static final Set<String> KNOWN = Set.of(PLAIN, LOGIN, SCRAM, SCRAM_PLUS);

  public Mechanisms {
    names = List.copyOf(names);
  }

  /** Where no password may be given. */
  public static Mechanisms none() {
    return new Mechanisms(List.of(), new Nobody(), Optional.empty());
  }

  /** Those that send the password itself. */
  public static Mechanisms ofPasswords(Authority authority) {
    return new Mechanisms(List.of(PLAIN, LOGIN), authority, Optional.empty());
  }

  /** Those that send the password itself, and before them SCRAM, bound to the channel where that can be. */
  public static Mechanisms withScram(Authority authority, Channel channel) {
    List<String> names = new ArrayList<>(List.of(SCRAM, PLAIN, LOGIN));
    if (channel.binding().isPresent()) {
      names.addFirst(SCRAM_PLUS);
    }
    return new Mechanisms(names, authority, channel.binding());
  }

  /** Whether a mechanism of this name, in upper case, is one that could be offered somewhere. */
  public static boolean isKnown(String name) {
    return KNOWN.contains(name);
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
      case SCRAM -> Optional.of(new ScramExchange(authority, new ScramBinding(false, binding)));
      case SCRAM_PLUS -> Optional.of(new ScramExchange(authority, new ScramBinding(true, binding)));
      default -> Optional.empty();
    };
  }
}
