package me.ehlo.check;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import me.ehlo.call.Call;
import me.ehlo.call.Destination;
import me.ehlo.call.Heard;
import me.ehlo.call.Protocol;
import me.ehlo.call.Reach;
import me.ehlo.net.HandshakeTrouble;
import me.ehlo.net.Secured;
import me.ehlo.net.WireFailure;

/**
 * One call at a host: it is greeted, encrypted and asked, politely and without a mail, and what it does is written down.
 *
 * <p>Where the handshake or pipelining ends the connection, the call is repeated without it, so that one thing that is broken
 * does not hide the others. There is one connection at a time.
 */
final class Visit {
  private static final int CALLS_MAX = 3;

  private final Visitor visitor;
  private final Target target;
  private final Plan plan;

  private Reach reach = new Reach.NoRoute();
  private Stage at = Stage.CONNECT;
  private Optional<InetAddress> here = Optional.empty();
  private Optional<Heard> greeting = Optional.empty();
  private Optional<Heard> ehlo = Optional.empty();
  private Optional<Heard> helo = Optional.empty();
  private Encryption encryption = new Encryption.NotReached();
  private Optional<Heard> ehloEncrypted = Optional.empty();
  private List<Question.Asked> answers = new ArrayList<>();
  private Optional<Boolean> pipelined = Optional.empty();
  private Optional<Visited.Lost> lost = Optional.empty();
  private final Map<Integer, Visited.Knock> doors = new HashMap<>();
  private boolean encrypts;
  private boolean pipelines = true;

  Visit(Visitor visitor, Target target, Plan plan) {
    this.visitor = visitor;
    this.target = target;
    this.plan = plan;
    this.encrypts = plan.encrypt();
  }

  Visited make() {
    boolean again = true;
    for (int calls = 0; calls < CALLS_MAX && again; calls++) {
      again = !callOnce() && withoutWhatBroke();
    }
    lookAround();
    return new Visited(
        target,
        reach,
        here,
        greeting,
        ehlo,
        helo,
        encryption,
        ehloEncrypted,
        answers,
        pipelined,
        lost,
        doors);
  }

  /** Whether the conversation came to its end. */
  private boolean callOnce() {
    at = Stage.CONNECT;
    long since = System.nanoTime();
    try (Call call = call(visitor.ports().smtp(), visitor.patience().connect())) {
      reach = new Reach.Connected(since(since));
      here = Optional.of(call.here().getAddress());
      since = System.nanoTime();
      return converse(call);
    } catch (WireFailure e) {
      failed(e, since(since));
      return false;
    }
  }

  private void failed(WireFailure e, Duration waited) {
    boolean silent = e.kind() == WireFailure.Kind.TIMED_OUT;
    if (at != Stage.CONNECT) {
      lost = Optional.of(new Visited.Lost(at, silent, waited));
    } else if (Reach.isReset(e)) {
      reach = new Reach.Connected(waited);
      lost = Optional.of(new Visited.Lost(Stage.GREET, false, waited));
    } else if (!reach.isConnected()) {
      reach = Reach.failed(e, waited);
    }
  }

  /** Whether it makes sense to call again, and how. */
  private boolean withoutWhatBroke() {
    if (at == Stage.TLS && encrypts) {
      encrypts = false;
    } else if (at == Stage.PIPELINE && pipelines) {
      pipelines = false;
    } else {
      return false;
    }
    lost = Optional.empty(); // it is told of otherwise
    return plan.asks();
  }

  /** Whether nothing broke. */
  private boolean converse(Call call) throws WireFailure {
    at = Stage.GREET;
    Heard said = call.hear(visitor.patience().greeting());
    greeting = greeting.or(() -> Optional.of(said));
    if (said.kind() != Heard.Kind.DONE) {
      quit(call);
      return true;
    }
    at = Stage.EHLO;
    Optional<Heard> offers = introduce(call);
    if (offers.isPresent()) {
      Optional<Heard> last = encrypted(call, offers.get());
      if (last.isEmpty()) {
        return false;
      }
      ask(call, last.get());
    }
    quit(call);
    return true;
  }

  /** What was answered to EHLO or HELO, if well. */
  private Optional<Heard> introduce(Call call) throws WireFailure {
    Heard said = ask(call, "EHLO " + visitor.name());
    ehlo = ehlo.or(() -> Optional.of(said));
    if (said.isGood() || said.kind() == Heard.Kind.NOT_NOW) {
      return Optional.of(said).filter(Heard::isGood);
    }
    Heard older = ask(call, "HELO " + visitor.name());
    helo = helo.or(() -> Optional.of(older));
    return Optional.of(older).filter(Heard::isGood);
  }

  /** What is offered in the end, after STARTTLS if it went well; empty: one cannot go on. */
  private Optional<Heard> encrypted(Call call, Heard offers) throws WireFailure {
    if (!Extensions.of(offers).has("STARTTLS")) {
      encryption =
          encryption instanceof Encryption.NotReached ? new Encryption.NotOffered() : encryption;
      return Optional.of(offers);
    }
    if (!encrypts) {
      return Optional.of(offers);
    }
    at = Stage.STARTTLS;
    Heard said = ask(call, "STARTTLS");
    if (!said.isGood()) {
      encryption = new Encryption.Refused(said);
      return Optional.of(offers);
    }
    at = Stage.TLS;
    shakeHands(call);
    if (encryption instanceof Encryption.Injected) {
      return Optional.empty();
    }
    at = Stage.EHLO;
    ehloEncrypted = Optional.of(ask(call, "EHLO " + visitor.name()));
    return ehloEncrypted;
  }

  private void shakeHands(Call call) throws WireFailure {
    try {
      Optional<Secured> secured = call.encrypt(visitor.tls(), visitor.patience().answer());
      encryption =
          secured.<Encryption>map(Encryption.Done::new).orElseGet(Encryption.Injected::new);
    } catch (WireFailure e) {
      encryption = new Encryption.Failed(HandshakeTrouble.of(e));
      throw e;
    }
  }

  private void ask(Call call, Heard offers) throws WireFailure {
    if (!plan.asks() || !offers.isGood() || !call.isOpen()) {
      return;
    }
    answers = new ArrayList<>();
    boolean offered = Extensions.of(offers).has("PIPELINING");
    pipelined = offered ? Optional.of(pipelines) : Optional.empty();
    at = offered && pipelines ? Stage.PIPELINE : Stage.QUESTIONS;
    List<Question> left =
        offered && pipelines ? askTogether(call, plan.group()) : askInTurn(call, plan.group());
    at = Stage.QUESTIONS;
    for (List<Question> group : plan.groups()) {
      ask(call, "RSET");
      List<Question> also = new ArrayList<>(group);
      also.addAll(1, left);
      left = askInTurn(call, also);
    }
    left.forEach(question -> answers.add(new Question.Asked(question, Optional.empty())));
    ask(call, "RSET");
  }

  /** Returns what could not be asked, because the sender before it was not taken. */
  private List<Question> askTogether(Call call, List<Question> group) throws WireFailure {
    for (Question question : group) {
      call.say(question.line());
    }
    boolean taken = true;
    for (Question question : group) {
      Heard heard = call.hear(visitor.patience().answer());
      if (taken) {
        answers.add(new Question.Asked(question, Optional.of(heard)));
      }
      taken = taken && (!question.isSender() || heard.isGood());
    }
    return taken ? List.of() : group.subList(1, group.size());
  }

  private List<Question> askInTurn(Call call, List<Question> group) throws WireFailure {
    for (Question question : group) {
      Heard heard = ask(call, question.line());
      answers.add(new Question.Asked(question, Optional.of(heard)));
      if (question.isSender() && !heard.isGood()) {
        return group.subList(1, group.size());
      }
    }
    return List.of();
  }

  private static void quit(Call call) throws WireFailure {
    if (call.isOpen()) {
      call.say("QUIT");
      call.flush();
    }
  }

  private Heard ask(Call call, String line) throws WireFailure {
    return call.ask(line, visitor.patience().answer());
  }

  /** Other doors of the same host, where they can tell what is wrong with this one. */
  private void lookAround() {
    if (reach instanceof Reach.NoAnswer || reach instanceof Reach.Refused) {
      doors.put(visitor.ports().submission(), knock(visitor.ports().submission(), false));
      doors.put(visitor.ports().web(), knock(visitor.ports().web(), false));
    } else if (plan.encrypt() && encryption instanceof Encryption.NotOffered) {
      doors.put(visitor.ports().submission(), knock(visitor.ports().submission(), true));
    }
  }

  /** Tries another door; {@code talk}: looks whether it has STARTTLS. */
  Visited.Knock knock(int port, boolean talk) {
    long since = System.nanoTime();
    Reach found = new Reach.NoRoute();
    try (Call call = call(port, visitor.patience().connect())) {
      found = new Reach.Connected(since(since));
      if (!talk) {
        return new Visited.Knock(found, false);
      }
      call.hear(visitor.patience().answer());
      Heard offers = ask(call, "EHLO " + visitor.name());
      quit(call);
      return new Visited.Knock(found, Extensions.of(offers).has("STARTTLS"));
    } catch (WireFailure e) {
      return new Visited.Knock(found.isConnected() ? found : Reach.failed(e, since(since)), false);
    }
  }

  private Call call(int port, Duration patience) throws WireFailure {
    return new Call(
        visitor.dialer(),
        new Destination(target.host(), target.address(), port),
        Protocol.SMTP,
        visitor.clock(),
        visitor.teller(),
        patience);
  }

  private static Duration since(long nanos) {
    return Duration.ofNanos(System.nanoTime() - nanos);
  }
}
