package me.ehlo.send;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import me.ehlo.call.Destination;
import me.ehlo.call.Directions;
import me.ehlo.call.Door;
import me.ehlo.call.Means;
import me.ehlo.call.ScriptCalls;
import me.ehlo.call.Scripts;
import me.ehlo.call.Wishes.Encryption;
import me.ehlo.mail.Domain;
import me.ehlo.mail.DomainParser;
import me.ehlo.mail.Parsed;
import me.ehlo.net.TlsClient;

/** {@code ehlo send --script}: conversation scripts instead of a mail, with the door found as for one. */
final class Playing {

  /** Whoever plays says what the scripts say and nothing else: the other options would say something. */
  private static final Set<String> FITTING =
      Set.of(
          "--script",
          "--compare",
          "--server",
          "--port",
          "--mx",
          "--protocol",
          "--lmtp",
          "-4",
          "-6",
          "--local-interface",
          "--timeout",
          "--tls-on-connect",
          "--tls-cert",
          "--tls-key",
          "--no-input");

  private final Options options;
  private final Order.Way way;
  private final Order.Tls tls;
  private final Door door;
  private final Patience patience;

  /** What is to be played with whom; nobody is called yet. */
  Playing(Options options) throws Misused {
    this.options = options;
    refuseWhatDoesNotFit();
    Calling calling = new Calling(options);
    this.way = calling.way();
    this.tls = calling.tls();
    boolean encrypted = tls.encryption() == Encryption.FROM_THE_START;
    this.door = new Door("script", calling.manner().protocol(), way.port(), encrypted);
    this.patience = Patience.of(calling.manner().patience());
    boolean saysMore = !encrypted && tls.encryption() != Encryption.NEVER;
    if (saysMore || calling.login().isPresent()) {
      throw new Misused("--protocol: the script itself says STARTTLS and AUTH; name one without");
    }
  }

  Order.Way way() {
    return way;
  }

  Order.Tls tls() {
    return tls;
  }

  /** Plays; returns the exit code. */
  int play(Means means, TlsClient client, PrintStream out) throws Misused {
    Scripts.Level level = level(options, Scripts.Level.WORDS);
    List<Path> places = new ArrayList<>();
    for (String name : options.all("--script")) {
      places.add(Inputs.path("--script", name));
    }
    return switch (destinations(means.directions())) {
      case Directions.Way.Nowhere(var why, _) -> {
        out.println("*** " + why);
        yield Scripts.NO_CONNECTION;
      }
      case Directions.Way.To(var destinations) ->
          new Scripts(
                  new ScriptCalls(
                      means,
                      door,
                      patience.connect(),
                      patience.answer(),
                      destinations,
                      () -> client),
                  () -> client,
                  patience.answer(),
                  level,
                  out)
              .play(places);
    };
  }

  /** What of an answer counts: {@code --compare codes}, {@code status}, {@code words}. */
  static Scripts.Level level(Options options, Scripts.Level usual) throws Misused {
    Optional<String> given = options.last("--compare");
    try {
      return given.map(it -> Scripts.Level.valueOf(it.toUpperCase(Locale.ROOT))).orElse(usual);
    } catch (IllegalArgumentException e) {
      throw new Misused("--compare: write codes, status or words");
    }
  }

  private Directions.Way destinations(Directions directions) throws Misused {
    Directions.Way found;
    if (way.server().isPresent()) {
      found = directions.host(way.server().get(), way.port());
    } else if (way.domain().isPresent()) {
      found = directions.domain(domain(way.domain().get()), way.port());
    } else {
      throw new Misused("--script: with whom? Give --server HOST or --mx DOMAIN");
    }
    if (!(found instanceof Directions.Way.To(var all))) {
      return found;
    }
    List<Destination> usable = way.usable(all);
    return usable.isEmpty()
        ? new Directions.Way.Nowhere(Order.Way.NO_ADDRESS, false)
        : new Directions.Way.To(usable);
  }

  private static Domain domain(String name) throws Misused {
    if (DomainParser.parse(name) instanceof Parsed.Right<Domain>(var domain)) {
      return domain;
    }
    throw new Misused("--mx: \"" + name + "\" is no domain");
  }

  private void refuseWhatDoesNotFit() throws Misused {
    for (var option : options.typed()) {
      if (option.getKey().equals("--to-more")) {
        throw new Misused(
            "\"" + option.getValue() + "\": give --script before each script, or a folder");
      }
      if (!FITTING.contains(option.getKey())) {
        throw new Misused(
            option.getKey() + " does not go with --script: the script says all that is said");
      }
    }
  }
}
