package me.ehlo.talk;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import me.ehlo.call.Destination;
import me.ehlo.call.Door;
import me.ehlo.call.Means;
import me.ehlo.explain.Catalogue;
import me.ehlo.net.TlsClient;
import me.ehlo.net.Trust;
import me.ehlo.net.WireFailure;
import me.ehlo.trace.Mark;

/**
 * {@code ehlo talk}: what telnet should have been.
 *
 * <p>What is typed goes out octet for octet with CRLF behind it, never corrected; advice stands beside it.
 */
public final class Talk {
  private final Settings settings;
  private final Notebook notebook;
  private final OtherDoors doors;
  private final Unreached unreached;
  private final Connecting connecting;
  private final Advice advice;
  private final Given given;
  private final Orders orders;
  private final Instant since;
  private Target target;
  private Door door;
  private Optional<Conversation> conversation = Optional.empty();
  private Optional<String> host = Optional.empty();
  private boolean left;
  private boolean aboutToAbort;

  /**
   * What the wiring gives; what is expensive is made when it is needed.
   *
   * @param nonces random words, none twice
   * @param nearest finds the word that is like another
   */
  public record Given(
      Means means,
      Desk desk,
      Supplier<TlsClient> tls,
      Supplier<Trust> trust,
      Supplier<String> nonces,
      Supplier<Catalogue> catalogue,
      BiFunction<String, Collection<String>, Optional<String>> nearest) {}

  public Talk(Settings settings, Given given) {
    this.settings = settings;
    this.given = given;
    this.target = settings.target();
    this.door = settings.door();
    this.since = given.means().clock().instant();
    Transcript transcript = Transcript.of(settings, since);
    this.notebook =
        new Notebook(given.desk(), transcript, given.means().clock(), settings.explains());
    this.doors = new OtherDoors(given.means(), notebook, settings.name());
    this.unreached = new Unreached(doors, notebook);
    this.connecting = new Connecting(given.means(), notebook, settings, unreached);
    this.advice = new Advice(given.catalogue(), given.nearest());
    this.orders = new Orders(this, notebook, given.catalogue(), given.nearest(), given.nonces());
  }

  /** Talks until it is over; returns what the shell is told. */
  public int run() {
    int status = connect() ? talk() : notebook.tally().status();
    farewell();
    return status;
  }

  /** The conversation that is held, if there is a connection. */
  Optional<Conversation> conversation() {
    return conversation.filter(it -> it.link().isOpen());
  }

  /** What may follow the line that was begun. */
  public List<String> completions(String begun) {
    if (FileNames.arePartOf(begun) && !inMail()) {
      return FileNames.completing(begun);
    }
    return conversation
        .map(it ->
            Completion.of(
                begun,
                it.link().progress(),
                it.link().isEncrypted(),
                settings.name(),
                notebook.addresses()))
        .orElseGet(() -> Order.words().stream().filter(word -> word.startsWith(begun)).toList());
  }

  /** Whether a line must not be remembered for another time. */
  public boolean hasSecret(String line) {
    Progress.Mode mode =
        conversation.map(it -> it.link().progress().mode()).orElse(Progress.Mode.COMMAND);
    return mode != Progress.Mode.COMMAND
        || Secrecy.isIn(line)
        || Untypable.in(line).isPresent(); // an edit that may have been meant to make PASS of it
  }

  String name() {
    return settings.name();
  }

  Target target() {
    return target;
  }

  Door door() {
    return door;
  }

  /** The host that is meant where only a port is said: the one that was connected to, if one was. */
  String host() {
    return host.orElseGet(target::name);
  }

  /** Ends it all. */
  void leave() throws WireFailure {
    left = true;
    if (conversation().isPresent()
        && conversation().get().link().progress().mode() == Progress.Mode.COMMAND) {
      conversation().get().say("QUIT");
    }
  }

  /**
   * What was typed ahead is not to be said any more: a pipe ends here, and what waits of a paste is dropped.
   *
   * @param verb of the command that has gone wrong
   * @param why a clause
   */
  void stop(String verb, String why) throws WireFailure {
    notebook.tally().stoppedAt(verb);
    if (!given.desk().isPerson()) {
      notebook.tell(Mark.ERROR, "the conversation ends here, for " + why + ".");
      leave();
    } else if (given.desk().dropQueued() > 0) {
      notebook.tell(Mark.ERROR, "the rest of the paste is dropped, for " + why + ".");
    }
  }

  /** Hangs up here and begins anew, there; false: it has not gone well. */
  boolean reconnect(Target to, Door kind) throws WireFailure {
    hangUp();
    target = to;
    door = kind;
    host = Optional.empty();
    boolean there = connect();
    if (there) {
      notebook.tally().resumed();
    } else {
      notebook.tally().brokeOff(notebook.tally().status());
    }
    return there;
  }

  private int talk() {
    while (!left) {
      Typed typed = listen();
      try {
        take(typed);
      } catch (WireFailure e) {
        conversation.ifPresent(it -> it.lost(e));
        left |= !given.desk().isPerson();
      }
      left |= conversation.map(Conversation::isOver).orElse(false);
    }
    return tellsHowItEnded() ? notebook.tally().status() : Ending.WELL;
  }

  /** A person has seen it; a script that typed through a pipe has not. */
  private boolean tellsHowItEnded() {
    Tally tally = notebook.tally();
    return settings.lastStatus()
        || settings.strict() && tally.status() == Ending.TLS
        || !given.desk().isPerson() && tally.hasBrokenOff();
  }

  private Typed listen() {
    Mark gutter = conversation().map(it -> it.link().gutter()).orElse(Mark.SENT);
    status();
    try (Ears _ = new Ears(conversation(), this::status)) {
      return given.desk().type(gutter);
    }
  }

  private void take(Typed typed) throws WireFailure {
    switch (typed) {
      case Typed.Line(var text) -> {
        aboutToAbort = false;
        line(text);
      }
      case Typed.Interrupt(var begun) -> interrupt(begun);
      case Typed.End() -> end();
      case Typed.Editor(var begun) -> edit(begun);
    }
  }

  private void line(String text) throws WireFailure {
    Progress.Mode mode =
        conversation().map(it -> it.link().progress().mode()).orElse(Progress.Mode.COMMAND);
    OptionalInt untypable = isMail(mode) ? OptionalInt.empty() : Untypable.in(text);
    if (untypable.isPresent()) {
      refuse(text, untypable.getAsInt(), mode == Progress.Mode.CHALLENGE);
    } else if (mode == Progress.Mode.COMMAND && (text.startsWith("/") || text.startsWith("?"))) {
      orders.perform(text);
    } else if (conversation().isPresent()) {
      Conversation held = conversation().get();
      held.line(text);
      if (held.link().progress().takeRefusedTooEarly()) {
        stop("AUTH", Login.NEXT_IS_SECRET);
      }
    } else if (!text.isBlank()) {
      notThere();
    }
  }

  private void refuse(String text, int at, boolean answersChallenge) throws WireFailure {
    notebook.tell(Mark.ERROR, Untypable.sentence(text, at, answersChallenge));
    String verb = answersChallenge ? "AUTH" : Words.of(text.substring(0, at)).verb();
    stop(verb, "what comes next may count on this line");
    given.desk().giveBack(text);
  }

  private void notThere() {
    notebook.tell(Mark.ERROR, "not sent: there is no connection. /again, /reconnect or /quit.");
    if (!given.desk().isPerson()) {
      notebook.tally().lost("");
      left = true;
    }
  }

  private void interrupt(String begun) throws WireFailure {
    given.desk().dropQueued();
    if (inMail() && aboutToAbort) {
      hangUp();
      notebook.tell(
          Mark.INFO,
          "the connection was dropped before the end of the mail: nothing was sent. /again or"
              + " /quit");
      aboutToAbort = false;
    } else if (inMail()) {
      notebook.tell(Mark.INFO, "Ctrl-C again drops the connection; the mail is then not sent.");
      aboutToAbort = true;
    } else if (begun.isEmpty() && aboutToAbort) {
      leave();
    } else {
      aboutToAbort = begun.isEmpty();
      if (aboutToAbort) {
        notebook.advise("Ctrl-C again says QUIT.");
      }
    }
  }

  private boolean inMail() {
    return conversation().map(it -> it.link().progress().mode()).filter(Talk::isMail).isPresent();
  }

  private static boolean isMail(Progress.Mode mode) {
    return mode == Progress.Mode.CONTENT || mode == Progress.Mode.CHUNK;
  }

  private void end() throws WireFailure {
    if (inMail()) {
      hangUp();
      left = true;
      notebook.tally().brokeOff(Ending.DATA);
      notebook.tell(Mark.ERROR, "the input ended in the middle of a mail: nothing was sent.");
    } else {
      leave();
    }
  }

  private void edit(String begun) throws WireFailure {
    Optional<String> text = given.desk().edit(begun);
    if (text.isEmpty()) {
      notebook.tell(Mark.ERROR, "there is no editor: set EDITOR.");
      return;
    }
    for (String line : text.get().lines().toList()) {
      line(line);
    }
  }

  private boolean connect() {
    List<Destination> destinations = connecting.find(target);
    host = destinations.stream().findFirst().map(Destination::name);
    Optional<Link> link = connecting.connect(destinations, door);
    if (link.isEmpty()) {
      return false;
    }
    host = link.map(it -> it.call().to().name());
    Encrypting encrypting = new Encrypting(given.tls(), given.trust(), notebook, settings.strict());
    Conversation held = new Conversation(link.get(), notebook, advice, encrypting, doors);
    conversation = Optional.of(held);
    try {
      if (!held.begin(door.tls())) {
        return false;
      }
    } catch (WireFailure e) {
      if (held.link().isGivenUp()) {
        notebook.tally().failed(Ending.GREETING);
      } else {
        unreached.mute(held.link().call().to(), Unreached.greetless(e, held.link().patience()));
      }
      return false;
    }
    try {
      return introduce(held);
    } catch (WireFailure e) {
      held.lost(e);
      return false;
    }
  }

  private boolean introduce(Conversation held) throws WireFailure {
    if (settings.tlsAtOnce() && !held.link().isEncrypted()) {
      if (door.protocol().hasCodes()) {
        held.say(door.protocol().greeting() + " " + settings.name());
      }
      held.say(door.protocol().startTls());
      return !held.isOver() && (held.link().isEncrypted() || mayGoOnInTheClear(held));
    }
    return true;
  }

  /** TLS was asked for, and there is none: only a person can think better of it, if nothing else was said before. */
  private boolean mayGoOnInTheClear(Conversation held) {
    boolean may = given.desk().isPerson() && !settings.strict();
    notebook.tally().failed(Ending.TLS);
    notebook.tell(
        Mark.ERROR,
        "--tls: the connection is NOT encrypted; "
            + (may ? "everything is readable on the way." : "no further than this."));
    if (!may) {
      held.takeLeave();
    }
    return may;
  }

  private void status() {
    given.desk().status(StatusLine.of(conversation.map(Conversation::link)));
  }

  private void hangUp() {
    conversation.ifPresent(it -> it.link().call().close());
  }

  private void farewell() {
    hangUp();
    if (conversation.isPresent()) {
      Duration took = Duration.between(since, notebook.clock().instant());
      notebook.tell(Mark.INFO, notebook.tally().sentence(took));
    }
    Transcript transcript = notebook.transcript();
    transcript.close();
    transcript
        .place()
        .map(place -> "transcript: " + Transcript.shown(place))
        .or(transcript::trouble)
        .ifPresent(sentence -> notebook.tell(Mark.INFO, sentence));
  }
}
