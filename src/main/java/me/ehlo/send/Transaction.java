package me.ehlo.send;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import me.ehlo.call.Call;
import me.ehlo.call.Heard;
import me.ehlo.call.Protocol;
import me.ehlo.call.Stage;
import me.ehlo.lines.DotEncoder;
import me.ehlo.mail.Mailbox;
import me.ehlo.net.WireFailure;
import me.ehlo.send.Order.Stop;
import me.ehlo.send.Result.State;
import me.ehlo.trace.Mark;
import me.ehlo.trace.Plain;

/**
 * One mail over one conversation: MAIL, RCPT, the content, and a result for each recipient (RFC 5321 §3.3, RFC 2033 §4.2).
 *
 * <p>Whatever happens, every recipient has a result at the end. Where the connection is lost behind the dot nobody can know
 * what became of the mail, and the result says so.
 */
final class Transaction {
  private static final int CHUNK_OCTETS = 1024 * 1024;

  private final Call call;
  private final Wording wording;
  private final byte[] content;
  private final Order.Manner manner;
  private final Duration patience;
  private final Duration dotPatience;
  private final Map<Mailbox, Result> results = new LinkedHashMap<>();
  private List<Mailbox> waiting;
  private Stage stage = Stage.MAIL;
  private Optional<Trouble> end = Optional.empty();

  Transaction(
      Call call,
      Wording wording,
      byte[] content,
      List<Mailbox> recipients,
      Order.Manner manner,
      Patience patience) {
    this.call = call;
    this.wording = wording;
    this.content = content;
    this.waiting = new ArrayList<>(recipients);
    this.manner = manner;
    this.patience = patience.answer();
    this.dotPatience = patience.dot();
  }

  /** Sends it. */
  Map<Mailbox, Result> carryOut() {
    try {
      if (wording.pipelines()) {
        grouped();
      } else {
        oneByOne();
      }
    } catch (WireFailure e) {
      end = Optional.of(Trouble.lost(stage, e));
    }
    end.ifPresent(trouble -> settleAll(trouble));
    return results;
  }

  /** What ended it before its time. */
  Optional<Trouble> end() {
    return end;
  }

  /** Whether the server was given the whole mail. */
  boolean isBehindContent() {
    return stage == Stage.DOT;
  }

  private void oneByOne() throws WireFailure {
    leaveUnheardAt(Stop.MAIL);
    Heard sender = call.ask(wording.mail(content), patience);
    if (ends(Stage.MAIL, sender) || stops(Stop.MAIL)) {
      return;
    }
    List<Mailbox> accepted = new ArrayList<>();
    stage = Stage.RCPT;
    for (Mailbox recipient : List.copyOf(waiting)) {
      if (end.isEmpty()) {
        if (recipient.equals(waiting.getLast())) {
          leaveUnheardAt(Stop.RCPT);
        }
        settleRcpt(recipient, call.ask(wording.rcpt(recipient), patience), accepted);
      }
    }
    if (end.isPresent() || accepted.isEmpty() || stops(Stop.RCPT)) {
      return;
    }
    if (wording.chunks()) {
      chunks(accepted);
    } else {
      stage = Stage.DATA;
      leaveUnheardAt(Stop.DATA);
      Heard goAhead = call.ask("DATA", patience);
      if (!refusesData(goAhead) && !stops(Stop.DATA)) {
        content(accepted);
      }
    }
  }

  /** RFC 2920 §3.1: as much at once as can be, and then the answers. */
  private void grouped() throws WireFailure {
    boolean data = !wording.chunks() && manner.halt().isBehind(Stop.RCPT);
    List<Mailbox> named = manner.halt().isAt(Stop.MAIL) ? List.of() : List.copyOf(waiting);
    call.say(wording.mail(content));
    for (Mailbox recipient : named) {
      call.say(wording.rcpt(recipient));
    }
    if (data) {
      call.say("DATA");
    }
    leaveUnheardAt(data ? Stop.DATA : named.isEmpty() ? Stop.MAIL : Stop.RCPT);
    Heard sender = call.hear(patience);
    Optional<Trouble> refused = refusal(Stage.MAIL, sender);
    List<Mailbox> accepted = new ArrayList<>();
    stage = Stage.RCPT;
    for (Mailbox recipient : named) {
      settleRcpt(recipient, call.hear(patience), accepted);
    }
    Optional<Heard> goAhead = data ? Optional.of(hearData()) : Optional.empty();
    if (refused.isPresent()) {
      end = refused;
    }
    boolean stop = end.isPresent() || !data && (stops(Stop.MAIL) || stops(Stop.RCPT));
    if (goAhead.isPresent()) {
      afterData(goAhead.get(), accepted, stop);
    } else if (!stop && !accepted.isEmpty()) {
      chunks(accepted);
    }
  }

  private Heard hearData() throws WireFailure {
    stage = Stage.DATA;
    return call.hear(patience);
  }

  private void afterData(Heard goAhead, List<Mailbox> accepted, boolean stop) throws WireFailure {
    boolean nobody = stop || accepted.isEmpty();
    if (nobody && goAhead.kind() == Heard.Kind.GO_ON) {
      call.ask(".", dotPatience); // RFC 2920 §3.1: it waits for content that nobody is to have
    } else if (!nobody && !refusesData(goAhead) && !stops(Stop.DATA)) {
      content(accepted);
    }
  }

  private boolean refusesData(Heard goAhead) {
    if (goAhead.kind() == Heard.Kind.GO_ON) {
      return false;
    }
    Trouble trouble = Trouble.heard(Stage.DATA, goAhead);
    // a yes where "go on" belongs is no answer either
    end = Optional.of(trouble);
    return true;
  }

  private void content(List<Mailbox> accepted) throws WireFailure {
    DotEncoder dots = new DotEncoder();
    showContent();
    call.write(dots.encode(content));
    stage = Stage.DOT; // from here on some of the end may have left
    call.write(dots.end());
    call.tell(Mark.CONTENT, ".");
    call.tell(Mark.INFO, content.length + " octets sent");
    leaveUnheardAt(Stop.DOT);
    hearContent(accepted);
  }

  /** RFC 3030 §2. */
  private void chunks(List<Mailbox> accepted) throws WireFailure {
    stage = Stage.DATA;
    showContent();
    for (int from = 0; from < content.length || from == 0; from += CHUNK_OCTETS) {
      int size = Math.min(CHUNK_OCTETS, content.length - from);
      boolean last = from + size == content.length && !manner.halt().isAt(Stop.DATA);
      byte[] chunk = Arrays.copyOfRange(content, from, from + size);
      call.say("BDAT " + size + (last ? " LAST" : ""));
      stage = last ? Stage.DOT : Stage.DATA;
      call.write(chunk);
      if (last) {
        call.tell(Mark.INFO, content.length + " octets sent");
        leaveUnheardAt(Stop.DOT);
        hearContent(accepted);
        return;
      }
      leaveUnheardAt(Stop.DATA);
      if (ends(Stage.DATA, call.hear(patience))) {
        return;
      }
    }
    stops(Stop.DATA); // without a last chunk there is no mail
  }

  private void hearContent(List<Mailbox> accepted) throws WireFailure {
    if (call.protocol() == Protocol.LMTP) {
      for (Mailbox recipient : accepted) {
        settle(recipient, Stage.DOT, call.hear(dotPatience));
      }
      return;
    }
    Heard heard = call.hear(dotPatience);
    for (Mailbox recipient : accepted) {
      settle(recipient, Stage.DOT, heard);
    }
  }

  private void showContent() {
    int start = 0;
    for (int i = 0; i < content.length; i++) {
      if (content[i] == '\n') {
        byte[] line = Arrays.copyOfRange(content, start, Math.max(start, i - 1));
        call.tell(Mark.CONTENT, Plain.text(line));
        start = i + 1;
      }
    }
  }

  private void settleRcpt(Mailbox recipient, Heard heard, List<Mailbox> accepted) {
    if (heard.kind() == Heard.Kind.DONE) {
      accepted.add(recipient);
    } else {
      settle(recipient, Stage.RCPT, heard);
      if (heard.code() == 421) {
        end = Optional.of(Trouble.heard(Stage.RCPT, heard));
      }
    }
  }

  private void settle(Mailbox recipient, Stage where, Heard heard) {
    if (heard.kind() == Heard.Kind.DONE) {
      results.put(recipient, result(recipient, State.ACCEPTED, where, Optional.of(heard), ""));
    } else {
      Trouble trouble = Trouble.heard(where, heard);
      results.put(
          recipient, result(recipient, trouble.state(), where, trouble.heard(), trouble.why()));
    }
    waiting.remove(recipient);
  }

  private void settleAll(Trouble trouble) {
    for (Mailbox recipient : waiting) {
      results.put(
          recipient,
          result(recipient, trouble.state(), trouble.stage(), trouble.heard(), trouble.why()));
    }
    waiting = List.of();
  }

  private Result result(
      Mailbox recipient, State state, Stage where, Optional<Heard> heard, String why) {
    return new Result(recipient, state, where, heard, why, Optional.of(call.to()));
  }

  private boolean ends(Stage where, Heard heard) {
    end = refusal(where, heard);
    return end.isPresent();
  }

  private static Optional<Trouble> refusal(Stage where, Heard heard) {
    return heard.kind() == Heard.Kind.DONE
        ? Optional.empty()
        : Optional.of(Trouble.heard(where, heard));
  }

  private void leaveUnheardAt(Stop here) {
    if (manner.halt().isUnheardAt(here)) {
      stage = Stage.valueOf(here.name());
      call.leaveUnheard();
    }
  }

  private boolean stops(Stop here) {
    if (!manner.halt().isAt(here)) {
      return false;
    }
    end = Optional.of(Trouble.stopped(Stage.valueOf(here.name())));
    return true;
  }
}
