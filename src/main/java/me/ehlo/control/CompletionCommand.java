package me.ehlo.control;

import java.io.PrintStream;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ehlo completion}: teaches a shell the commands and their options. */
@Command(
    name = "completion",
    header = "Teach your shell to complete ehlo's commands.",
    description = {
      "",
      "  source <(ehlo completion bash)",
      "  source <(ehlo completion zsh)",
      "  ehlo completion fish > ~/.config/fish/completions/ehlo.fish",
      ""
    })
public final class CompletionCommand {
  private final PrintStream out;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  public CompletionCommand(PrintStream out) {
    this.out = out;
  }

  @Command(header = "For bash.")
  void bash() {
    out.print(AutoComplete.bash("ehlo", root()));
  }

  // The script for bash knows zsh too, and loads zsh's bashcompinit there.
  @Command(header = "For zsh.")
  void zsh() {
    bash();
  }

  @Command(header = "For fish.")
  void fish() {
    out.print(FishCompletion.of(root()));
  }

  private CommandLine root() {
    return spec.root().commandLine();
  }
}
