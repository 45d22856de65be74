package me.ehlo.send;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import me.ehlo.call.Beginning;
import me.ehlo.call.Call;
import me.ehlo.call.Destination;
import me.ehlo.call.Heard;
import me.ehlo.call.Introduction;
import me.ehlo.call.Stage;
import me.ehlo.call.Wishes;
import me.ehlo.mail.Mailbox;
import me.ehlo.net.HandshakeTrouble;
import me.ehlo.net.WireFailure;
import me.ehlo.send.Order.Leave;
import me.ehlo.send.Order.Stop;
import me.ehlo.smtp.client.Offered;
import me.ehlo.trace.Mark;

/** One conversation with one server, from the connection to QUIT, in which the mail is sent to some recipients. */
final class Conversation {
  private static final Duration LAST_WORD = Duration.ofSeconds(10);

  private final Order order;
  private final Tools tools;
  private final Destination to;
  private final Patience patience;
  private final Order.Halt halt;
  private boolean goodbyeHeard;
  private boolean arrived;
  private boolean chunked;

  Conversation(Order order, Tools tools, Destination to) {
    this.order = order;
    this.tools = tools;
    this.to = order.tls().name().map(name -> new Destination(name, to.where())).orElse(to);
    this.halt = order.manner().halt();
    this.patience = Patience.of(order.manner().patience());
  }

  /** How it went. */
  sealed interface Ended {

    /** The server was asked about the recipients; each has a result. */
    record Tried(Map<Mailbox, Result> results) implements Ended {}

    /** It came to nothing before that. */
    record Failed(Trouble trouble) implements Ended {}
  }

  /** Holds it. */
  Ended hold(List<Mailbox> recipients) throws Misused {
    tools.tell(Mark.INFO, "connecting to " + to.shown() + named());
    Call call;
    try {
      call = connect();
    } catch (WireFailure e) {
      return told(Trouble.lost(Stage.CONNECT, e));
    }
    try (call) {
      Ended ended = hold(call, recipients);
      leave(call);
      return ended;
    }
  }

  private Call connect() throws WireFailure {
    return new Call(
        tools.dialer(),
        to,
        order.manner().protocol(),
        tools.means().clock(),
        tools.teller(),
        patience.connect());
  }

  private Ended hold(Call call, List<Mailbox> recipients) throws Misused {
    Protection protection =
        new Protection(
            tools.trust().get(), to, order.tls().verify(), tools.means().clock(), call::tell);
    Introduction introduction = new Introduction(call, wishes(protection));
    try {
      announce(call);
    } catch (WireFailure e) {
      return told(Trouble.lost(Stage.CONNECT, e));
    }
    Beginning beginning = introduction.begin();
    if (beginning instanceof Beginning.Ready) {
      beginning = new Credit(call, order.manner(), patience).passOn(introduction, beginning);
    }
    if (!(beginning instanceof Beginning.Ready(var offered, _))) {
      return told(trouble(beginning));
    }
    if (halt.isAt(Stop.XCLIENT)) {
      return told(Trouble.stopped(Stage.XCLIENT));
    }
    Optional<Trouble> login = login(call, offered, protection);
    if (login.isPresent()) {
      return told(login.get());
    }
    return halt.isAt(Stop.AUTH)
        ? told(Trouble.stopped(Stage.AUTH))
        : send(call, offered, recipients);
  }

  private void announce(Call call) throws WireFailure {
    if (order.manner().proxy().isPresent()) {
      call.tell(Mark.SENT, order.manner().proxy().get().line());
      call.write(order.manner().proxy().get().octets());
      call.flush();
    }
  }

  private Wishes wishes(Protection protection) {
    Wishes.Last last =
        switch (halt.at()) {
          case CONNECT -> Wishes.Last.GREETING;
          case FIRST_HELO -> Wishes.Last.FIRST_EHLO;
          case TLS -> Wishes.Last.TLS;
          case HELO -> Wishes.Last.EHLO;
          default -> Wishes.Last.NOWHERE;
        };
    return new Wishes(
        order.manner().name().orElse(tools.means().hostname()),
        order.manner().extended(),
        order.tls().encryption(),
        tools.tls().get(),
        protection::judge,
        last,
        halt.how() == Leave.DROP_UNHEARD,
        patience.answer());
  }

  private Optional<Trouble> login(Call call, Offered offered, Protection protection) {
    return order.login().isEmpty()
        ? Optional.empty()
        : new Login(call, order.login().get(), halt, tools.credentials(), tools.nonces(), patience)
            .carryOut(offered, protection);
  }

  private Ended send(Call call, Offered offered, List<Mailbox> recipients) throws Misused {
    Wording wording = new Wording(order, offered);
    chunked = wording.chunks();
    Optional<Trouble> unfit = unfit(wording, offered, call);
    if (unfit.isPresent()) {
      return told(unfit.get());
    }
    wording.leftOut().forEach(sentence -> call.tell(Mark.INFO, sentence));
    byte[] content = tools.composer().compose(wording.eightBit(), wording.utf8());
    tellWhatIsOdd(call, content, offered);
    Transaction transaction =
        new Transaction(call, wording, content, recipients, order.manner(), patience);
    Map<Mailbox, Result> results = transaction.carryOut();
    transaction.end().ifPresent(this::told);
    arrived |= transaction.isBehindContent() && halt.isAt(Stop.DOT);
    return new Ended.Tried(results);
  }

  /** What must not be sent without an extension that is not there. */
  private Optional<Trouble> unfit(Wording wording, Offered offered, Call call) {
    if (wording.needsUtf8() && !wording.utf8()) { // RFC 6531 §3.2
      return Optional.of(
          Trouble.ours(Stage.MAIL, "an address needs SMTPUTF8, and the server does not offer it"));
    }
    if (order.envelope().requireTls() // RFC 8689 §4.1
        && (!offered.has("REQUIRETLS") || call.security().isEmpty())) {
      return Optional.of(
          Trouble.ours(
              Stage.TLS, "REQUIRETLS was asked for, and the server does not offer it over TLS"));
    }
    return Optional.empty();
  }

  private void tellWhatIsOdd(Call call, byte[] content, Offered offered) {
    if (!Composer.isAscii(content) && !offered.has("8BITMIME")) {
      call.tell(
          Mark.ERROR,
          "the mail has octets above 127, and 8BITMIME is not offered: it is sent as it is");
    }
    if (Composer.longestLine(content) > WholeMail.LINE_OCTETS_MAX) {
      call.tell(
          Mark.ERROR,
          "a line of the mail has more than 998 octets (RFC 5321 §4.5.3.1.6): it is sent as it is");
    }
    if (offered.sizeMax() > 0 && content.length > offered.sizeMax()) {
      call.tell(
          Mark.ERROR,
          "the mail has " + content.length + " octets, and the server takes " + offered.sizeMax());
    }
  }

  private static Trouble trouble(Beginning beginning) {
    return switch (beginning) {
      case Beginning.Ready _ -> throw new IllegalArgumentException("this is no trouble");
      case Beginning.Stopped() -> Trouble.stopped(Stage.EHLO);
      case Beginning.Refused(var stage, var heard) -> Trouble.heard(stage, heard);
      case Beginning.NoTls() ->
          Trouble.ours(Stage.STARTTLS, "TLS is required, and STARTTLS is not offered");
      case Beginning.SpokeBeforeTls() ->
          Trouble.ours(
              Stage.TLS,
              "something was said in the clear between STARTTLS and TLS, perhaps by somebody on the"
                  + " way (RFC 3207 §6)");
      case Beginning.Distrusted() ->
          Trouble.ours(Stage.TLS, "the certificate is not good, and it has to be");
      case Beginning.Lost(var stage, var failure) ->
          stage == Stage.TLS
              ? Trouble.ours(stage, "no TLS: " + HandshakeTrouble.of(failure))
              : Trouble.lost(stage, failure);
    };
  }

  /** What the server has said is on the screen already; what it has not said is told here. */
  private Ended told(Trouble trouble) {
    goodbyeHeard = trouble.isGoodbye();
    arrived = trouble.state() == Result.State.STOPPED;
    if (!trouble.why().isEmpty()) {
      tools.tell(Mark.ERROR, trouble.why());
    }
    return new Ended.Failed(trouble);
  }

  /** As it was asked for where it went as far as it was to go, and else in order. */
  private void leave(Call call) {
    if (arrived && halt.how() != Leave.QUIT) {
      call.drop();
      call.tell(Mark.INFO, "the connection is dropped, as it was asked for");
    } else if (arrived && halt.isAt(Stop.DATA) && !chunked) {
      call.drop(); // RFC 5321 §4.1.1.4: all that follows would be content, QUIT too
      call.tell(Mark.INFO, "behind DATA there is no QUIT: the connection is dropped");
    } else {
      sayGoodbye(call);
    }
  }

  /** RFC 5321 §4.1.1.10; nobody is to wait for it long. */
  private void sayGoodbye(Call call) {
    if (!call.isOpen() || goodbyeHeard) {
      return;
    }
    try {
      Heard last = call.ask("QUIT", LAST_WORD);
      if (last.kind() != Heard.Kind.DONE) {
        call.tell(Mark.INFO, "that was no goodbye");
      }
    } catch (WireFailure e) {
      call.tell(Mark.INFO, "the server has hung up without a goodbye");
    }
  }

  private String named() {
    return to.socket().isPresent() || to.shown().startsWith(to.name())
        ? ""
        : " (" + to.name() + ")";
  }
}
