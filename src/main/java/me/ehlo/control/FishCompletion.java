package me.ehlo.control;

import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Writes the completions for fish, which picocli does not: one line for each command and option. */
final class FishCompletion {
  private final StringBuilder script = new StringBuilder("complete -c ehlo -f\n");

  private FishCompletion() {}

  static String of(CommandLine root) {
    FishCompletion completion = new FishCompletion();
    completion.below("__fish_use_subcommand", root);
    return completion.script.toString();
  }

  private void below(String condition, CommandLine command) {
    for (Map.Entry<String, CommandLine> sub : command.getSubcommands().entrySet()) {
      CommandSpec spec = sub.getValue().getCommandSpec();
      line(condition, "-a " + sub.getKey(), String.join(" ", spec.usageMessage().header()));
      String inside = inside(condition, sub.getKey());
      spec.options().stream().filter(option -> !option.hidden()).forEach(o -> option(inside, o));
      below(inside, sub.getValue());
    }
  }

  private static String inside(String condition, String command) {
    String seen = "__fish_seen_subcommand_from " + command;
    return condition.startsWith("__fish_seen") ? condition + "; and " + seen : seen;
  }

  private void option(String condition, OptionSpec option) {
    String takes = option.arity().max() > 0 ? " -r -F" : "";
    line(
        condition,
        "-l " + option.longestName().replaceFirst("^-+", "") + takes,
        String.join(" ", option.description()));
  }

  private void line(String condition, String what, String description) {
    script
        .append("complete -c ehlo -n '")
        .append(condition)
        .append("' ")
        .append(what)
        .append(" -d '")
        .append(description.replace("\\", "\\\\").replace("'", "\\'"))
        .append("'\n");
  }
}
