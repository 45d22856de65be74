package me.ehlo.talk;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import me.ehlo.call.Heard;
import me.ehlo.call.Heard.Kind;
import me.ehlo.call.Protocol;
import me.ehlo.explain.Catalogue;
import me.ehlo.explain.Explanation;

/**
 * What is said beside an answer so that whoever reads it knows what it means here and now.
 *
 * <p>A table: the first row whose condition holds has the word. What no row knows is told from the catalogue.
 */
final class Advice {
  private final Supplier<Catalogue> catalogue;
  private final BiFunction<String, Collection<String>, Optional<String>> nearest;
  private final List<Row> rows =
      List.of(
          new Row(it -> it.heard().kind() == Kind.NONSENSE, this::nonsense),
          new Row(it -> it.heard().code() == 421, this::leaving),
          new Row(it -> it.words().verb().isEmpty(), this::greeting),
          new Row(it -> good(it, "EHLO", "LHLO"), it -> Offers.lines(it)),
          new Row(it -> good(it, "DATA"), _ -> List.of(INSTRUCTION)),
          new Row(it -> it.heard().kind() == Kind.GO_ON, this::challenge),
          new Row(it -> it.heard().isGood(), this::well),
          new Row(it -> isUnknown(it), this::unknown),
          new Row(Refusals::isRelaying, Refusals::relaying),
          new Row(Refusals::isGreylisting, Refusals::greylisting),
          new Row(_ -> true, this::refused));

  private static final String INSTRUCTION =
      "Headers, an empty line, the text. A line with only \".\" sends it. Ctrl-E: editor. Ctrl-C"
          + " twice: abort.";

  /**
   * @param nearest finds the word that is like another
   */
  Advice(
      Supplier<Catalogue> catalogue,
      BiFunction<String, Collection<String>, Optional<String>> nearest) {
    this.catalogue = catalogue;
    this.nearest = nearest;
  }

  /** One row of the table. */
  private record Row(Predicate<Situation> when, Function<Situation, List<String>> text) {}

  /** Sentences, a paragraph each. */
  List<String> on(Situation situation) {
    return rows.stream()
        .filter(row -> row.when().test(situation))
        .findFirst()
        .map(row -> row.text().apply(situation))
        .orElse(List.of());
  }

  private static boolean good(Situation it, String... verbs) {
    return it.heard().isGood() && List.of(verbs).contains(it.words().verb());
  }

  private List<String> nonsense(Situation it) {
    String what = it.progress().protocol() == Protocol.POP3 ? "POP3" : "SMTP";
    return List.of(
        "This is no answer of " + what + ": " + it.heard().flaw() + ".",
        it.port() == 0
            ? "Perhaps another kind of server listens at this socket: --lmtp and --pop3 say which."
            : "Perhaps another kind of server listens on port %d, or something on the way answers in its place."
                .formatted(it.port()));
  }

  private List<String> leaving(Situation it) {
    String why =
        it.says("too many", "limit", "rate")
            ? "it has too many connections, from you or in all"
            : it.says("time", "idle", "inactiv")
                ? "it has waited for you too long"
                : "it is shutting down, overloaded, or tired of waiting";
    return List.of(
        "421: the server ends the conversation; "
            + why
            + ". What was not accepted yet is forgotten.",
        "/again connects anew and says again what went well.");
  }

  private List<String> greeting(Situation it) {
    if (!it.heard().isGood()) {
      return List.of(
          "The server does not want to talk%s: %s"
              .formatted(it.heard().kind() == Kind.NOT_NOW ? " now" : "", meaning(it)),
          "Only QUIT is left to say, and ehlo says it:");
    }
    if (it.says("****")) {
      return List.of(
          "This greeting was rewritten on the way: asterisks are the sign of a firewall that"
              + " \"inspects\" SMTP.",
          "Such a firewall removes STARTTLS and other extensions too. Port 587 or 465 may be let"
              + " through unchanged: /reconnect 587.");
    }
    return List.of(
        switch (it.progress().protocol()) {
          case SMTP ->
              it.heard().code()
                  + ": ready. Your turn. Say EHLO and your host name.   Tab completes, ? helps,"
                  + " /quit leaves";
          case LMTP ->
              it.heard().code()
                  + ": ready. This is LMTP: say LHLO and your host name.   Tab completes, ? helps,"
                  + " /quit leaves";
          case POP3 ->
              "Ready. Say USER and your name, then PASS; /auth does it without showing the"
                  + " password.   Tab completes, ? helps, /quit leaves";
        });
  }

  private List<String> challenge(Situation it) {
    if (it.progress().mode() != Progress.Mode.CHALLENGE) {
      return List.of();
    }
    String line = it.heard().lines().getFirst();
    String text = line.substring(Math.min(line.length(), it.heard().code() > 0 ? 4 : 2)).strip();
    String decoded =
        text.isEmpty()
            ? ""
            : Challenge.decoded(text).map(said -> " It says: " + said + ".").orElse("");
    return List.of(
        "The server asks for the next part of the login, in Base64."
            + decoded
            + " * gives up. /auth does all this by itself.");
  }

  private List<String> well(Situation it) {
    return it.progress().protocol() == Protocol.POP3 && it.isTo("PASS")
        ? List.of(
            "Logged in. STAT counts the mails, LIST lists them, RETR 1 shows the first, QUIT ends.")
        : List.of();
  }

  private static boolean isUnknown(Situation it) {
    return it.heard().code() == 500
        || it.heard().code() == 502
        || it.progress().protocol() == Protocol.POP3
            && it.heard().kind() == Kind.NEVER
            && it.says("unknown", "invalid command", "no such command");
  }

  private List<String> unknown(Situation it) {
    String verb = it.words().verb();
    List<String> known = Verbs.all(it.progress().protocol());
    if (verb.equals("HELLO")) {
      return List.of(
          "There is no HELLO. The old greeting is HELO, the current one is EHLO. Up-arrow brings"
              + " the line back.");
    }
    if (verb.equals("EHLO")) {
      return List.of("An old server: it knows no EHLO. HELO is what it understands.");
    }
    if (known.contains(verb)) {
      return List.of(
          "%s is a command, but this server does not have it, or not now. ? lists what may be said."
              .formatted(verb));
    }
    String meant = nearest.apply(verb, known).map(word -> " Did you mean " + word + "?").orElse("");
    return List.of(
        "There is no "
            + verb
            + "."
            + meant
            + " Up-arrow brings the line back; ? lists what may be said.");
  }

  private List<String> refused(Situation it) {
    List<String> lines = new ArrayList<>();
    if (it.heard().code() > 0) {
      lines.add(
          it.heard().kind() == Kind.NOT_NOW
              ? "Refused, for now (4xx): the same may go well later."
              : "Refused, permanently (5xx): the same again gets the same answer.");
    }
    explanation(it)
        .ifPresent(found -> {
          lines.add(found.subject() + ": " + found.title() + ". " + found.means());
          found.todo().forEach(todo -> lines.add("  " + todo));
        });
    Refusals.whatIsLeft(it).ifPresent(lines::add);
    return lines;
  }

  private String meaning(Situation it) {
    return explanation(it).map(found -> found.title() + ".").orElse("it does not say why.");
  }

  /** Of the most exact word that the answer has. */
  private Optional<Explanation> explanation(Situation it) {
    Heard heard = it.heard();
    Catalogue words = catalogue.get();
    if (heard.code() == 0) {
      String first = heard.text().split(" ", 2)[0];
      return words.response(first.startsWith("[") ? first : "-ERR");
    }
    return heard.status().flatMap(words::status).or(() -> words.code(heard.code()));
  }
}
