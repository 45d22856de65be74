package me.ehlo.control;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import me.ehlo.explain.Catalogue;
import me.ehlo.explain.Found;
import me.ehlo.smtp.Reply;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ehlo explain}: what a word of a conversation means, for people. */
@Command(
    name = "explain",
    header = "Explain a code, a reason, a command or an extension.",
    description = {
      "",
      "  ehlo explain 550 5.7.1",
      "  ehlo explain \"554 5.7.1 <carol@other.example>: Relay access denied\"",
      "  ehlo explain relaying-denied     a reason of the log, the queue or a report",
      "  ehlo explain STARTTLS            what EHLO lists; a command; a way to log in",
      "  ehlo explain \"-ERR [IN-USE]\"     an answer of POP3",
      "",
      "Needs neither a configuration nor a server. Exit 0, or 1 if there is nothing about a word.",
      ""
    })
public final class ExplainCommand implements Callable<Integer> {
  private final Streams streams;
  private final BiFunction<String, Collection<String>, Optional<String>> nearest;

  @Parameters(
      paramLabel = "WORD",
      arity = "1..*",
      description = "Words of any kind, or a whole line that a server or a client has said.")
  private List<String> words = List.of();

  @Option(names = "--json", description = "One JSON document, for programs.")
  private boolean json;

  /**
   * @param nearest finds the word that is like another
   */
  public ExplainCommand(
      Streams streams, BiFunction<String, Collection<String>, Optional<String>> nearest) {
    this.streams = streams;
    this.nearest = nearest;
  }

  @Override
  public Integer call() {
    Catalogue catalogue = Catalogue.ours();
    Found found = catalogue.lookUp(words);
    lines(found).forEach(streams.out()::println);
    boolean all = found.unknown().isEmpty() && !found.explanations().isEmpty();
    if (!all && !json) {
      unknown(found, catalogue).forEach(streams.err()::println);
    }
    return all ? ExitCode.DONE : ExitCode.REFUSED;
  }

  private List<String> lines(Found found) {
    return json
        ? List.of(ExplainedJson.document(found))
        : new ExplainedText(
                streams.keyboard().columns().orElse(ExplainedText.COLUMNS_MAX),
                streams.out().charset())
            .of(found.explanations());
  }

  private List<String> unknown(Found found, Catalogue catalogue) {
    if (found.unknown().isEmpty()) {
      return List.of("ehlo explain: there is no word to explain");
    }
    return found.unknown().stream()
        .limit(3)
        .map(word ->
            "ehlo explain: there is nothing about " + Reply.shown(word) + meant(word, catalogue))
        .toList();
  }

  private String meant(String word, Catalogue catalogue) {
    return nearest
        .apply(word, catalogue.subjects())
        .map(near -> "; did you mean " + near + "?")
        .orElse("");
  }
}
