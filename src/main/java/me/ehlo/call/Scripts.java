package me.ehlo.call;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import me.ehlo.net.TlsClient;
import me.ehlo.net.WireFailure;
import me.ehlo.script.BadScript;
import me.ehlo.script.Script;
import me.ehlo.script.ScriptParser;
import me.ehlo.trace.Utterance;

/** Plays scripts with a server, a connection for each, and tells where it answers otherwise. */
public final class Scripts {
  /** Some script went otherwise than written. */
  public static final int OTHERWISE = 30;

  /** There is nobody to play with. */
  public static final int NO_CONNECTION = 20;

  private static final int DONE = 0;
  private static final int USAGE = 2;

  private final Connector connector;
  private final Map<String, ScriptRun.Event> events;
  private final Duration patience;
  private final Level level;
  private final PrintStream out;
  private int played;
  private int otherwise;
  private int left;

  /** Makes a connection, and tells what is said on it. */
  @FunctionalInterface
  public interface Connector {
    Call connect(Script.Protocol protocol, Consumer<Utterance> teller) throws WireFailure;
  }

  /** What counts as a difference. */
  public enum Level {
    /** Codes, and how many answers there are. */
    CODES(Difference.Kind.CODE),
    /** The enhanced status too. */
    STATUS(Difference.Kind.STATUS),
    /** Everything that the script says. */
    WORDS(Difference.Kind.WORDS);

    private final Difference.Kind least;

    Level(Difference.Kind least) {
      this.least = least;
    }

    /** Those that count. */
    public List<Difference> of(List<Difference> differences) {
      return differences.stream().filter(it -> it.kind().compareTo(least) <= 0).toList();
    }
  }

  /**
   * @param patience for each answer
   */
  public Scripts(
      Connector connector,
      Supplier<TlsClient> tls,
      Duration patience,
      Level level,
      PrintStream out) {
    this.connector = connector;
    this.events = Map.of("tls", call -> encrypt(call, tls.get(), patience));
    this.patience = patience;
    this.level = level;
    this.out = out;
  }

  /** Plays these files, and all those in these folders; returns the exit code. */
  public int play(List<Path> places) {
    try {
      List<Path> files = new ArrayList<>();
      for (Path place : places) {
        files.addAll(files(place));
      }
      for (Path file : files) {
        play(ScriptParser.parse(file.toString(), Files.readString(file)));
      }
    } catch (BadScript e) {
      out.println("*** " + e.getMessage());
      return USAGE;
    } catch (IOException e) {
      out.println("*** This script cannot be read: " + e.getMessage());
      return USAGE;
    } catch (WireFailure e) {
      out.println("*** There is no connection: " + Failures.clause(e, patience) + ".");
      return NO_CONNECTION;
    }
    out.printf("=== %d as written, %d otherwise, %d not played%n", played, otherwise, left);
    if (played + otherwise == 0) {
      out.println("*** Nothing was played, so nothing is known of the server. " + whyNot());
      return USAGE;
    }
    return otherwise == 0 ? DONE : OTHERWISE;
  }

  private String whyNot() {
    return left > 0
        ? "These scripts are for a test that may set up the server."
        : "There is no script (.smtp, .pop3) there.";
  }

  private static List<Path> files(Path place) throws IOException {
    if (!Files.isDirectory(place)) {
      return List.of(place);
    }
    try (Stream<Path> below = Files.walk(place)) {
      return below.filter(Scripts::isScript).sorted().toList();
    }
  }

  private static boolean isScript(Path file) {
    return Files.isRegularFile(file)
        && (file.toString().endsWith(".smtp") || file.toString().endsWith(".pop3"));
  }

  private void play(Script script) throws WireFailure {
    ScriptRun run = new ScriptRun(script, events, patience);
    Optional<String> unplayable = run.unplayable();
    if (unplayable.isPresent()) {
      left++;
      out.println("not played  " + script.name() + "   (" + unplayable.get() + ")");
      return;
    }
    List<Utterance> told = new ArrayList<>();
    List<Difference> differences;
    try (Call call = connector.connect(script.protocol(), told::add)) {
      differences = level.of(run.play(call));
    }
    if (differences.isEmpty()) {
      played++;
      out.println("as written  " + script.name());
    } else {
      otherwise++;
      tell(script, told, differences);
    }
  }

  private static Optional<String> encrypt(Call call, TlsClient tls, Duration patience)
      throws WireFailure {
    return call.encrypt(tls, patience).isPresent()
        ? Optional.empty()
        : Optional.of("the server has said something in the clear before TLS began");
  }

  /** The kinds stand in the line, so that a program can count them. */
  private void tell(Script script, List<Utterance> told, List<Difference> differences) {
    out.println("otherwise   " + script.name() + "   (" + Difference.gravest(differences) + ")");
    ScriptRun.givens(script).forEach(given -> out.println("    === " + given));
    told.forEach(line -> out.println("    " + line.line()));
    differences.forEach(it -> out.println("    *** " + it.sentence()));
  }
}
