package me.ehlo.send;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import me.ehlo.call.Directions;
import me.ehlo.call.Door;
import me.ehlo.call.Fitting;
import me.ehlo.call.Means;
import me.ehlo.call.ScriptCalls;
import me.ehlo.call.Scripts;
import me.ehlo.call.Wishes.Encryption;
import me.ehlo.net.TlsClient;

/** {@code ehlo send --script}: conversation scripts instead of a mail, with the door found as for one. */
final class Playing {
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
    return switch (new Finding(means.directions(), "--script").find(way)) {
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

  private void refuseWhatDoesNotFit() throws Misused {
    Optional<String> more = options.last("--to-more");
    if (more.isPresent()) {
      throw new Misused("\"" + more.get() + "\": give --script before each script, or a folder");
    }
    options.refuseAllBut(Fitting.SCRIPT);
  }
}
