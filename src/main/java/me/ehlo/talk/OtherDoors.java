package me.ehlo.talk;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import me.ehlo.call.Call;
import me.ehlo.call.Destination;
import me.ehlo.call.Door;
import me.ehlo.call.Heard;
import me.ehlo.call.Means;
import me.ehlo.call.Reach;
import me.ehlo.net.WireFailure;
import me.ehlo.trace.Mark;

/** Knocks at the other doors of a host whose first one does not open, to tell a dead host from a filter on the way. */
final class OtherDoors {
  private static final List<Door> OTHERS = List.of(Door.SMTP, Door.SUBMISSION, Door.SMTPS);
  private static final Duration PATIENCE = Duration.ofSeconds(4);
  private static final Duration GLANCE = Duration.ofMillis(50);

  private final Means means;
  private final Notebook notebook;
  private final String name;

  /**
   * @param name ours, behind EHLO
   */
  OtherDoors(Means means, Notebook notebook, String name) {
    this.means = means;
    this.notebook = notebook;
    this.name = name;
  }

  /**
   * What came of one door.
   *
   * @param greets whether there is somebody who can be talked to, as far as that can be known
   */
  record Knock(Door door, Reach reach, boolean greets, String text) {

    /** That the host is there: to silence even a refusal is an answer. */
    boolean isAnswer() {
      return reach.isConnected() || reach instanceof Reach.Refused;
    }
  }

  /** Tries them all at once and shows each; those that were not tried to their end are left out. */
  List<Knock> tryFrom(Destination to) {
    notebook.tell(Mark.INFO, "trying the other doors of the same host");
    List<FutureTask<Knock>> knocking = new ArrayList<>();
    List<Destination> places = new ArrayList<>();
    for (Door other : OTHERS) {
      if (other.port() != to.port()) {
        Destination place = to.at(other.port());
        places.add(place);
        knocking.add(new FutureTask<>(() -> knock(place, other)));
        Thread.ofVirtual().start(knocking.getLast());
      }
    }
    List<Knock> knocks = new ArrayList<>();
    for (int i = 0; i < knocking.size(); i++) {
      FutureTask<Knock> knock = knocking.get(i);
      notebook.tell("  %-22s ".formatted(places.get(i).shown()), () -> await(knock, knocks));
    }
    return knocks;
  }

  /** Whether the door where mail programs send offers TLS: what there is and not on port 25 may have been taken away. */
  boolean submissionOffersTls(Destination to) {
    Destination place = to.at(Door.SUBMISSION.port());
    try (Call call = call(place, Door.SUBMISSION)) {
      call.hear(PATIENCE);
      Heard offers = call.ask("EHLO " + name, PATIENCE);
      call.say("QUIT");
      call.flush();
      return offers.isGood() && offers.texts().stream().anyMatch("STARTTLS"::equalsIgnoreCase);
    } catch (WireFailure e) {
      return false;
    }
  }

  private String await(FutureTask<Knock> knocking, List<Knock> knocks) {
    while (true) {
      try {
        Knock knock = knocking.get(GLANCE.toMillis(), TimeUnit.MILLISECONDS);
        knocks.add(knock);
        return knock.text();
      } catch (TimeoutException e) {
        if (notebook.desk().interrupted()) {
          return "given up";
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("nobody interrupts this thread", e);
      } catch (ExecutionException e) {
        throw new IllegalStateException(e.getCause());
      }
    }
  }

  private Knock knock(Destination to, Door door) {
    long since = System.nanoTime();
    Reach reach = new Reach.NoRoute();
    try (Call call = call(to, door)) {
      reach = new Reach.Connected(since(since));
      String connected = Connecting.words(reach);
      if (door.tls()) {
        return new Knock(door, reach, true, connected);
      }
      Heard heard = call.hear(PATIENCE);
      call.say("QUIT");
      call.flush();
      return new Knock(door, reach, heard.isGood(), connected + "    " + heard.lines().getFirst());
    } catch (WireFailure e) {
      if (reach.isConnected()) {
        return new Knock(
            door,
            reach,
            false,
            Connecting.words(reach) + "    " + Unreached.greetless(e, PATIENCE));
      }
      Reach failed = Reach.failed(e, since(since));
      return new Knock(door, failed, false, Connecting.words(failed));
    }
  }

  private Call call(Destination to, Door door) throws WireFailure {
    return new Call(means.dialer(), to, door.protocol(), means.clock(), _ -> {}, PATIENCE);
  }

  private static Duration since(long nanos) {
    return Duration.ofNanos(System.nanoTime() - nanos);
  }
}
