package me.ehlo.talk;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import me.ehlo.explain.Catalogue;
import me.ehlo.explain.Explanation;
import me.ehlo.explain.Found;
import me.ehlo.trace.Mark;
import me.ehlo.trace.Plain;

/** Tells who asks: what can be typed, what may be said now, what something means, and where the conversation stands. */
final class Guide {
  private final Notebook notebook;
  private final Supplier<Catalogue> catalogue;

  Guide(Notebook notebook, Supplier<Catalogue> catalogue) {
    this.notebook = notebook;
    this.catalogue = catalogue;
  }

  /** What can be typed. */
  void help() {
    tell(
        "What you type is sent as it is. What begins with / is for ehlo itself, outside of a"
            + " mail:");
    for (Order order : Order.values()) {
      tell("  %-44s %s".formatted((order.word() + " " + order.arguments()).strip(), order.does()));
    }
    tell("  %-44s %s".formatted("?", "what may be said now"));
    tell("  %-44s %s".formatted("? 554 5.7.1", "what that means"));
    tell("Tab completes, Up brings lines back, Ctrl-R searches them, Ctrl-D says QUIT.");
  }

  /** What these words mean; without any, what may be said now. */
  void ask(List<String> about, Optional<Conversation> conversation) {
    if (!about.isEmpty()) {
      tellFound(catalogue.get().lookUp(about));
    } else if (conversation.isPresent()) {
      Link link = conversation.get().link();
      tell("You may say now:");
      for (String verb : Verbs.now(link.progress(), link.isEncrypted())) {
        String title = catalogue.get().command(verb).map(Explanation::title).orElse("");
        tell("  %-14s %s".formatted(verb.endsWith("<") ? verb + "...>" : verb.strip(), title));
      }
      tell("/help lists what ehlo itself can do.");
    } else {
      tell("There is no connection: /again, /reconnect or /quit.");
    }
  }

  private void tellFound(Found found) {
    for (Explanation each : found.explanations()) {
      tell(each.subject() + ": " + each.title() + ". " + each.means());
      each.syntax().ifPresent(syntax -> tell("  " + syntax));
      each.todo().forEach(todo -> tell("  " + todo));
      tell("  " + each.source());
    }
    found.unknown().forEach(word -> tell(Plain.harmless(word) + ": nothing is known of that."));
  }

  /** The last answer to EHLO. */
  void show(Progress progress) {
    if (progress.offered().isEmpty()) {
      tell("The server has not listed anything yet: say " + progress.protocol().greeting() + ".");
    }
    progress.offered().forEach(line -> tell("  " + line));
  }

  /** Where the conversation stands. */
  void status(Conversation conversation) {
    Link link = conversation.link();
    tell(
        "%s, %s, %s"
            .formatted(
                link.call().to().shown(),
                link.call()
                    .security()
                    .map(it -> it.channel().version() + ", " + it.channel().cipher())
                    .orElse("no TLS"),
                link.progress().shown()));
    tell("answers are awaited for " + Tally.span(link.patience()));
  }

  /** Where it is kept. */
  void transcript() {
    tell(
        notebook
            .transcript()
            .place()
            .map(Transcript::shown)
            .or(notebook.transcript()::trouble)
            .orElse("It is kept nowhere. /save FILE writes it."));
  }

  private void tell(String text) {
    notebook.tell(Mark.ADVICE, text);
  }
}
