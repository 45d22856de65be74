package me.ehlo.control;

import java.io.PrintStream;
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
    description = {
      "",
      "  ehlo serve                    start the server",
      "  ehlo user add ann@localhost   give somebody a maildrop",
      "  telnet 127.0.0.1 2525         say EHLO",
      ""
    },
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    footer = {"", "ehlo help COMMAND explains one. EHLO_DEBUG=1 shows the details of a failure."})
@SuppressWarnings(
    "UnusedVariable") // the options of the whole program: picocli needs a place for each
public final class RootCommand implements Runnable {
  private final Door door;
  private final PrintStream out;

  @Option(
      names = "--color",
      paramLabel = "WHEN",
      scope = ScopeType.INHERIT,
      hidden = true,
      description = "auto, always or never.")
  private String colour = "auto";

  @Option(names = "--no-color", scope = ScopeType.INHERIT, hidden = true)
  private boolean plain;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Explain this command.")
  private boolean help;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Say which version this is.")
  private boolean version;

  public RootCommand(Door door, PrintStream out) {
    this.door = door;
    this.out = out;
  }

  /** A bare {@code ehlo}: what people come for. */
  @Override
  public void run() {
    out.print(
        """
        Ehlo, a mail server that tells its story.

          ehlo serve                    start the server; mail is kept in the folder ./data
          ehlo user add ann@localhost   give somebody a maildrop
          telnet 127.0.0.1 2525         then say EHLO, as it was always done

        ehlo --help lists all commands, ehlo help serve explains one.
        """);
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
