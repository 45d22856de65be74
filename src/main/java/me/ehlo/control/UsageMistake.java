package me.ehlo.control;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says what is wrong with a command line, and what was probably meant. */
public final class UsageMistake {
  private static final Set<String> LATER = Set.of("trace");

  private final BiFunction<String, Collection<String>, Optional<String>> nearest;

  /**
   * @param nearest finds the word that is like another
   */
  public UsageMistake(BiFunction<String, Collection<String>, Optional<String>> nearest) {
    this.nearest = nearest;
  }

  /** Two lines: the mistake, and where to read on. */
  public List<String> lines(ParameterException mistake) {
    String command = mistake.getCommandLine().getCommandSpec().qualifiedName();
    String help = command.replaceFirst("^ehlo", "ehlo help");
    return List.of(command + ": " + sentence(mistake), "See: " + help);
  }

  private String sentence(ParameterException mistake) {
    if (mistake instanceof UnmatchedArgumentException unmatched
        && !unmatched.getUnmatched().isEmpty()) {
      return unmatched(unmatched.getUnmatched().getFirst(), mistake.getCommandLine());
    }
    return decapitalized(String.valueOf(mistake.getMessage()));
  }

  private String unmatched(String word, CommandLine line) {
    if (word.startsWith("-")) {
      String name = word.replaceFirst("=.*", "");
      return line.getCommandName().equals("send") && SendOption.INSTEAD.containsKey(name)
          ? "there is no option " + name + ": " + SendOption.INSTEAD.get(name)
          : "there is no option " + word + didYouMean(word, optionNames(line));
    }
    if (line.getSubcommands().isEmpty()) {
      return "\"" + word + "\" is one word too many";
    }
    return LATER.contains(word)
        ? word + " is not yet in this version"
        : "there is no command " + word + didYouMean(word, line.getSubcommands().keySet());
  }

  private static List<String> optionNames(CommandLine line) {
    return new ArrayList<>(line.getCommandSpec().optionsMap().keySet());
  }

  private String didYouMean(String word, Collection<String> words) {
    String name = word.replaceFirst("=.*", "");
    return nearest.apply(name, words).map(meant -> "; did you mean " + meant + "?").orElse("");
  }

  private static String decapitalized(String message) {
    return message.isEmpty()
        ? message
        : Character.toLowerCase(message.charAt(0)) + message.substring(1);
  }
}
