package me.ehlo;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import me.ehlo.config.Amounts;
import me.ehlo.config.Config;
import me.ehlo.config.Configuration;
import me.ehlo.config.Flags;
import me.ehlo.config.Misconfigured;
import me.ehlo.config.Nearest;
import me.ehlo.config.Surroundings;
import me.ehlo.control.CallerOptions;
import me.ehlo.control.CheckOptions;
import me.ehlo.control.Colour;
import me.ehlo.control.CommandTree;
import me.ehlo.control.Door;
import me.ehlo.control.ExitCode;
import me.ehlo.control.FrontPage;
import me.ehlo.control.LocalDialogue;
import me.ehlo.control.Request;
import me.ehlo.control.SiteOptions;
import me.ehlo.control.Streams;
import me.ehlo.control.TalkOptions;
import me.ehlo.mail.Parsed;
import me.ehlo.mail.StorageFailure;
import me.ehlo.net.Certificates;
import me.ehlo.net.UnusableCertificate;
import me.ehlo.send.Sendmail;
import me.ehlo.send.UserName;

/** The front door: reads what was typed and has it carried out, with the configuration that belongs to it. */
public final class Main implements Door, Sendmail.Site {
  private static final String SENDMAIL = "sendmail";

  private final Streams streams;
  private final Surroundings surroundings;
  private boolean colour;

  private Main(Streams streams, Surroundings surroundings) {
    this.streams = streams;
    this.surroundings = surroundings;
  }

  /** Runs one command and ends the process with its exit code. */
  static void main(String[] args) {
    Main main = new Main(Streams.ofProcess(), Surroundings.ofProcess());
    Thread.currentThread()
        .setUncaughtExceptionHandler((_, error) -> System.exit(main.unexpected(error)));
    System.exit(main.run(args));
  }

  /** Runs one command with these streams, in these surroundings. */
  static int run(Streams streams, Surroundings surroundings, String... args) {
    return new Main(streams, surroundings).run(args);
  }

  private int run(String... args) {
    Optional<String> page = FrontPage.answer(args);
    if (page.isPresent()) {
      streams.out().print(page.get());
      streams.out().flush();
      return ExitCode.DONE;
    }
    Optional<TalkOptions> talk = FrontPage.talk(args);
    if (talk.isPresent()) {
      return talk(new SiteOptions(), talk.get());
    }
    if (args.length > 0 && args[0].equals(SENDMAIL) && !asksForHelp(args)) {
      int code = sendmail(Arrays.asList(args).subList(1, args.length));
      streams.out().flush();
      return code;
    }
    colour =
        Colour.wanted(
            Arrays.asList(args), surroundings.environment(), streams.keyboard().isThere());
    int code =
        new CommandTree(
                this, streams, Amounts::octets, Amounts::span, Nearest::to, this::unexpected)
            .execute(colour, args);
    streams.out().flush();
    return code;
  }

  /** {@code -h} means something else to sendmail. */
  private static boolean asksForHelp(String... args) {
    return args.length == 2 && (args[1].equals("--help") || args[1].equals("-h"));
  }

  @Override
  public int sendmail(List<String> words) {
    return new Sendmail(streams.in(), streams.out(), streams.err(), UserName.find(), this)
        .run(words);
  }

  @Override
  public int ehlo(String... words) {
    return run(words);
  }

  @Override
  public Parsed<Path> socket(Optional<String> configuration) {
    Flags flags = new Flags(configuration.map(Path::of), Optional.empty(), List.of());
    try {
      return Configuration.submitSocket(flags, surroundings)
          .<Parsed<Path>>map(Parsed.Right::new)
          .orElseGet(
              () -> new Parsed.Wrong<>("listen.submit is empty: this server takes no mail so"));
    } catch (Misconfigured e) {
      return new Parsed.Wrong<>(e.mistakes().getFirst().toString());
    }
  }

  @Override
  public int serve(SiteOptions where) {
    return carryOut(() -> {
      Configuration configuration = configuration(where);
      warn(configuration.warnings());
      Server.run(configuration.config(), streams.out());
      return ExitCode.DONE;
    });
  }

  @Override
  public int talk(SiteOptions where, TalkOptions options) {
    return carryOut(() ->
        new Talking(
                options,
                configuration(where).config(),
                streams,
                surroundings.environment(),
                options.arguments())
            .talk());
  }

  @Override
  public int administer(SiteOptions where, Request request, boolean passwordFromInput) {
    return carryOut(() -> {
      Config config = configuration(where).config();
      LocalDialogue dialogue = new LocalDialogue(streams, passwordFromInput);
      return Administrator.carryOut(config, request, dialogue);
    });
  }

  @Override
  public int send(CallerOptions where, List<Map.Entry<String, String>> typed) {
    return carryOut(() -> {
      Flags flags = new Flags(Optional.ofNullable(where.config()), Optional.empty(), where.set());
      Config config = Configuration.load(flags, surroundings).config();
      return new Dispatch(streams, surroundings.environment(), colour).send(config, typed);
    });
  }

  @Override
  public int showConfiguration(SiteOptions where) {
    return carryOut(() -> {
      streams.out().print(configuration(where).show());
      return ExitCode.DONE;
    });
  }

  @Override
  public int checkConfiguration(SiteOptions where) {
    return carryOut(() -> {
      Configuration configuration = configuration(where);
      warn(configuration.warnings());
      Config.Tls tls = configuration.config().tls();
      if (!tls.certificates().isEmpty()) {
        warn(Certificates.read(tls.certificates(), tls.keys()).warnings(Instant.now()));
      }
      streams.out().println(configuration.file() + " is right.");
      return ExitCode.DONE;
    });
  }

  @Override
  public int check(SiteOptions where, CheckOptions wanted, boolean colour) {
    return carryOut(() -> {
      Config config = configuration(where).config();
      try (Client client = new Client(config)) {
        return new Checker(config, client.means(), streams, surroundings.environment(), colour)
            .carryOut(wanted);
      }
    });
  }

  private void warn(List<String> warnings) {
    warnings.forEach(warning -> streams.err().println("Warning: " + warning));
  }

  /** Something that may fail for reasons that are not our mistake. */
  @FunctionalInterface
  private interface Deed {
    int carryOut()
        throws Misconfigured, UnusableCertificate, StartFailure, StorageFailure, IOException;
  }

  private int carryOut(Deed deed) {
    try {
      return deed.carryOut();
    } catch (Misconfigured e) {
      e.mistakes().forEach(streams.err()::println);
      return ExitCode.USAGE;
    } catch (UnusableCertificate e) {
      e.sentences()
          .forEach(sentence -> streams.err().println("tls.certificate, tls.key: " + sentence));
      return ExitCode.USAGE;
    } catch (StartFailure | StorageFailure | IOException e) {
      streams.err().println("ehlo: " + e.getMessage());
      return ExitCode.REFUSED;
    }
  }

  private Configuration configuration(SiteOptions where) throws Misconfigured {
    Flags flags =
        new Flags(
            Optional.ofNullable(where.config()), Optional.ofNullable(where.data()), where.set());
    return Configuration.load(flags, surroundings);
  }

  /** A mistake of ours: one sentence, and the details only for those who ask. */
  private int unexpected(Throwable error) {
    boolean debug = !surroundings.environment().getOrDefault("EHLO_DEBUG", "").isEmpty();
    streams
        .err()
        .println(
            "ehlo: something went wrong inside: "
                + error
                + (debug ? "" : ". EHLO_DEBUG=1 shows the details."));
    if (debug) {
      for (Throwable cause = error; cause != null; cause = cause.getCause()) {
        streams.err().println(cause);
        Arrays.stream(cause.getStackTrace()).map(f -> "  at " + f).forEach(streams.err()::println);
      }
    }
    return ExitCode.REFUSED;
  }
}
