package me.ehlo.talk;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import me.ehlo.call.Door;
import me.ehlo.call.Protocol;
import me.ehlo.explain.Catalogue;
import me.ehlo.explain.Explanation;
import me.ehlo.explain.Found;
import me.ehlo.mail.Domain;
import me.ehlo.mail.DomainParser;
import me.ehlo.mail.Parsed;
import me.ehlo.net.CertificateDetails;
import me.ehlo.net.WireFailure;
import me.ehlo.trace.Mark;
import me.ehlo.trace.Plain;

/** Does what is typed with a slash, or a question mark, in front: what the server never gets to see. */
final class Orders {
  private static final int FILE_OCTETS_MAX = 100 * 1024 * 1024;
  private static final int SECONDS_MAX = 3600;

  private final Talk talk;
  private final Notebook notebook;
  private final Supplier<Catalogue> catalogue;
  private final BiFunction<String, Collection<String>, Optional<String>> nearest;
  private final Login login;

  Orders(
      Talk talk,
      Notebook notebook,
      Supplier<Catalogue> catalogue,
      BiFunction<String, Collection<String>, Optional<String>> nearest,
      Supplier<String> nonces) {
    this.talk = talk;
    this.notebook = notebook;
    this.catalogue = catalogue;
    this.nearest = nearest;
    this.login = new Login(notebook, nonces);
  }

  /** Does it. */
  void perform(String typed) throws WireFailure {
    if (typed.startsWith("?")) {
      ask(words(typed.substring(1)));
      return;
    }
    String word = typed.strip().split(" ", 2)[0];
    String rest = typed.strip().substring(word.length()).strip();
    Optional<Order> order = Order.of(word);
    if (order.isPresent()) {
      perform(order.get(), rest);
    } else {
      String meant =
          nearest.apply(word, Order.words()).map(it -> " Did you mean " + it + "?").orElse("");
      error("there is no " + word + "." + meant + " /help lists what there is.");
    }
  }

  private void perform(Order order, String rest) throws WireFailure {
    switch (order) {
      case HELP -> help();
      case QUIT -> talk.leave();
      case EXPLAIN -> explain(rest);
      case SAVE -> save(rest);
      case TRUST_ONCE -> trustOnce();
      case TRANSCRIPT -> transcript();
      case RECONNECT -> reconnect(rest);
      case AGAIN -> again();
      default -> {
        if (talk.conversation().isPresent()) {
          connected(order, rest, talk.conversation().get());
        } else {
          error("there is no connection. /again, /reconnect or /quit.");
        }
      }
    }
  }

  /** What makes sense with a connection only. */
  private void connected(Order order, String rest, Conversation conversation) throws WireFailure {
    switch (order) {
      case SHOW -> show(conversation.link().progress());
      case AUTH -> login.with(conversation, words(rest));
      case TLS -> tls(conversation);
      case CERT -> certificate(conversation, rest);
      case PIPELINE -> pipeline(conversation, rest);
      case RAW -> raw(conversation, rest);
      case FILE -> file(conversation, words(rest));
      case STATUS -> status(conversation);
      case TIMEOUT -> timeout(conversation, rest);
      default -> throw new IllegalStateException(order + " needs no connection");
    }
  }

  private void help() {
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

  private void explain(String rest) {
    switch (rest.toLowerCase(Locale.ROOT)) {
      case "on" -> notebook.explains(true);
      case "off" -> notebook.explains(false);
      case "" -> tell("explanations are " + (notebook.explains() ? "on" : "off"));
      default -> ask(words(rest));
    }
  }

  private void ask(List<String> about) {
    if (!about.isEmpty()) {
      tellFound(catalogue.get().lookUp(about));
    } else if (talk.conversation().isPresent()) {
      Link link = talk.conversation().get().link();
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

  private void show(Progress progress) {
    if (progress.offered().isEmpty()) {
      tell("The server has not listed anything yet: say " + progress.protocol().greeting() + ".");
    }
    progress.offered().forEach(line -> tell("  " + line));
  }

  private void tls(Conversation conversation) throws WireFailure {
    if (conversation.link().isEncrypted()) {
      tell("TLS is on already.");
      return;
    }
    Protocol protocol = conversation.link().progress().protocol();
    if (protocol.hasCodes() && conversation.link().progress().hello().isEmpty()) {
      conversation.say(protocol.greeting() + " " + talk.name());
    }
    conversation.say(protocol.startTls());
  }

  private void certificate(Conversation conversation, String rest) {
    var chain = conversation.encrypting().chain();
    if (chain.isEmpty()) {
      tell("There is no TLS, and so no certificate. /tls begins it.");
    } else if (rest.startsWith("save")) {
      write(rest.substring("save".length()).strip(), CertificateDetails.pem(chain));
    } else {
      conversation.encrypting().tellAll();
      chain.forEach(each -> {
        tell("");
        CertificateDetails.of(each).lines().forEach(line -> tell("  " + line));
      });
    }
  }

  private void trustOnce() {
    notebook.trustOnce();
    tell("The next /auth sends the password as things are.");
  }

  private void transcript() {
    tell(
        notebook
            .transcript()
            .place()
            .map(Transcript::shown)
            .or(notebook.transcript()::trouble)
            .orElse("It is kept nowhere. /save FILE writes it."));
  }

  private void reconnect(String rest) throws WireFailure {
    List<String> words = words(rest);
    if (words.size() == 2 && words.getFirst().equals("--mx")) {
      if (DomainParser.parse(words.get(1)) instanceof Parsed.Right<Domain>(var domain)) {
        anew(new Target.MailOf(domain, Door.SMTP.port()), Door.SMTP);
      } else {
        error(words.get(1) + " is no domain.");
      }
      return;
    }
    Optional<Place> place = rest.isEmpty() ? Optional.of(here()) : Place.of(rest, here());
    if (place.isEmpty()) {
      error("\"" + rest + "\" is neither a port nor a host. " + usage(Order.RECONNECT));
      return;
    }
    anew(new Target.Host(place.get().host(), place.get().port()), place.get().door());
  }

  private Place here() {
    return new Place(talk.target().name(), talk.target().port(), talk.door());
  }

  private boolean anew(Target target, Door door) throws WireFailure {
    notebook.forgetGood();
    return talk.reconnect(target, door);
  }

  private void again() throws WireFailure {
    List<String> good = notebook.good();
    if (!anew(talk.target(), talk.door())) {
      return;
    }
    for (String line : good) {
      Conversation conversation = talk.conversation().orElseThrow();
      if (!conversation.say(line).isGood()) {
        return;
      }
    }
  }

  private void pipeline(Conversation conversation, String rest) throws WireFailure {
    switch (rest.toLowerCase(Locale.ROOT)) {
      case "on" -> {
        conversation.gather(true);
        tell(
            "Lines are gathered; an empty line, DATA or QUIT sends them together. /pipeline off"
                + " ends it.");
        if (!conversation.link().progress().offers("PIPELINING")) {
          tell("This server has not offered PIPELINING: it may take it badly.");
        }
      }
      case "off" -> conversation.gather(false);
      default -> error(usage(Order.PIPELINE));
    }
  }

  private void raw(Conversation conversation, String rest) throws WireFailure {
    Optional<byte[]> octets = Octets.of(rest);
    if (octets.isEmpty() || octets.get().length == 0) {
      error(usage(Order.RAW) + " A backslash itself is \\\\.");
      return;
    }
    conversation.link().note(Mark.RAW_SENT, Secrecy.shown(rest, false));
    conversation.link().call().write(octets.get());
    conversation.link().call().flush();
    notebook.advise(
        rest.contains("\\n")
            ? "Sent. What the server answers is shown when it comes."
            : "Sent, without a line ending.");
  }

  private void file(Conversation conversation, List<String> words) throws WireFailure {
    boolean chunk = words.size() > 1 && words.getLast().equalsIgnoreCase("bdat");
    String name = String.join(" ", chunk ? words.subList(0, words.size() - 1) : words);
    if (name.isEmpty()) {
      error(usage(Order.FILE));
      return;
    }
    try {
      Path path = path(name);
      if (Files.size(path) > FILE_OCTETS_MAX) {
        error(name + " is larger than " + Offers.octets(FILE_OCTETS_MAX) + ".");
      } else {
        conversation.file(Files.readAllBytes(path), name, chunk);
      }
    } catch (IOException | InvalidPathException e) {
      error(name + " cannot be read: " + e.getMessage());
    }
  }

  private void save(String name) {
    Optional<Saved> form = Saved.by(name);
    if (form.isEmpty()) {
      error(usage(Order.SAVE) + " The name ends in .txt, .md or .json.");
    } else {
      write(name, form.get().text(notebook.transcript().said()));
    }
  }

  private void write(String name, String text) {
    if (name.isEmpty()) {
      error("into which file?");
      return;
    }
    try {
      Files.writeString(path(name), text, StandardCharsets.UTF_8);
      tell("written to " + name);
    } catch (IOException | InvalidPathException e) {
      error(name + " cannot be written: " + e.getMessage());
    }
  }

  private static Path path(String name) {
    return Path.of(
        name.startsWith("~/") ? System.getProperty("user.home") + name.substring(1) : name);
  }

  private void status(Conversation conversation) {
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

  private void timeout(Conversation conversation, String rest) {
    boolean number =
        !rest.isEmpty() && rest.length() < 6 && rest.chars().allMatch(c -> c >= '0' && c <= '9');
    if (number && Integer.parseInt(rest) >= 1 && Integer.parseInt(rest) <= SECONDS_MAX) {
      conversation.link().patience(Duration.ofSeconds(Integer.parseInt(rest)));
    } else if (!rest.isEmpty()) {
      error("seconds, 1 to " + SECONDS_MAX + ".");
      return;
    }
    tell("answers are awaited for " + Tally.span(conversation.link().patience()));
  }

  private static String usage(Order order) {
    return (order.word() + " " + order.arguments()).strip() + ": " + order.does() + ".";
  }

  private void tell(String text) {
    notebook.tell(Mark.ADVICE, text);
  }

  private void error(String text) {
    notebook.tell(Mark.ERROR, text);
  }

  private static List<String> words(String text) {
    return Arrays.stream(text.split("\\s+")).filter(word -> !word.isEmpty()).toList();
  }
}
