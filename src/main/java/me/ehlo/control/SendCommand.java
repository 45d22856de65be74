package me.ehlo.control;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.ISetter;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * {@code ehlo send}: one mail, as its options say.
 *
 * <p>There are many options, in swaks' spelling; what they mean is read behind the door. Here they are only known by name, and
 * noted in the order in which they are typed, for some hold for those behind them.
 */
@Command(name = "send", header = "Send a mail, and see the conversation.")
public final class SendCommand implements Callable<Integer> {
  private static final String MORE = "--to-more";

  private final Door door;
  private final List<Map.Entry<String, String>> typed = new ArrayList<>();

  @Mixin private CallerOptions where = new CallerOptions();

  private SendCommand(Door door) {
    this.door = door;
  }

  /** The command with all its options. */
  static CommandLine line(Door door) {
    SendCommand command = new SendCommand(door);
    CommandLine line = new CommandLine(command);
    CommandSpec spec = line.getCommandSpec();
    for (SendOption option : SendOption.ALL) {
      spec.addOption(command.option(option));
    }
    spec.addOption(
        OptionSpec.builder(SendHelp.ALL)
            .type(boolean.class)
            .arity("0")
            .usageHelp(true)
            .description("Explain all options.")
            .setter(command.new Note(SendHelp.ALL))
            .build());
    line.setHelpSectionKeys(List.of(SendHelp.ALL));
    line.getHelpSectionMap().put(SendHelp.ALL, _ -> SendHelp.text(command.asksForAll()));
    spec.addPositional(
        PositionalParamSpec.builder()
            .paramLabel("ADDRESS")
            .arity("0..*")
            .index("0..*")
            .type(List.class)
            .auxiliaryTypes(String.class)
            .description("More recipients.")
            .setter(command.new More())
            .build());
    return line.setOverwrittenOptionsAllowed(true).setCaseInsensitiveEnumValuesAllowed(true);
  }

  /** {@code --h-Subject text}, as swaks has it, as {@code --header 'Subject: text'}. */
  static String[] withoutShortHeaders(String... args) {
    List<String> plain = new ArrayList<>();
    for (int i = 0; i < args.length; i++) {
      String name = headerName(args[i]);
      if (name.isEmpty() || i + 1 == args.length) {
        plain.add(args[i]);
      } else {
        plain.add("--header");
        plain.add(name + ": " + args[++i]);
      }
    }
    return plain.toArray(String[]::new);
  }

  private static String headerName(String arg) {
    for (String prefix : List.of("--h-", "--header-")) {
      if (arg.startsWith(prefix) && arg.indexOf('=') < 0) {
        return arg.substring(prefix.length()).replaceFirst(":$", ""); // --h-From: is as good
      }
    }
    return "";
  }

  @Override
  public Integer call() {
    return door.send(where, List.copyOf(typed));
  }

  private boolean asksForAll() {
    return typed.stream().anyMatch(option -> option.getKey().equals(SendHelp.ALL));
  }

  private OptionSpec option(SendOption option) {
    OptionSpec.Builder builder =
        OptionSpec.builder(option.names().toArray(String[]::new))
            .description(option.description())
            .hidden(option.description().isEmpty())
            .setter(new Note(option.names().getFirst()));
    return switch (option.value()) {
      case NONE -> builder.type(boolean.class).arity("0").build();
      case ONE -> builder.type(String.class).arity("1").paramLabel(option.label()).build();
      case PERHAPS ->
          builder
              .type(String.class)
              .arity("0..1")
              .fallbackValue("")
              .paramLabel(option.label())
              .build();
    };
  }

  /** Notes an option when it is met. */
  private final class Note implements ISetter {
    private final String name;

    Note(String name) {
      this.name = name;
    }

    @Override
    public <T> @Nullable T set(@Nullable T value) {
      if (value instanceof String text) {
        typed.add(Map.entry(name, text));
      } else if (Boolean.TRUE.equals(value)) {
        typed.add(Map.entry(name, ""));
      }
      return null;
    }
  }

  /** Notes words that are no options: more recipients. */
  private final class More implements ISetter {
    @Override
    public <T> @Nullable T set(@Nullable T value) {
      if (value instanceof List<?> words) {
        words.stream()
            .map(word -> Map.entry(MORE, String.valueOf(word)))
            .filter(word -> !typed.contains(word))
            .forEach(typed::add);
      }
      return null;
    }
  }
}
