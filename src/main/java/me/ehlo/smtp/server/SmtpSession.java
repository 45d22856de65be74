package me.ehlo.smtp.server;

import java.util.ArrayList;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import me.ehlo.mail.DeliveredToHeader;
import me.ehlo.mail.DomainParser;
import me.ehlo.mail.ForwardPath;
import me.ehlo.mail.MailId;
import me.ehlo.mail.Reason;
import me.ehlo.mail.Recipient;
import me.ehlo.smtp.Command;
import me.ehlo.smtp.Command.Bdat;
import me.ehlo.smtp.Command.Data;
import me.ehlo.smtp.Command.Ehlo;
import me.ehlo.smtp.Command.Etrn;
import me.ehlo.smtp.Command.Expn;
import me.ehlo.smtp.Command.Fatal;
import me.ehlo.smtp.Command.Helo;
import me.ehlo.smtp.Command.Help;
import me.ehlo.smtp.Command.Mail;
import me.ehlo.smtp.Command.Malformed;
import me.ehlo.smtp.Command.Noop;
import me.ehlo.smtp.Command.Quit;
import me.ehlo.smtp.Command.Rcpt;
import me.ehlo.smtp.Command.Rset;
import me.ehlo.smtp.Command.Vrfy;
import me.ehlo.smtp.Extension;
import me.ehlo.smtp.GuestReplies;
import me.ehlo.smtp.MailParameters;
import me.ehlo.smtp.RcptParameters;
import me.ehlo.smtp.Replies;
import me.ehlo.smtp.Reply;
import me.ehlo.smtp.SmtpLimits;

/**
 * One inbound conversation as a state machine (RFC 5321 §3, §4.1.4): commands go in, {@link Turn}s come out.
 *
 * <p>It touches no wire and keeps no content. What happens on the wire is returned; what only the site can know is asked
 * of the {@link Policy}. Not for several threads.
 */
public final class SmtpSession {

  /** What is known so far; a later state holds what an earlier one lacks. */
  sealed interface State {
    record Connected() implements State {}

    record Greeted(Sender sender) implements State {}

    record InTransaction(Sender sender, Transaction tx) implements State {}

    /** The content is on its way by DATA, or a chunk of it by BDAT. */
    record Receiving(Sender sender, Transaction tx, boolean last) implements State {}

    /** Some chunks have come, the last has not (RFC 3030 §2). */
    record BetweenChunks(Sender sender, Transaction tx) implements State {}
  }

  private record Heard(State state, Command command) {}

  private final House house;
  private final Client client;
  private final Policy policy;
  private final Supplier<MailId> ids;
  private final Budget budget;
  private State state = new State.Connected();

  public SmtpSession(House house, Client client, Policy policy, Supplier<MailId> ids) {
    this.house = house;
    this.budget = new Budget(house);
    this.client = client;
    this.policy = policy;
    this.ids = ids;
  }

  /** The greeting (RFC 5321 §3.1); {@code date} as in a header. */
  public Turn greet(String date) {
    return say(Replies.GREETING, house.hostname(), client.conversation(), date);
  }

  /** The mail transaction under way, for the log. */
  public Optional<MailId> mail() {
    return switch (state) {
      case State.Connected _, State.Greeted _ -> Optional.empty();
      case State.InTransaction(_, var tx) -> Optional.of(tx.id());
      case State.Receiving(_, var tx, _) -> Optional.of(tx.id());
      case State.BetweenChunks(_, var tx) -> Optional.of(tx.id());
    };
  }

  /** What is said to this command; too many that lead nowhere end the conversation (RFC 5321 §4.3.2 lets 421 do so). */
  public Turn on(Command command) {
    return budget.isSpentBy(command)
        ? close(GuestReplies.IDLE_COMMANDS, house.hostname(), house.idleCommandsMax())
        : answer(command);
  }

  /** RFC 5321 §4.1.4 as a table. */
  private Turn answer(Command command) {
    return switch (new Heard(state, command)) {
      case Heard(State.Receiving _, _) ->
          throw new IllegalStateException("the content comes first");
      case Heard(_, Quit()) -> close(Replies.BYE, house.hostname());
      case Heard(_, Fatal(_, var reply)) -> new Turn.SayAndClose(reply);
      case Heard(_, Malformed(_, var reply)) -> say(reply);
      case Heard(_, Noop()) -> say(Replies.NOOP);
      case Heard(_, Help(var topic)) -> say(HelpTexts.about(topic, state));
      case Heard(_, Vrfy _) ->
          say(Replies.CANNOT_VERIFY); // RFC 5321 §3.5.3; who is here is nobody's affair
      case Heard(_, Expn _) -> say(Replies.NOT_EXPANDED);
      case Heard(_, Ehlo(var name)) -> ehlo(name);
      case Heard(_, Helo(var name)) -> helo(name);
      case Heard(_, Rset()) -> reset();
      case Heard(State.Connected _, Bdat(var octets, _)) ->
          skip(octets, Replies.EHLO_FIRST, "BDAT");
      case Heard(State.Connected _, Mail _),
          Heard(State.Connected _, Rcpt _),
          Heard(State.Connected _, Data()),
          Heard(State.Connected _, Etrn _) ->
          say(Replies.EHLO_FIRST, command.verb());
      case Heard(State.Greeted(var sender), Mail mail) -> mail(sender, mail);
      case Heard(State.Greeted _, Rcpt _) -> say(Replies.MAIL_FIRST, "RCPT TO");
      case Heard(State.Greeted _, Data()) -> say(Replies.MAIL_FIRST, "RCPT TO, then DATA");
      case Heard(State.Greeted _, Bdat(var octets, _)) ->
          skip(octets, Replies.MAIL_FIRST, "RCPT TO, then BDAT");
      case Heard(State.Greeted(var sender), Etrn(var node)) -> etrn(sender, node);
      case Heard(State.InTransaction _, Mail _), Heard(State.InTransaction _, Etrn _) ->
          say(Replies.NESTED_MAIL);
      case Heard(State.InTransaction tx, Rcpt rcpt) -> rcpt(tx, rcpt);
      case Heard(State.InTransaction tx, Data()) -> data(tx);
      case Heard(State.InTransaction(var sender, var tx), Bdat bdat) -> bdat(sender, tx, bdat);
      case Heard(State.BetweenChunks(var sender, var tx), Bdat bdat) -> bdat(sender, tx, bdat);
      case Heard(State.BetweenChunks _, Mail _),
          Heard(State.BetweenChunks _, Rcpt _),
          Heard(State.BetweenChunks _, Data()),
          Heard(State.BetweenChunks _, Etrn _) ->
          say(Replies.IN_CHUNKS);
    };
  }

  /** The content, or a chunk of it, has come in whole. */
  public Turn content(ContentFacts facts) {
    if (!(state instanceof State.Receiving(var sender, var tx, var last))) {
      throw new IllegalStateException("no content was expected");
    }
    Optional<Reply> refusal = weigh(tx, facts, last);
    if (refusal.isPresent()) {
      state = new State.Greeted(sender);
      return say(refusal.get());
    }
    if (last) {
      return new Turn.Keep(tx, sender);
    }
    state = new State.BetweenChunks(sender, tx);
    return say(Replies.CHUNK_OK, facts.octets());
  }

  /** The mail is on the disk: the promise can be given (RFC 5321 §6.1). */
  public Turn kept() {
    Transaction tx = endTransaction();
    budget.renew();
    return say(Replies.ACCEPTED, tx.id());
  }

  /** The mail is one that was kept before and whose 250 was lost (RFC 1047): nothing more is. */
  public Turn keptBefore(MailId id) {
    endTransaction();
    budget.renew();
    return say(Replies.ACCEPTED_BEFORE, id);
  }

  /** The mail could not be kept; nothing of it is. */
  public Turn notKept(ContentFacts.Stored why) {
    endTransaction();
    return say(storeReply(why));
  }

  /** More came before this, which ends a group of pipelined commands (RFC 2920 §3.1): the greeting, or an answer. */
  public Turn tooEarly(String before) {
    return close(Replies.TOO_EARLY, before);
  }

  /** The client has said nothing for too long. */
  public Turn idle() {
    return close(Replies.IDLE, house.hostname());
  }

  /** The server stops. */
  public Turn stopping() {
    return close(Replies.STOPPING, house.hostname());
  }

  /** Something went wrong that never should. */
  public Turn ourFault() {
    return close(Replies.OUR_FAULT, house.hostname());
  }

  private Turn ehlo(String name) {
    state =
        new State.Greeted(
            new Sender(nameOrAddress(name), true)); // RFC 5321 §4.1.4: EHLO also resets
    var lines = new ArrayList<String>();
    lines.add(Replies.EHLO.say(house.hostname(), client.literal()));
    lines.addAll(
        Extension.offered(house.sizeMax(), house.recipientsMax(), policy.mayStartQueue(client)));
    return new Turn.Say(new Reply(Replies.EHLO, lines));
  }

  private Turn helo(String name) {
    state = new State.Greeted(new Sender(nameOrAddress(name), false));
    return say(Replies.HELO, house.hostname(), client.literal());
  }

  private String nameOrAddress(String name) {
    return name.isEmpty() ? client.literal() : name;
  }

  private Turn reset() {
    state =
        switch (state) {
          case State.Connected connected -> connected;
          case State.Greeted greeted -> greeted;
          case State.InTransaction(var sender, _) -> new State.Greeted(sender);
          case State.Receiving(var sender, _, _) -> new State.Greeted(sender);
          case State.BetweenChunks(var sender, _) -> new State.Greeted(sender);
        };
    return say(Replies.RESET);
  }

  private Turn mail(Sender sender, Mail mail) {
    MailParameters parameters = mail.parameters();
    if (!sender.extended() && !parameters.equals(MailParameters.NONE)) {
      return say(Replies.NEEDS_EHLO); // HELO offered nothing
    }
    if (!parameters.smtpUtf8() && !isAscii(mail.reversePath())) {
      return say(Replies.NEEDS_SMTPUTF8); // RFC 6531 §3.5
    }
    if (parameters.size().orElse(0) > house.sizeMax()) {
      return say(Replies.TOO_BIG, house.sizeMax()); // RFC 1870 §6.1
    }
    Optional<Reply> refusal = policy.sender(client, mail.reversePath());
    if (refusal.isPresent()) {
      return say(refusal.get());
    }
    state =
        new State.InTransaction(
            sender, Transaction.begin(ids.get(), mail.reversePath(), parameters));
    return say(Replies.SENDER_OK, mail.reversePath());
  }

  private Turn etrn(Sender sender, Etrn.Node node) {
    if (!sender.extended()) {
      return say(Replies.NOT_OFFERED, "ETRN");
    }
    if (!policy.mayStartQueue(client)) {
      return say(Replies.QUEUE_NOT_FOR_YOU, node, client.literal());
    }
    return switch (node) {
      case Etrn.Node.Queue queue -> say(Replies.NO_NAMED_QUEUES, queue);
      case Etrn.Node.Of(var domain, var subdomains) ->
          started(node, policy.startQueue(domain, subdomains));
    };
  }

  private Turn started(Etrn.Node node, OptionalLong due) {
    if (due.isEmpty()) {
      return say(Replies.QUEUE_UNREACHABLE, node);
    }
    return due.getAsLong() == 0
        ? say(Replies.NOTHING_WAITS, node)
        : say(Replies.QUEUE_STARTED, due.getAsLong(), node);
  }

  private Turn rcpt(State.InTransaction now, Rcpt rcpt) {
    Transaction tx = now.tx();
    ForwardPath path = rcpt.forwardPath();
    RcptParameters parameters = rcpt.parameters();
    if (!now.sender().extended() && !parameters.equals(RcptParameters.NONE)) {
      return say(Replies.NEEDS_EHLO);
    }
    if (!tx.parameters().smtpUtf8() && (parameters.notAscii() || !isAscii(path))) {
      return say(Replies.NEEDS_SMTPUTF8);
    }
    if (tx.recipients().size() >= house.recipientsMax()) {
      return say(Replies.TOO_MANY_RECIPIENTS, house.recipientsMax());
    }
    return switch (policy.recipient(client, tx.from(), path, tx.parameters().size().orElse(0))) {
      case Policy.Verdict.Refused(var reply) -> say(reply);
      case Policy.Verdict.Welcome(var recipient) -> {
        Recipient told = recipient.with(parameters.notices(), parameters.orcpt());
        state = new State.InTransaction(now.sender(), tx.with(told));
        boolean leaves = !recipient.elsewhere().isEmpty();
        yield say(leaves ? Replies.RECIPIENT_WILL_QUEUE : Replies.RECIPIENT_OK, path);
      }
    };
  }

  private Turn data(State.InTransaction now) {
    if (now.tx().recipients().isEmpty()) {
      return say(Replies.RCPT_FIRST, "DATA"); // RFC 5321 §4.1.1.4
    }
    state = new State.Receiving(now.sender(), now.tx(), true);
    return new Turn.TakeContent(Reply.of(Replies.GO_AHEAD));
  }

  private Turn bdat(Sender sender, Transaction tx, Bdat bdat) {
    if (!sender.extended()) {
      return skip(bdat.octets(), Replies.NOT_OFFERED, "BDAT");
    }
    if (tx.recipients().isEmpty()) {
      return skip(bdat.octets(), Replies.RCPT_FIRST, "BDAT");
    }
    if (bdat.octets() > house.sizeMax()) {
      state = new State.Greeted(sender);
      return skip(bdat.octets(), Replies.TOO_BIG, house.sizeMax());
    }
    state = new State.Receiving(sender, tx, bdat.last());
    return new Turn.TakeChunk(bdat.octets());
  }

  /** RFC 3030 §2: the chunk comes whatever we think of it. One that no mail could have is not waited for. */
  private Turn skip(long octets, Reason reason, Object... values) {
    Reply reply = Reply.of(reason, values);
    if (octets > 2 * house.sizeMax()) {
      return new Turn.SayAndClose(reply);
    }
    return say(reply) instanceof Turn.SayAndClose end ? end : new Turn.SkipChunk(octets, reply);
  }

  private Optional<Reply> weigh(Transaction tx, ContentFacts facts, boolean last) {
    if (facts.octets() > house.sizeMax()) {
      return Optional.of(Reply.of(Replies.TOO_BIG, house.sizeMax()));
    }
    if (facts.stored() != ContentFacts.Stored.WELL) {
      return Optional.of(storeReply(facts.stored()));
    }
    if (!last) {
      return Optional.empty();
    }
    return switch (facts.flaw()) {
      case BARE_CR -> Optional.of(Reply.of(Replies.BARE_CR));
      case BARE_LF -> Optional.of(Reply.of(Replies.BARE_LF));
      case NUL -> Optional.of(Reply.of(Replies.NUL));
      case NONE ->
          facts.hops() >= SmtpLimits.HOPS_MAX
              ? Optional.of(Reply.of(Replies.LOOP, facts.hops()))
              : cameBack(tx, facts);
    };
  }

  private static Optional<Reply> cameBack(Transaction tx, ContentFacts facts) {
    return tx.recipients().stream()
        .filter(Recipient::forwards)
        .filter(recipient -> facts.deliveredTo().contains(DeliveredToHeader.key(recipient)))
        .findFirst()
        .map(recipient -> Reply.of(Replies.CAME_BACK, recipient.path()));
  }

  private static Reply storeReply(ContentFacts.Stored why) {
    return Reply.of(why == ContentFacts.Stored.FULL ? Replies.STORE_FULL : Replies.STORE_TROUBLE);
  }

  private Transaction endTransaction() {
    if (!(state instanceof State.Receiving(var sender, var tx, _))) {
      throw new IllegalStateException("no mail was being kept");
    }
    state = new State.Greeted(sender);
    return tx;
  }

  /** Whether a path is, as it is written. */
  private static boolean isAscii(Object path) {
    return DomainParser.isAscii(path.toString());
  }

  private static Turn close(Reason reason, Object... values) {
    return new Turn.SayAndClose(Reply.of(reason, values));
  }

  private Turn say(Reason reason, Object... values) {
    return say(Reply.of(reason, values));
  }

  /** RFC 5321 §4.3.2 lets 421 end any conversation; one that is all errors is not worth going on with. */
  private Turn say(Reply reply) {
    if (budget.isSpentBy(reply)) {
      return close(Replies.TOO_MANY_ERRORS, house.hostname());
    }
    return new Turn.Say(reply);
  }
}
