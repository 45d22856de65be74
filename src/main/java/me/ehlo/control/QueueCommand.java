package me.ehlo.control;

import me.ehlo.queue.Queue.Action;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ehlo queue}: the recipients at other sites whose mail has not arrived yet. */
@Command(
    name = "queue",
    header = "The queue: what waits to leave, why, and what to do with it.",
    description = {
      "",
      "  ehlo queue list --domain example.org",
      "  ehlo queue show 06C3ZK0000AB",
      "  ehlo queue retry --domain example.org",
      "  ehlo queue cancel --from '<>' --older 2d",
      ""
    })
public final class QueueCommand {
  private final Door door;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  public QueueCommand(Door door) {
    this.door = door;
  }

  @Command(header = "List what waits: from whom, to whom, since when, and why it is still here.")
  int list(
      @Mixin SiteOptions where,
      @Mixin FilterOptions which,
      @Option(
              names = "--limit",
              paramLabel = "N",
              defaultValue = "1000",
              description = "Show at most so many.")
          int limit,
      @Option(names = "--json", description = "One JSON document, for programs.") boolean json) {
    return door.administer(
        where, new Request.QueueList(which.filters(), Math.max(limit, 1), json), false);
  }

  @Command(header = "Tell all about one mail's recipients.")
  int show(
      @Mixin SiteOptions where,
      @Parameters(paramLabel = "ID", description = "The mail's id.") String id,
      @Option(names = "--json", description = "One JSON document, for programs.") boolean json) {
    return door.administer(where, new Request.QueueShow(id, json), false);
  }

  @Command(
      header = "Try again at once, instead of when the next attempt is due.",
      description = {"", "  ehlo queue retry --domain example.org", ""})
  int retry(
      @Mixin SiteOptions where,
      @Mixin FilterOptions which,
      @Option(names = "--all", description = "Everything that waits.") boolean all) {
    return change(where, Action.RETRY, which, all);
  }

  @Command(header = "Keep it back until it is released; nobody is told.")
  int hold(
      @Mixin SiteOptions where,
      @Mixin FilterOptions which,
      @Option(names = "--all", description = "Everything that waits.") boolean all) {
    return change(where, Action.HOLD, which, all);
  }

  @Command(header = "Let go what is held, and try it at once.")
  int release(
      @Mixin SiteOptions where,
      @Mixin FilterOptions which,
      @Option(names = "--all", description = "Everything that is held.") boolean all) {
    return change(where, Action.RELEASE, which, all);
  }

  @Command(
      header = "Give it up for good; the sender is not told.",
      description = {"", "  ehlo queue cancel 06C3ZK0000AB", ""})
  int cancel(
      @Mixin SiteOptions where,
      @Mixin FilterOptions which,
      @Option(names = "--all", description = "Everything that waits or is held.") boolean all) {
    return change(where, Action.CANCEL, which, all);
  }

  @Command(header = "Try everything that waits at once.")
  int flush(@Mixin SiteOptions where) {
    return door.administer(where, new Request.QueueFlush(), false);
  }

  private int change(SiteOptions where, Action action, FilterOptions which, boolean all) {
    Filters filters = which.filters();
    if (!all && filters.equals(Filters.NONE)) {
      CommandLine typed =
          spec.commandLine().getParseResult().subcommand().commandSpec().commandLine();
      throw new ParameterException(
          typed,
          "Which? Name a mail's id or filter with --domain, --to, --from, --older, --reason or"
              + " --state; --all means everything");
    }
    return door.administer(where, new Request.QueueChange(action, filters), false);
  }
}
