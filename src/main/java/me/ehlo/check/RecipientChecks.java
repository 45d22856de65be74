package me.ehlo.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import me.ehlo.call.Heard;
import me.ehlo.explain.Catalogue;

/** A check of what a server answers to one question; greylisting is no refusal. */
final class RecipientChecks implements Check {
  private final String id;
  private final Question.Kind kind;
  private final BiFunction<Visited, Heard, Finding> judge;

  private RecipientChecks(
      String id, Question.Kind kind, BiFunction<Visited, Heard, Finding> judge) {
    this.id = id;
    this.kind = kind;
    this.judge = judge;
  }

  /** Whether the recipient that was named is taken. */
  static Check rcpt() {
    return new RecipientChecks("rcpt", Question.Kind.RCPT, RecipientChecks::rcpt);
  }

  /** RFC 5321 §4.5.1: every domain has a postmaster. */
  static Check postmaster() {
    return new RecipientChecks("postmaster", Question.Kind.POSTMASTER, RecipientChecks::postmaster);
  }

  /** Whether it says at once that somebody does not exist. */
  static Check catchAll() {
    return new RecipientChecks("catchall", Question.Kind.RANDOM, RecipientChecks::catchAll);
  }

  /** RFC 5321 §4.5.5: reports come from nobody, so that nothing answers them. */
  static Check nullSender() {
    return new RecipientChecks(
        "nullsender", Question.Kind.NULL_SENDER, RecipientChecks::nullSender);
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public List<Finding> findings(Facts facts) {
    List<Finding> findings = new ArrayList<>();
    for (Visited visited : facts.visits()) {
      boolean planned =
          visited.answers().stream().anyMatch(asked -> asked.question().kind() == kind);
      Optional<Heard> answer = visited.answer(kind);
      if (answer.isPresent()) {
        findings.add(judge(visited, answer.get()));
      } else if (planned) {
        findings.add(
            Finding.unknown(id, visited.place(), "Not looked at: it did not come to that."));
      }
    }
    return findings;
  }

  private Finding judge(Visited visited, Heard heard) {
    return Said.isGreylisting(heard)
        ? Finding.note(
            id,
            visited.place(),
            "Greylisted: \"" + Said.line(heard) + "\".",
            "A delay for those who come for the first time, and no refusal; servers try again by themselves.",
            "To know the real answer, ask again in ten minutes.")
        : judge.apply(visited, heard);
  }

  private static Finding rcpt(Visited visited, Heard heard) {
    return switch (heard.kind()) {
      case DONE, GO_ON ->
          Finding.ok(
              "rcpt", visited.place(), "The recipient is taken: \"" + Said.line(heard) + "\".");
      case NOT_NOW ->
          Finding.warn(
              "rcpt",
              visited.place(),
              "The recipient is not taken now: \"" + Said.line(heard) + "\".",
              explained(heard) + "Mail waits at its senders, some days at most.",
              "If it lasts, the server's log says why: a full mailbox, a lookup that fails.");
      case NEVER, NONSENSE ->
          Finding.fail(
              "rcpt",
              visited.place(),
              "The recipient is refused: \"" + Said.line(heard) + "\".",
              explained(heard) + "Mail to it comes back to its senders.",
              "Check the spelling. If it is right: ehlo explain "
                  + heard.code()
                  + heard.status().map(it -> " " + it).orElse("")
                  + " tells what the answer means.");
    };
  }

  /** What the answer's status or code means, as the catalogue of explanations has it. */
  private static String explained(Heard heard) {
    Catalogue catalogue = Catalogue.ours();
    return heard
        .status()
        .flatMap(catalogue::status)
        .or(() -> catalogue.code(heard.code()))
        .map(explanation -> explanation.subject() + ": " + explanation.title() + ". ")
        .orElse("");
  }

  private static Finding postmaster(Visited visited, Heard heard) {
    return switch (heard.kind()) {
      case DONE, GO_ON -> Finding.ok("postmaster", visited.place(), "There is a postmaster.");
      case NOT_NOW ->
          Finding.unknown(
              "postmaster",
              visited.place(),
              "The postmaster is not taken now: \"" + Said.line(heard) + "\".");
      case NEVER, NONSENSE ->
          Finding.warn(
              "postmaster",
              visited.place(),
              "There is no postmaster: \"" + Said.line(heard) + "\".",
              "Who has trouble with your mail cannot tell you; RFC 5321 §4.5.1 wants one in every domain.",
              "Make an alias postmaster that somebody reads.");
    };
  }

  private static Finding catchAll(Visited visited, Heard heard) {
    return switch (heard.kind()) {
      case DONE, GO_ON ->
          Finding.note(
              "catchall",
              visited.place(),
              "It takes any recipient, even one that cannot exist.",
              "Either all mail has a reader, or it says later that there is none: such reports hit the wrong people.",
              "If it is no catch-all on purpose, let the server know its users while it talks.");
      case NOT_NOW ->
          Finding.note(
              "catchall",
              visited.place(),
              "An unknown recipient is put off: \"" + Said.line(heard) + "\".",
              "Mail for a wrong address waits for days before its sender hears of it.",
              "Refuse unknown recipients with 550 (Postfix: unknown_local_recipient_reject_code = 550).");
      case NEVER, NONSENSE ->
          Finding.ok("catchall", visited.place(), "Unknown recipients are refused at once.");
    };
  }

  private static Finding nullSender(Visited visited, Heard heard) {
    return switch (heard.kind()) {
      case DONE, GO_ON -> Finding.ok("nullsender", visited.place(), "The null sender is taken.");
      case NOT_NOW ->
          Finding.unknown(
              "nullsender",
              visited.place(),
              "MAIL FROM:<> is not taken now: \"" + Said.line(heard) + "\".");
      case NEVER, NONSENSE ->
          Finding.warn(
              "nullsender",
              visited.place(),
              "MAIL FROM:<> is refused: \"" + Said.line(heard) + "\".",
              "Reports about mail that its users have sent never reach them (RFC 5321 §4.5.5).",
              "Take the null sender; whoever sends spam has other addresses too.");
    };
  }
}
