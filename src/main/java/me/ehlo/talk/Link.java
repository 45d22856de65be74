package me.ehlo.talk;

import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import me.ehlo.call.Call;
import me.ehlo.call.Destination;
import me.ehlo.call.Heard;
import me.ehlo.call.Means;
import me.ehlo.call.Protocol;
import me.ehlo.net.Secured;
import me.ehlo.net.TlsClient;
import me.ehlo.net.WireFailure;
import me.ehlo.trace.Mark;
import me.ehlo.trace.Utterance;

/**
 * One connection of a conversation: what is said and heard on it is kept and shown, and while an answer is awaited it says
 * so, and Ctrl-C ends the waiting.
 *
 * <p>What is heard is shown when all of it is there, so that its time can stand beside it and what is known already need not
 * be shown again.
 */
final class Link {
  private static final Duration GLANCE = Duration.ofMillis(1);
  private static final Duration SAYS_IT_WAITS = Duration.ofSeconds(5);

  private final Call call;
  private final Desk desk;
  private final InstantSource clock;
  private final Progress progress;
  private final List<Utterance> heldBack;
  private final AtomicLong lastWord;
  private Duration patience;
  private boolean givenUp;

  private Link(
      Call call,
      Desk desk,
      InstantSource clock,
      List<Utterance> heldBack,
      AtomicLong lastWord,
      Duration patience) {
    this.call = call;
    this.desk = desk;
    this.clock = clock;
    this.heldBack = heldBack;
    this.lastWord = lastWord;
    this.progress = new Progress(call.protocol());
    this.patience = patience;
  }

  /** Connects; {@code connecting}: how long that may take, {@code patience}: an answer. */
  static Link open(
      Means means,
      Notebook notebook,
      Destination to,
      Protocol protocol,
      Duration connecting,
      Duration patience)
      throws WireFailure {
    List<Utterance> heldBack = new ArrayList<>();
    AtomicLong lastWord = new AtomicLong(System.nanoTime());
    Consumer<Utterance> teller =
        utterance -> {
          lastWord.set(System.nanoTime());
          notebook.transcript().keep(utterance);
          if (utterance.mark().isReceived()) {
            heldBack.add(utterance);
          } else {
            heldBack.forEach(earlier -> notebook.desk().show(earlier, Duration.ZERO));
            heldBack.clear();
            notebook.desk().show(utterance, Duration.ZERO);
          }
        };
    Call call = new Call(means.dialer(), to, protocol, means.clock(), teller, connecting);
    return new Link(call, notebook.desk(), means.clock(), heldBack, lastWord, patience);
  }

  Call call() {
    return call;
  }

  Progress progress() {
    return progress;
  }

  /** The server for people: as it was called, or as it calls itself where it was called by a mere address. */
  String server() {
    String called = call.to().name();
    boolean named =
        !called.equals("localhost")
            && !call.to()
                .address()
                .map(InetAddress::getHostAddress)
                .equals(Optional.of(Encrypting.bare(called)));
    return named || progress.host().indexOf('.') < 0 ? called : progress.host();
  }

  boolean isOpen() {
    return call.isOpen();
  }

  /** Whether it was closed here, because nobody wanted to wait any longer. */
  boolean isGivenUp() {
    return givenUp;
  }

  boolean isEncrypted() {
    return call.security().isPresent();
  }

  /** How long neither side has said anything. */
  Duration quiet() {
    return Duration.ofNanos(System.nanoTime() - lastWord.get());
  }

  Duration patience() {
    return patience;
  }

  void patience(Duration awaited) {
    patience = awaited;
  }

  /** How the next line at the prompt is marked. */
  Mark gutter() {
    return switch (progress.mode()) {
      case CONTENT, CHUNK -> Mark.CONTENT;
      case COMMAND, CHALLENGE -> Mark.sent(isEncrypted());
    };
  }

  /** Says a line as it was typed and waits for the answer to {@code what}. */
  Heard ask(String line, String what) throws WireFailure {
    call.say(line, Secrecy.shown(line, progress.mode() == Progress.Mode.CHALLENGE));
    return hear(what);
  }

  /** Waits for what the server says next, and shows it. */
  Heard hear(String what) throws WireFailure {
    Heard heard = hearUnshown(what);
    showHeard(heard.took());
    return heard;
  }

  /** The same, without showing it: {@link #showHeard} or {@link #showInstead} does. */
  Heard hearUnshown(String what) throws WireFailure {
    return awaited("the answer to " + what, () -> call.hear(patience));
  }

  /** The lines behind a response of POP3, up to the single dot. */
  List<String> hearLines(int most) throws WireFailure {
    return linesShown(() -> call.hearLines(most, patience));
  }

  /** The same, as they came: the last one is the dot. */
  List<String> hearRaw(int most) throws WireFailure {
    return linesShown(() -> call.hearRaw(most, patience));
  }

  private List<String> linesShown(Callable<List<String>> hearing) throws WireFailure {
    List<String> lines = awaited("the rest of the answer", hearing);
    showHeard(Duration.ZERO);
    return lines;
  }

  /** Shows what was heard, the time behind its last line. */
  void showHeard(Duration took) {
    for (int i = 0; i < heldBack.size(); i++) {
      desk.show(heldBack.get(i), i == heldBack.size() - 1 ? took : Duration.ZERO);
    }
    heldBack.clear();
  }

  /** Shows the first line of what was heard, and this instead of the others. */
  void showInstead(String text, Duration took) {
    Utterance first = heldBack.getFirst();
    desk.show(first, Duration.ZERO);
    desk.show(new Utterance(first.at(), first.mark(), text), took);
    heldBack.clear();
  }

  /** Whether the server says something that nobody has asked for; {@code false} too when it is gone already. */
  boolean saysMore() throws WireFailure {
    return call.isOpen() && call.hears(GLANCE);
  }

  /** Goes on encrypted; empty: the server has said something in the clear behind its consent. */
  Optional<Secured> encrypt(TlsClient tls) throws WireFailure {
    Optional<Secured> secured = awaited("TLS", () -> call.encrypt(tls, patience));
    if (secured.isPresent()) {
      progress.encrypted();
    }
    return secured;
  }

  /** Tells something beside the conversation; it is kept too. */
  void note(Mark mark, String text) {
    call.tell(mark, text);
  }

  /** What comes of it; what was heard is shown too if nothing does. */
  private <T> T awaited(String what, Callable<T> work) throws WireFailure {
    Told told = new Told(what);
    try {
      return Waiting.whileDoing(work, told::after);
    } catch (WireFailure e) {
      showHeard(Duration.ZERO);
      if (givenUp) {
        note(Mark.INFO, "given up waiting for " + what);
      }
      throw e;
    }
  }

  /** Says what is awaited: at once in the status line, and after a while where everybody sees it. */
  private final class Told {
    private final String what;
    private boolean everybody;

    Told(String what) {
      this.what = what;
    }

    void after(Duration waited) {
      desk.await(StatusLine.waiting(what, waited));
      if (desk.interrupted()) {
        givenUp = true;
        call.drop(); // which ends the wait
      } else if (!everybody && waited.compareTo(SAYS_IT_WAITS) > 0) {
        everybody = true;
        String sentence =
            "waiting for %s, up to %s (Ctrl-C gives up)".formatted(what, Tally.span(patience));
        desk.show(new Utterance(clock.instant(), Mark.INFO, sentence), Duration.ZERO);
      }
    }
  }
}
