package me.ehlo.talk;

import java.net.ConnectException;
import java.net.InetAddress;
import java.net.NoRouteToHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import me.ehlo.call.Destination;
import me.ehlo.call.Directions;
import me.ehlo.call.Door;
import me.ehlo.call.Means;
import me.ehlo.net.WireFailure;
import me.ehlo.trace.Mark;
import me.ehlo.trace.Utterance;

/** Finds a server and connects to the first of its addresses that answers, and says all the while what it waits for. */
final class Connecting {
  private static final Duration SAYS_IT_WAITS = Duration.ofSeconds(5);

  private static final String REFUSED = "refused: nobody listens there";
  private static final String NO_SOCKET = "there is no such socket";
  private static final String NOT_ALLOWED = "not allowed";

  private final Means means;
  private final Notebook notebook;
  private final Settings settings;

  Connecting(Means means, Notebook notebook, Settings settings) {
    this.means = means;
    this.notebook = notebook;
    this.settings = settings;
  }

  /** Where the target is, as far as we want to go there; empty, and the reason told, if nowhere. */
  List<Destination> find(Target target) {
    return switch (way(target)) {
      case Directions.Way.Nowhere(var why, _) -> {
        notebook.tell(Mark.ERROR, why);
        yield List.of();
      }
      case Directions.Way.To(var all) -> wanted(target, all);
    };
  }

  private Directions.Way way(Target target) {
    AtomicBoolean told = new AtomicBoolean();
    try {
      return Waiting.whileDoing(
          () -> target.way(means.directions()),
          _ -> {
            if (notebook.desk().isPerson() && !told.getAndSet(true)) {
              notebook.desk().mutter(Mark.INFO.sign() + " asking the DNS for " + target.name());
            }
          });
    } catch (WireFailure e) {
      throw new IllegalStateException("no wire leads to the DNS", e);
    } finally {
      notebook.desk().mutter(told.get() ? "\n" : "");
    }
  }

  /** A connection to the first that answers; empty, and the reasons told, if none does. */
  Optional<Link> connect(List<Destination> destinations, Door door) {
    List<Destination> silent = new ArrayList<>();
    for (Destination to : destinations) {
      Attempt attempt = attempt(to, door);
      if (attempt.link().isPresent()) {
        return attempt.link();
      }
      if (to.socket().isPresent()) {
        notebook.advise(aboutSocket(attempt.why()));
      } else if (attempt.silent()) {
        silent.add(to);
      } else if (to.equals(destinations.getLast()) && silent.isEmpty()) {
        notebook.advise(
            "Refused is an answer: the host is there, and nobody listens on that port, or a"
                + " firewall says so.");
      }
    }
    if (!silent.isEmpty()) {
      new OtherDoors(means, notebook).tryFrom(silent.getFirst(), door);
    }
    return Optional.empty();
  }

  private static String aboutSocket(String why) {
    return switch (why) {
      case NO_SOCKET ->
          "The server is not running, or keeps its socket elsewhere: its configuration says where.";
      case NOT_ALLOWED ->
          "The socket may be there, but this user may not use it, or not enter its folder: its"
              + " owner, its group and root may.";
      case REFUSED -> "The socket was left behind by a server that has gone, or is no socket.";
      default -> "A server made this socket and takes nobody who comes to it.";
    };
  }

  /**
   * What came of one address.
   *
   * @param why nothing did, in words
   * @param silent whether there was no answer at all
   */
  private record Attempt(Optional<Link> link, String why, boolean silent) {}

  private List<Destination> wanted(Target target, List<Destination> all) {
    List<Destination> wanted =
        all.stream().filter(to -> to.address().map(this::fits).orElse(true)).toList();
    if (wanted.isEmpty()) {
      notebook.tell(Mark.ERROR, target.name() + " has no address of the kind asked for.");
    } else if (isNamed(target, all)) {
      wanted.stream()
          .collect(
              Collectors.groupingBy(
                  Destination::name,
                  java.util.LinkedHashMap::new,
                  Collectors.mapping(
                      to -> to.address().map(InetAddress::getHostAddress).orElse(""),
                      Collectors.joining(", "))))
          .forEach((name, addresses) -> notebook.tell(Mark.INFO, name + " is " + addresses));
    }
    return wanted;
  }

  private static boolean isNamed(Target target, List<Destination> all) {
    return switch (target) {
      case Target.Host(var name, _) ->
          !all.getFirst()
              .address()
              .map(InetAddress::getHostAddress)
              .equals(Optional.of(Encrypting.bare(name)));
      case Target.MailOf _ -> true;
      case Target.Socket _ -> false;
    };
  }

  private boolean fits(InetAddress address) {
    return switch (settings.family()) {
      case ANY -> true;
      case IPV4 -> address instanceof java.net.Inet4Address;
      case IPV6 -> address instanceof java.net.Inet6Address;
    };
  }

  private Attempt attempt(Destination to, Door door) {
    StringBuilder line = new StringBuilder();
    mutter(line, "connecting to " + to.shown() + " ... ");
    long since = System.nanoTime();
    AtomicBoolean told = new AtomicBoolean();
    try {
      Link link =
          Waiting.whileDoing(
              () ->
                  Link.open(
                      means,
                      notebook,
                      to,
                      door.protocol(),
                      settings.connecting(),
                      settings.patience()),
              waited -> {
                if (waited.compareTo(SAYS_IT_WAITS) >= 0 && !told.getAndSet(true)) {
                  mutter(line, "no answer yet (5 s) ... ");
                }
              });
      mutter(line, "connected in " + Painter.time(since(since)));
      return new Attempt(Optional.of(link), "", false);
    } catch (WireFailure e) {
      boolean silent = e.kind() == WireFailure.Kind.TIMED_OUT;
      String why = silent ? "no answer (" + settings.connecting().toSeconds() + " s)" : why(e);
      mutter(line, why);
      return new Attempt(Optional.empty(), why, silent);
    } finally {
      notebook.desk().mutter("\n");
      notebook
          .transcript()
          .keep(new Utterance(notebook.clock().instant(), Mark.INFO, line.toString()));
    }
  }

  private void mutter(StringBuilder line, String part) {
    notebook.desk().mutter(line.isEmpty() ? Mark.INFO.sign() + " " + part : part);
    line.append(part);
  }

  /** In words that tell silence, refusal and the lack of a way apart. */
  static String why(WireFailure failure) {
    Throwable cause = failure.getCause();
    String message = String.valueOf(failure.getMessage());
    if (cause instanceof NoRouteToHostException || message.contains("unreachable")) {
      return "there is no way there (" + message + ")";
    }
    if (message.contains("No such file")) { // only sockets in the file system have such troubles
      return NO_SOCKET;
    }
    if (message.contains("Permission denied")) {
      return NOT_ALLOWED;
    }
    return cause instanceof ConnectException && message.contains("refused") ? REFUSED : message;
  }

  private static Duration since(long nanos) {
    return Duration.ofNanos(System.nanoTime() - nanos);
  }
}
