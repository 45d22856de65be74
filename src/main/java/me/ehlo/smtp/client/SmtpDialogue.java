package me.ehlo.smtp.client;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Optional;
import me.ehlo.mail.Cause;
import me.ehlo.mail.Outcome;
import me.ehlo.mail.Reason;
import me.ehlo.sasl.Channel;
import me.ehlo.sasl.ClientLine;
import me.ehlo.sasl.ClientLogin;
import me.ehlo.sasl.ClientMove;
import me.ehlo.smtp.Answer;
import org.jspecify.annotations.Nullable;

/**
 * One outbound conversation as a state machine (RFC 5321 §3, §4.1.4): replies and faults go in, {@link Step}s come out.
 *
 * <p>The hard part is that several things are under way at once. Where the server takes commands in groups (RFC 2920), MAIL,
 * RCPT and DATA go out together, and the next mail's group goes out behind this mail's dot, before its answer has come: one
 * round trip a mail. What holds it together is one list: the replies that are expected, in order, each with what it answers.
 * Every mail that was given comes back in exactly one {@link Step.Settled}. Not for several threads.
 */
public final class SmtpDialogue {

  /** The last word; its answer decides nothing. */
  public static final String QUIT = "QUIT\r\n";

  private static final Step LISTEN = new Step.Listen();
  private static final Step READY = new Step.Ready();
  private static final int COMMAND_OCTETS_MAX = 512; // RFC 5321 §4.5.3.1.4
  // Sent on the chance that the recipients are refused, so it must not be much.
  private static final int CHUNK_AT_ONCE_MAX = 64 * 1024;

  private record Expected(Phase phase, @Nullable Transaction tx, int recipient) {
    static Expected of(Phase phase) {
      return new Expected(phase, null, 0);
    }
  }

  private final Terms terms;
  private final Causes causes;
  private final Deque<Expected> expected = new ArrayDeque<>();
  private final Deque<Transaction> transactions = new ArrayDeque<>();
  private Offered offered = Offered.NOTHING;
  private boolean extended = true;
  private boolean secured;
  private boolean verified;
  private boolean startTlsRefused;
  private Channel channel = Channel.CLEAR;
  private Optional<ClientLogin> loggingIn = Optional.empty();

  /** Whether the server may be inside a transaction, so that RSET must be said before MAIL. */
  private boolean dirty;

  /** Whether the server has just spoken, so that it is certainly there. */
  private boolean warm = true;

  private boolean mayStillRefuse;

  public SmtpDialogue(Terms terms) {
    this.terms = terms;
    this.causes = new Causes(terms.host());
  }

  /** The beginning: the greeting is awaited. */
  public Step begin() {
    return expect(Expected.of(Phase.GREETING));
  }

  /** What is being waited for. */
  public Phase phase() {
    Expected next = expected.peek();
    return next == null ? Phase.CONTENT : next.phase();
  }

  /** Whether {@link #mail} may be told although the answer to the last mail has not come. */
  public boolean takesNext() {
    Transaction last = transactions.peekLast();
    // Content sent on chance has no 354 that tells that both sides are in step: nothing more is
    // sent so.
    return offered.pipelining()
        && !mayStillRefuse
        && transactions.size() == 1
        && last != null
        && last.sent();
  }

  /** The next mail: after {@link Step.Ready}, or when {@link #takesNext}. */
  public Step mail(OutboundMail mail) {
    Transaction tx = new Transaction(mail, terms.host(), offered);
    if (tx.isDecided()) {
      return new Step.Settled(mail, tx.fates(), onward());
    }
    boolean behind = !transactions.isEmpty();
    boolean atOnce = offered.pipelining() && (behind || warm) && mail.octets() <= CHUNK_AT_ONCE_MAX;
    boolean rset = dirty;
    warm = false;
    transactions.add(tx);
    if (offered.chunking()) {
      mayStillRefuse = atOnce;
      tx.lineUp(rset, Optional.empty());
      return atOnce ? send(tx, group(tx)) : say(tx);
    }
    tx.lineUp(rset, Optional.of("DATA\r\n"));
    return say(tx);
  }

  /** A reply has come; {@code more}: and octets behind it. */
  public Step heard(Answer answer, boolean more) {
    return switch (answer) {
      case Answer.Said said -> on(said, more);
      case Answer.Nonsense(var line) ->
          end(Fault.NONSENSE, causes.of(Fault.NONSENSE, phase(), line));
      case Answer.Endless() -> fault(Fault.ENDLESS);
    };
  }

  /** The handshake is done; {@code proven}: with a certificate that we trust and that has the server's name. */
  public Step secured(Channel encrypted, boolean proven) {
    secured = true;
    channel = encrypted;
    verified = proven;
    return ehlo(); // RFC 3207 §4.2: all that was offered before is forgotten
  }

  /** The content has been sent, to its end. */
  public Step sent() {
    Transaction tx = transactions.getLast();
    tx.contentSent();
    // A dot ends the transaction whatever the answer; a BDAT that is refused may not.
    dirty = offered.chunking();
    expected.add(new Expected(Phase.DOT, tx, 0));
    return LISTEN;
  }

  /** Something else went wrong. */
  public Step fault(Fault fault) {
    return end(fault, causes.of(fault, phase(), ""));
  }

  private Step on(Answer.Said said, boolean more) {
    Expected now = expected.poll();
    if (now == null) {
      return nonsense(Expected.of(Phase.CONTENT), said);
    }
    if (more && expected.isEmpty() && isSynchronisation(now, said)) {
      expected.push(now);
      return end(Fault.NONSENSE, causes.of(Fault.NONSENSE, phase(), "two answers to one question"));
    }
    if (said.code() == 421) { // RFC 5321 §3.8: at any point
      return sentAway(now, said);
    }
    return switch (now.phase()) {
      case GREETING -> said.code() == 220 ? ehlo() : refused(DialogueReason.GREETING_REFUSED, said);
      case EHLO -> ehloAnswered(said);
      case STARTTLS -> startTlsAnswered(now, said);
      case AUTH -> authAnswered(said);
      case RSET -> rsetAnswered(now, said);
      case MAIL, RCPT, DATA, DOT -> inTransaction(now, said);
      case TLS, CONTENT, QUIT -> nonsense(now, said);
    };
  }

  /** Where an answer too many would be taken for one that decides: before content is sent, or when it was sent unasked. */
  private boolean isSynchronisation(Expected now, Answer.Said said) {
    return switch (now.phase()) {
      case GREETING, EHLO -> true;
      case DATA -> said.kind() == 3;
      case DOT -> mayStillRefuse;
      case STARTTLS, TLS, AUTH, RSET, MAIL, RCPT, CONTENT, QUIT -> false;
    };
  }

  // ---- before the first mail

  private Step ehlo() {
    offered = Offered.NOTHING;
    extended = true;
    return say("EHLO " + terms.name() + "\r\n", Expected.of(Phase.EHLO));
  }

  private Step ehloAnswered(Answer.Said said) {
    if (said.kind() == 2) {
      offered = extended ? Offered.read(said.lines()) : Offered.NOTHING;
      return hello();
    }
    if (extended && said.kind() == 5) { // RFC 5321 §3.2
      extended = false;
      return say("HELO " + terms.name() + "\r\n", Expected.of(Phase.EHLO));
    }
    return refused(DialogueReason.EHLO_REFUSED, said);
  }

  private Step hello() {
    if (!secured && terms.encryption() != Terms.Encryption.NONE) {
      if (offered.startTls() && !startTlsRefused) {
        return say("STARTTLS\r\n", Expected.of(Phase.STARTTLS));
      }
      if (terms.encryption() == Terms.Encryption.REQUIRED) {
        return giveUp(DialogueReason.TLS_NOT_OFFERED);
      }
    }
    return terms.login().map(this::login).orElse(READY);
  }

  private Step startTlsAnswered(Expected now, Answer.Said said) {
    if (said.code() == 220) {
      return new Step.StartTls();
    }
    if (terms.encryption() == Terms.Encryption.REQUIRED) {
      return refused(DialogueReason.TLS_NOT_OFFERED, said);
    }
    startTlsRefused = true;
    return said.kind() >= 4 ? hello() : nonsense(now, said);
  }

  private Step login(Terms.Login login) {
    if (!verified) {
      return giveUp(DialogueReason.LOGIN_NEEDS_TLS);
    }
    loggingIn = login.over(channel).choose(offered.mechanisms(), login.credentials());
    return loggingIn
        .map(it -> auth(it.begin(COMMAND_OCTETS_MAX)))
        .orElseGet(() -> giveUp(DialogueReason.LOGIN_NOT_OFFERED));
  }

  private Step auth(ClientLine line) {
    return say(line.text() + "\r\n", Expected.of(Phase.AUTH));
  }

  private Step authAnswered(Answer.Said said) {
    ClientLogin login = loggingIn.orElseThrow();
    if (said.code() == 334) {
      return switch (login.on(said.lines().getFirst())) {
        case ClientMove.Say(_, var line) -> auth(line);
        case ClientMove.Cancel(_, var why) -> giveUp(DialogueReason.LOGIN_BROKEN_OFF, why);
      };
    }
    if (said.kind() != 2) {
      return refused(DialogueReason.LOGIN_REFUSED, said);
    }
    return login.doubt().map(why -> giveUp(DialogueReason.LOGIN_BROKEN_OFF, why)).orElse(READY);
  }

  // ---- mail transactions

  private Step inTransaction(Expected now, Answer.Said said) {
    Transaction tx = transactions.getFirst();
    tx.touch();
    if (said.kind() == (now.phase() == Phase.DATA ? 2 : 3)) {
      return nonsense(now, said);
    }
    return switch (now.phase()) {
      case MAIL -> {
        dirty |= said.kind() == 2;
        tx.mailAnswered(said);
        yield onward();
      }
      case RCPT -> {
        tx.rcptAnswered(now.recipient(), said);
        yield onward();
      }
      case DATA -> dataAnswered(tx, now, said);
      default -> {
        tx.contentAnswered(said);
        boolean last = transactions.peekLast() == tx;
        dirty &= !(last && said.kind() == 2);
        mayStillRefuse &= !last;
        yield onward();
      }
    };
  }

  private Step rsetAnswered(Expected now, Answer.Said said) {
    if (said.kind() != 2) {
      return nonsense(now, said);
    }
    dirty = false;
    return onward();
  }

  private Step dataAnswered(Transaction tx, Expected now, Answer.Said said) {
    if (said.kind() != 3) {
      tx.contentAnswered(said);
      return onward();
    }
    if (tx.anyAccepted()) {
      return send(tx, "");
    }
    if (tx.mailRefused()) {
      return nonsense(now, said); // it refuses the sender, and takes the mail
    }
    return say(".\r\n", new Expected(Phase.DOT, tx, 0)); // RFC 2920 §3.1: an empty mail to nobody
  }

  /** What follows when a reply has been dealt with. */
  private Step onward() {
    Transaction tx = transactions.peek();
    Expected next = expected.peek();
    if (tx != null && tx.isDecided() && (next == null || next.tx() != tx)) {
      transactions.remove();
      return new Step.Settled(tx.mail(), tx.fates(), onward());
    }
    if (next != null) {
      return LISTEN;
    }
    return tx == null ? READY : say(tx);
  }

  /** Says the next of a transaction's commands: one, or where the server offers it all that may stand in one group. */
  private Step say(Transaction tx) {
    Transaction.Command next = tx.unsaid().peek();
    if (next == null) { // all recipients have been asked, and some are welcome
      mayStillRefuse = false;
      return send(tx, "");
    }
    return new Step.Say(group(tx));
  }

  private String group(Transaction tx) {
    StringBuilder lines = new StringBuilder();
    Iterator<Transaction.Command> commands = tx.unsaid().iterator();
    do {
      Transaction.Command command = commands.next();
      commands.remove();
      lines.append(command.line());
      expected.add(new Expected(command.phase(), tx, command.recipient()));
    } while (commands.hasNext() && offered.pipelining());
    return lines.toString();
  }

  private Step send(Transaction tx, String before) {
    if (!offered.chunking()) {
      return new Step.Send(before, tx.mail(), true);
    }
    return new Step.Send(before + "BDAT " + tx.mail().octets() + " LAST\r\n", tx.mail(), false);
  }

  // ---- the end

  private Step giveUp(Reason reason) {
    return new Step.GiveUp(causes.because(reason, terms.host()), false);
  }

  private Step giveUp(Reason reason, String why) {
    return new Step.GiveUp(causes.because(reason, terms.host(), why), true);
  }

  private Step refused(Reason reason, Answer.Said said) {
    return new Step.GiveUp(causes.said(said, reason, terms.host()), false);
  }

  private Step sentAway(Expected now, Answer.Said said) {
    Cause cause = causes.said(said, DialogueReason.SENT_AWAY, terms.host(), now.phase());
    // It answers in order, and has not come to anything behind this: there is no doubt.
    transactions.forEach(tx -> tx.open(cause));
    return end(Fault.LOST, cause);
  }

  private Step nonsense(Expected now, Answer.Said said) {
    expected.push(now);
    return end(Fault.NONSENSE, causes.of(Fault.NONSENSE, phase(), said.remote().toString()));
  }

  private Step end(Fault fault, Cause cause) {
    Step step = new Step.GiveUp(cause, true);
    Cause doubt = causes.because(DialogueReason.IN_DOUBT, terms.host(), cause.said());
    while (!transactions.isEmpty()) { // the last is told first, so that the first comes first
      Transaction tx = transactions.removeLast();
      switch (fault) {
        case NO_CONTENT -> unsent(tx, new Outcome.Delayed(cause, false));
        case BAD_CONTENT -> unsent(tx, new Outcome.Failed(cause));
        default -> {} // it is the conversation's fault
      }
      tx.broken(cause, doubt);
      step = new Step.Settled(tx.mail(), tx.fates(), step);
    }
    expected.clear();
    return step;
  }

  private static void unsent(Transaction tx, Outcome outcome) {
    if (!tx.sent()) {
      tx.decideAll(new Fate.Over(outcome));
    }
  }

  private Step say(String lines, Expected answer) {
    expect(answer);
    return new Step.Say(lines);
  }

  private Step expect(Expected answer) {
    expected.add(answer);
    return LISTEN;
  }
}
