package me.ehlo;

import java.io.IOException;
import java.io.PrintStream;
import java.security.SecureRandom;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import me.ehlo.config.Config;
import me.ehlo.control.ExitCode;
import me.ehlo.control.FrontPage;
import me.ehlo.control.Keyboard;
import me.ehlo.control.Streams;
import me.ehlo.control.Width;
import me.ehlo.net.UnusableCertificate;
import me.ehlo.send.Asking;
import me.ehlo.send.Misused;
import me.ehlo.send.Send;
import me.ehlo.send.Surroundings;

/** The wiring of {@code ehlo send}: where it stands, and what is said when it cannot begin. */
final class Dispatch {
  private final Streams streams;
  private final Map<String, String> environment;
  private final boolean colour;

  Dispatch(Streams streams, Map<String, String> environment, boolean colour) {
    this.streams = streams;
    this.environment = environment;
    this.colour = colour;
  }

  /** Sends a mail; returns the exit code. */
  int send(Config config, List<Map.Entry<String, String>> typed) throws IOException {
    try (Client client = new Client(config)) {
      return new Send(client.means(), here()).carryOut(typed);
    } catch (Misused e) {
      return misused(e.sentence());
    } catch (UnusableCertificate e) {
      return misused(String.join("; ", e.sentences()));
    }
  }

  private int misused(String sentence) {
    PrintStream err = streams.err();
    err.println("ehlo send: " + sentence);
    err.println("See: ehlo help send");
    return ExitCode.USAGE;
  }

  private Surroundings here() {
    return new Surroundings(
        streams.in(),
        streams.out(),
        streams.err(),
        streams.keyboard().isThere(),
        colour,
        streams.keyboard().isThere() ? Width.of(environment, streams.keyboard()).orElse(0) : 0,
        new AtTheKeyboard(streams.keyboard()),
        environment,
        "Ehlo " + FrontPage.version(),
        ZoneId.systemDefault(),
        new SecureRandom());
  }

  private record AtTheKeyboard(Keyboard keyboard) implements Asking {
    @Override
    public boolean isThere() {
      return keyboard.isThere();
    }

    @Override
    public Optional<String> line(String prompt) {
      return keyboard.line(prompt);
    }

    @Override
    public Optional<String> secret(String prompt) {
      return keyboard.secret(prompt);
    }
  }
}
