package me.ehlo.call;

import java.util.Collection;
import java.util.Optional;
import java.util.Set;

/**
 * What fits on the command line beside an option that brings all that is said: the way to the server, and little else.
 *
 * @param options what fits besides
 * @param what the option, a colon, and why nothing else fits beside it
 */
public record Fitting(Set<String> options, String what) {
  /** Whoever plays says what the scripts say and nothing else: what is missing here would say something. */
  public static final Fitting SCRIPT =
      new Fitting(
          Set.of("--script", "--compare", "--tls-on-connect"),
          "--script: the script says all that is said; no certificate is judged, and no transcript"
              + " kept");

  /** Whom is called, and how: that fits whatever is said there. */
  private static final Set<String> WAY =
      Set.of(
          "--server",
          "--port",
          "--mx",
          "--socket",
          "--protocol",
          "--submission",
          "--smtps",
          "--lmtp",
          "--pop3",
          "--pop3s",
          "-4",
          "-6",
          "--local-interface",
          "--timeout",
          "--tls-cert",
          "--tls-key",
          "--no-input",
          "--config",
          "--data",
          "--set",
          "--color",
          "--no-color");

  public Fitting {
    options = Set.copyOf(options);
  }

  /** Why not all of this fits; empty: it does. */
  public Optional<String> refusal(Collection<String> typed) {
    return typed.stream()
        .filter(option -> !WAY.contains(option) && !options.contains(option))
        .findFirst()
        .map(option -> option + " does not go with " + what);
  }
}
