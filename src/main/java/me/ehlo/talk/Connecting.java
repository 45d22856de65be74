package me.ehlo.talk;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import me.ehlo.call.Destination;
import me.ehlo.call.Directions;
import me.ehlo.call.Door;
import me.ehlo.call.Means;
import me.ehlo.call.Reach;
import me.ehlo.net.WireFailure;
import me.ehlo.trace.Mark;
import me.ehlo.trace.Utterance;

/** Finds a server and connects to the first of its addresses that answers, and says all the while what it waits for. */
final class Connecting {
  private static final Duration SAYS_IT_WAITS = Duration.ofSeconds(5);

  private final Means means;
  private final Notebook notebook;
  private final Settings settings;
  private final Unreached unreached;

  Connecting(Means means, Notebook notebook, Settings settings, Unreached unreached) {
    this.unreached = unreached;
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
    Map<Destination, Reach> tried = new LinkedHashMap<>();
    for (Destination to : destinations) {
      switch (attempt(to, door)) {
        case Attempt.Made(var link) -> {
          return Optional.of(link);
        }
        case Attempt.Failed(_, var failure) when to.socket().isPresent() -> {
          notebook.tally().failed(Ending.NO_CONNECTION);
          notebook.advise(SocketTrouble.of(failure).advice());
          return Optional.empty();
        }
        case Attempt.Failed(var reach, _) -> tried.put(to, reach);
        case Attempt.GivenUp() -> {
          notebook.tally().failed(Ending.NO_CONNECTION);
          return Optional.empty();
        }
      }
    }
    if (tried.isEmpty()) {
      notebook.tally().failed(Ending.NO_CONNECTION);
    } else {
      unreached.tell(tried);
    }
    return Optional.empty();
  }

  /** What came of one address. */
  private sealed interface Attempt {
    record Made(Link link) implements Attempt {}

    /** {@link Reach.Connected}: and cut off at once. */
    record Failed(Reach reach, WireFailure failure) implements Attempt {}

    /** Somebody did not want to wait any longer. */
    record GivenUp() implements Attempt {}
  }

  private List<Destination> wanted(Target target, List<Destination> all) {
    List<Destination> wanted = settings.family().of(all);
    if (wanted.isEmpty()) {
      notebook.tell(Mark.ERROR, settings.family().absent(target.name(), all));
    } else if (isNamed(target, all)) {
      wanted.stream()
          .collect(
              Collectors.groupingBy(
                  Destination::name,
                  LinkedHashMap::new,
                  Collectors.mapping(
                      to -> to.address().map(Destination::text).orElse(""),
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
              .map(Destination::text)
              .equals(Optional.of(Encrypting.bare(name)));
      case Target.MailOf _ -> true;
      case Target.Socket _ -> false;
    };
  }

  private Attempt attempt(Destination to, Door door) {
    StringBuilder line = new StringBuilder();
    mutter(line, "connecting to " + to.shown() + " ... ");
    long since = System.nanoTime();
    AtomicBoolean told = new AtomicBoolean();
    try {
      Optional<Link> link =
          Waiting.unlessGivenUp(
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
                return notebook.desk().interrupted();
              });
      mutter(line, link.isEmpty() ? "given up" : words(new Reach.Connected(since(since))));
      return link.<Attempt>map(Attempt.Made::new).orElseGet(Attempt.GivenUp::new);
    } catch (WireFailure e) {
      boolean reset = Reach.isReset(e);
      Reach reach =
          reset ? new Reach.Connected(since(since)) : Reach.failed(e, settings.connecting());
      mutter(
          line,
          to.socket().isPresent()
              ? SocketTrouble.of(e).words()
              : words(reach) + (reset ? ", and reset at once" : ""));
      return new Attempt.Failed(reach, e);
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
  static String words(Reach reach) {
    return switch (reach) {
      case Reach.Connected(var took) -> "connected in " + Painter.time(took);
      case Reach.NoAnswer(var waited) -> "no answer (" + Tally.span(waited) + ")";
      case Reach.Refused() -> "refused";
      case Reach.Unreachable(var why) -> "cannot be reached (" + why + ")";
      case Reach.NoRoute() -> "no way there from here";
    };
  }

  private static Duration since(long nanos) {
    return Duration.ofNanos(System.nanoTime() - nanos);
  }
}
