package me.ehlo.control;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;

/** All commands and options, as picocli knows them; the only place where what picocli finds out is answered. */
public final class CommandTree {
  private final Streams streams;
  private final CommandLine root;

  /**
   * @param octets reads a size
   * @param spans reads a time such as 2h
   * @param nearest finds the word that is like another
   * @param unexpected tells of an error that is our mistake, and gives the exit code
   */
  public CommandTree(
      Door door,
      Streams streams,
      Function<String, OptionalLong> octets,
      Function<String, Optional<Duration>> spans,
      BiFunction<String, Collection<String>, Optional<String>> nearest,
      ToIntFunction<Throwable> unexpected) {
    this.streams = streams;
    this.root =
        new CommandLine(new RootCommand(door))
            .addSubcommand(
                new CommandLine(new UserCommand(door)).addSubcommand(new AppPasswordCommand(door)))
            .addSubcommand(new AliasCommand(door))
            .addSubcommand(new TalkCommand(door))
            .addSubcommand(new QueueCommand(door))
            .addSubcommand(new SendmailCommand(door))
            .addSubcommand(SendCommand.line(door))
            .addSubcommand(new ConfigCommand(door))
            .addSubcommand(
                new CommandLine(new ExplainCommand(streams, nearest))
                    .setUnmatchedOptionsArePositionalParams(true)) // -ERR is no option
            .addSubcommand(new CheckCommand(door))
            .addSubcommand(new CompletionCommand(streams.out()))
            .addSubcommand(new HelpCommand(streams.out()))
            .registerConverter(Quota.class, text -> quota(text, octets.apply(text)))
            .registerConverter(Duration.class, text -> span(text, spans.apply(text)))
            .setOut(new PrintWriter(streams.out(), true, streams.out().charset()))
            .setErr(new PrintWriter(streams.err(), true, streams.err().charset()))
            .setParameterExceptionHandler((mistake, _) -> usage(mistake, new UsageMistake(nearest)))
            .setExecutionExceptionHandler((error, _, _) -> unexpected.applyAsInt(error));
    root.setExpandAtFiles(false); // @file is for the command to read
    root.getCommandSpec().version("ehlo " + FrontPage.version());
  }

  /** Carries out what was typed; returns the {@link ExitCode}. */
  public int execute(boolean colour, String... args) {
    root.setColorScheme(CommandLine.Help.defaultColorScheme(colour ? Ansi.ON : Ansi.OFF));
    return root.execute(SendCommand.withoutShortHeaders(args));
  }

  CommandLine root() {
    return root;
  }

  private static Quota quota(String text, OptionalLong octets) {
    if (octets.isEmpty()) {
      throw new TypeConversionException("\"" + text + "\" is no size: write 500m or 1g");
    }
    return new Quota(octets.getAsLong());
  }

  private static Duration span(String text, Optional<Duration> span) {
    return span.orElseThrow(
        () -> new TypeConversionException("\"" + text + "\" is no time: write 90m, 2h or 3d"));
  }

  private int usage(ParameterException mistake, UsageMistake sentences) {
    sentences.lines(mistake).forEach(streams.err()::println);
    return ExitCode.USAGE;
  }
}
