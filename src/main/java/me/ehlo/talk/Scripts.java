package me.ehlo.talk;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import me.ehlo.call.Call;
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
  private final Supplier<TlsClient> tls;
  private final Duration patience;
  private final Difference.Kind least;
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
    CODES,
    /** The enhanced status too. */
    STATUS,
    /** Everything that the script says. */
    WORDS
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
    this.tls = tls;
    this.patience = patience;
    this.least =
        switch (level) {
          case CODES -> Difference.Kind.CODE;
          case STATUS -> Difference.Kind.STATUS;
          case WORDS -> Difference.Kind.WORDS;
        };
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
    return otherwise == 0 ? DONE : OTHERWISE;
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
    Optional<String> unplayable = ScriptRun.unplayable(script);
    if (unplayable.isPresent()) {
      left++;
      out.println("not played  " + script.name() + "   (" + unplayable.get() + ")");
      return;
    }
    List<Utterance> told = new ArrayList<>();
    List<Difference> differences;
    try (Call call = connector.connect(script.protocol(), told::add)) {
      differences =
          new ScriptRun(script, tls, patience)
              .play(call).stream().filter(it -> it.kind().compareTo(least) <= 0).toList();
    }
    if (differences.isEmpty()) {
      played++;
      out.println("as written  " + script.name());
    } else {
      otherwise++;
      tell(script, told, differences);
    }
  }

  /** The kinds stand in the line, so that a program can count them. */
  private void tell(Script script, List<Utterance> told, List<Difference> differences) {
    Difference.Kind gravest =
        differences.stream().map(Difference::kind).min(Difference.Kind::compareTo).orElseThrow();
    out.println("otherwise   " + script.name() + "   (" + gravest + ")");
    for (Script.Given given : script.givens()) {
      out.println(
          "    === given "
              + given.what()
              + " "
              + String.join(" ", given.words())
              + ": the server's to have");
    }
    told.forEach(line -> out.println("    " + line.line()));
    differences.forEach(it -> out.println("    *** " + it.sentence()));
  }
}
