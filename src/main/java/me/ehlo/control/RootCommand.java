package me.ehlo.control;

import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;

/** {@code ehlo} itself, and the commands that are one word. */
@Command(
    name = "ehlo",
    header = "Ehlo, a mail server that tells its story.",
    synopsisSubcommandLabel = "COMMAND",
    footer = "")
@SuppressWarnings("UnusedVariable") // picocli needs a place for each option of the whole program
public final class RootCommand {
  private final Door door;

  @Option(
      names = "--color",
      paramLabel = "WHEN",
      scope = ScopeType.INHERIT,
      hidden = true,
      description = "auto, always or never.")
  private When colour = When.auto;

  @Option(names = "--no-color", scope = ScopeType.INHERIT, hidden = true)
  private boolean plain;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Explain this command.")
  private boolean help;

  // Answered by the front page; here for those who say more beside it, and for the shells.
  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Say which version this is.")
  private boolean version;

  /** Whether there is colour. */
  @SuppressWarnings("MemberName") // as they are typed
  enum When {
    auto,
    always,
    never
  }

  public RootCommand(Door door) {
    this.door = door;
  }

  @Command(
      header = "Start the server.",
      description = {
        "",
        "  ehlo serve",
        "  ehlo serve --data mail --set listen.smtp=0.0.0.0:25 --set domains=example.org",
        "",
        "Says what it listens on, then \"ready\". Ends on SIGTERM or Ctrl-C: no new conversations,",
        "the running ones finish their mail.",
        ""
      })
  int serve(@Mixin SiteOptions where) {
    return door.serve(where);
  }

  @Command(
      header = "Check the store: every recipient in one state, every mail intact.",
      description = "Exit 0, or 3 and a list of what is wrong.")
  int verify(@Mixin SiteOptions where) {
    return door.administer(where, new Request.Verify(), false);
  }

  @Command(
      header = "Copy the embedded store into a new file, while the server runs or not.",
      description = {"", "  ehlo backup mail-monday.db", "  ehlo verify --data mail-monday.db", ""})
  int backup(
      @Mixin SiteOptions where,
      @Parameters(paramLabel = "FILE", description = "The new file.") Path file) {
    return door.administer(where, new Request.Backup(file.toAbsolutePath().toString()), false);
  }
}
