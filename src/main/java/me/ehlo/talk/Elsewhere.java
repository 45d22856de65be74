package me.ehlo.talk;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import me.ehlo.call.Door;
import me.ehlo.mail.Domain;
import me.ehlo.mail.DomainParser;
import me.ehlo.mail.Parsed;
import me.ehlo.net.WireFailure;
import me.ehlo.trace.Mark;

/** Hangs up and begins anew: at the same place, at another door of the same host, or elsewhere. */
final class Elsewhere {
  private final Talk talk;
  private final Notebook notebook;
  private Optional<Conversation> stoppedAtLogin = Optional.empty();

  Elsewhere(Talk talk, Notebook notebook) {
    this.talk = talk;
    this.notebook = notebook;
  }

  /** To where these words lead; without any, to the same place. */
  void reconnect(List<String> words) throws WireFailure {
    switch (words.size()) {
      case 0 -> anew(talk.target(), talk.door());
      case 1 -> host(words.getFirst());
      case 2 -> named(words.getFirst(), words.getLast());
      default -> wrong(String.join(" ", words));
    }
  }

  /** To the same place, and says there again what went well here; behind a login, which is not said again, it goes on. */
  void again() throws WireFailure {
    List<String> good = notebook.good();
    boolean said = false;
    try {
      said =
          isLoginAwaited()
              ? say(good.subList(Math.max(0, good.indexOf(Notebook.LOGIN)), good.size()))
              : talk.reconnect(talk.target(), talk.door()) && say(good);
    } finally {
      if (!said) {
        notebook.good(good); // the next time all of it is said
      }
    }
  }

  private boolean isLoginAwaited() {
    return talk.conversation()
        .filter(it -> stoppedAtLogin.equals(Optional.of(it)))
        .filter(it -> it.link().progress().sender().isEmpty())
        .isPresent();
  }

  /** False: not all of it was said, since the server has gone or wants a login first. */
  private boolean say(List<String> good) throws WireFailure {
    for (String line : good) {
      Optional<Conversation> conversation = talk.conversation();
      if (conversation.isEmpty()) {
        return false;
      }
      Progress progress = conversation.get().link().progress();
      if (line.equals(Notebook.LOGIN)) {
        stoppedAtLogin = progress.loggedIn() ? Optional.empty() : conversation;
        if (!progress.loggedIn()) {
          notebook.tell(
              Mark.INFO,
              "you were logged in here, and passwords are never kept: /auth first, then /again.");
          return false;
        }
      } else if (!isDone(line, conversation.get())) {
        if (!conversation.get().say(line).isGood()) {
          return !conversation.get().isLeaving();
        }
      }
    }
    return true;
  }

  /** By --tls, on the way in. */
  private static boolean isDone(String line, Conversation conversation) {
    return conversation.link().isEncrypted()
        && List.of("STARTTLS", "STLS").contains(Words.of(line).verb());
  }

  private void host(String typed) throws WireFailure {
    Optional<Place> place =
        Place.of(typed, new Place(talk.host(), talk.door().port(), talk.door()));
    if (place.isEmpty()) {
      wrong(typed);
    } else {
      anew(new Target.Host(place.get().host(), place.get().port()), place.get().door());
    }
  }

  private void named(String option, String value) throws WireFailure {
    switch (option) {
      case "--mx" -> domain(value);
      case "--socket" -> socket(value);
      default -> wrong(option + " " + value);
    }
  }

  private void domain(String name) throws WireFailure {
    if (DomainParser.parse(name) instanceof Parsed.Right<Domain>(var domain)) {
      anew(new Target.MailOf(domain, Door.SMTP.port()), Door.SMTP);
    } else {
      notebook.tell(Mark.ERROR, name + " is no domain.");
    }
  }

  private void socket(String name) throws WireFailure {
    try {
      Path path = Path.of(name);
      anew(new Target.Socket(path), Door.at(path).orElse(Door.SMTP));
    } catch (InvalidPathException e) {
      wrong(name);
    }
  }

  private void anew(Target target, Door door) throws WireFailure {
    notebook.good(List.of());
    talk.reconnect(target, door);
  }

  private void wrong(String typed) {
    notebook.tell(
        Mark.ERROR, "\"" + typed + "\" is neither a port nor a host. " + Order.RECONNECT.usage());
  }
}
