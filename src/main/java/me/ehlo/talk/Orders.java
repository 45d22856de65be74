package me.ehlo.talk;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import me.ehlo.call.Protocol;
import me.ehlo.explain.Catalogue;
import me.ehlo.net.WireFailure;
import me.ehlo.trace.Mark;

/** Does what is typed with a slash, or a question mark, in front: what the server never gets to see. */
final class Orders {
  private static final int SECONDS_MAX = 3600;
  private static final Set<Order> SPEAKING =
      EnumSet.of(Order.AUTH, Order.TLS, Order.RAW, Order.FILE, Order.SCRIPT);

  private final Talk talk;
  private final Notebook notebook;
  private final BiFunction<String, Collection<String>, Optional<String>> nearest;
  private final Guide guide;
  private final Papers papers;
  private final Elsewhere elsewhere;
  private final Recital recital;
  private final Login login;

  Orders(
      Talk talk,
      Notebook notebook,
      Supplier<Catalogue> catalogue,
      BiFunction<String, Collection<String>, Optional<String>> nearest,
      Supplier<String> nonces) {
    this.talk = talk;
    this.notebook = notebook;
    this.nearest = nearest;
    this.guide = new Guide(notebook, catalogue);
    this.papers = new Papers(notebook);
    this.elsewhere = new Elsewhere(talk, notebook);
    this.recital = new Recital(notebook);
    this.login = new Login(notebook, nonces);
  }

  /** Does it. */
  void perform(String typed) throws WireFailure {
    if (typed.startsWith("?")) {
      guide.ask(words(typed.substring(1)), talk.conversation());
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
      case HELP -> guide.help();
      case QUIT -> talk.leave();
      case EXPLAIN -> explain(rest);
      case SAVE -> papers.save(rest);
      case TRUST_ONCE -> trustOnce();
      case TRANSCRIPT -> guide.transcript();
      case RECONNECT -> elsewhere.reconnect(words(rest));
      case AGAIN -> elsewhere.again();
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
    if (SPEAKING.contains(order)) {
      conversation.sayGathered();
    }
    switch (order) {
      case SHOW -> guide.show(conversation.link().progress());
      case AUTH -> {
        if (!login.with(conversation, words(rest))) {
          talk.stop("AUTH", Login.NEXT_IS_SECRET);
        }
      }
      case TLS -> tls(conversation);
      case CERT -> papers.certificate(conversation, rest);
      case PIPELINE -> pipeline(conversation, rest);
      case RAW -> raw(conversation, rest);
      case FILE -> papers.file(conversation, words(rest));
      case SCRIPT -> recital.play(conversation, words(rest));
      case STATUS -> guide.status(conversation);
      case TIMEOUT -> timeout(conversation, rest);
      default -> throw new IllegalStateException(order + " needs no connection");
    }
  }

  private void explain(String rest) {
    switch (rest.toLowerCase(Locale.ROOT)) {
      case "on" -> notebook.explains(true);
      case "off" -> notebook.explains(false);
      case "" -> tell("explanations are " + (notebook.explains() ? "on" : "off"));
      default -> guide.ask(words(rest), talk.conversation());
    }
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
    if (!conversation.isOver() && !conversation.link().isEncrypted()) {
      talk.stop(protocol.startTls(), "what comes next was to be encrypted");
    }
  }

  private void trustOnce() {
    notebook.trustOnce();
    tell("The next /auth sends the password as things are.");
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
      default -> error(Order.PIPELINE.usage());
    }
  }

  private void raw(Conversation conversation, String rest) throws WireFailure {
    Optional<byte[]> octets = Octets.of(rest);
    if (octets.isEmpty() || octets.get().length == 0) {
      error(Order.RAW.usage() + " A backslash itself is \\\\.");
      return;
    }
    conversation.link().note(Mark.RAW_SENT, Secrecy.shownRaw(rest));
    conversation.link().call().write(octets.get());
    conversation.link().call().flush();
    notebook.advise(
        rest.contains("\\n")
            ? "Sent. What the server answers is shown when it comes."
            : "Sent, without a line ending.");
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
