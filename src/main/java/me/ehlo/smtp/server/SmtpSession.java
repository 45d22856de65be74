package me.ehlo.smtp.server;

import java.util.ArrayList;
import java.util.Optional;
import java.util.function.Supplier;
import me.ehlo.lines.Line;
import me.ehlo.mail.ForwardPath;
import me.ehlo.mail.MailId;
import me.ehlo.mail.Reason;
import me.ehlo.mail.Recipient;
import me.ehlo.sasl.Channel;
import me.ehlo.smtp.Command;
import me.ehlo.smtp.Command.Auth;
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
import me.ehlo.smtp.Command.StartTls;
import me.ehlo.smtp.Command.Vrfy;
import me.ehlo.smtp.Command.Xclient;
import me.ehlo.smtp.Extension;
import me.ehlo.smtp.GuestReplies;
import me.ehlo.smtp.LoginReplies;
import me.ehlo.smtp.Replies;
import me.ehlo.smtp.Reply;

/**
 * One inbound conversation as a state machine (RFC 5321 §3, §4.1.4): commands go in, {@link Turn}s come out.
 *
 * <p>It touches no wire and keeps no content. What happens on the wire is returned; what only the site can know is asked
 * of the {@link Policy}. Not for several threads.
 */
public final class SmtpSession {
  private record Heard(State state, Command command) {}

  private final House house;
  private final Policy policy;
  private final Doorway doorway;
  private final EnvelopeRules rules;
  private final Supplier<MailId> ids;
  private final Weighing weighing;
  private final Budget budget;
  private Client client;
  private Optional<Attempt> attempt = Optional.empty();
  private boolean hasTriedToLogIn;
  private State state = new State.Connected();

  public SmtpSession(House house, Client client, Policy policy, Supplier<MailId> ids) {
    this.house = house;
    this.budget = new Budget(house);
    this.client = client;
    this.policy = policy;
    this.doorway = new Doorway(house, policy);
    this.rules = new EnvelopeRules(house, policy, doorway);
    this.ids = ids;
    this.weighing = new Weighing(house, policy);
  }

  /** The greeting (RFC 5321 §3.1); {@code date} as in a header. */
  public Turn greet(String date) {
    return say(Replies.GREETING, house.hostname(), client.conversation(), date);
  }

  /** Who is there, as far as is known by now. */
  public Client client() {
    return client;
  }

  /** The attempt to log in that the last answer was about, if it was about one. */
  public Optional<Attempt> attempt() {
    return attempt;
  }

  /** The mail transaction under way, for the log. */
  public Optional<MailId> mail() {
    return state.mail();
  }

  /** What is said to this command; too many that lead nowhere end the conversation (RFC 5321 §4.3.2 lets 421 do so). */
  public Turn on(Command command) {
    attempt = Optional.empty();
    hasTriedToLogIn |= command instanceof Auth;
    return budget.isSpentBy(command)
        ? close(GuestReplies.IDLE_COMMANDS, house.hostname(), house.idleCommandsMax())
        : answer(command);
  }

  /** RFC 5321 §4.1.4 as a table. */
  private Turn answer(Command command) {
    return switch (new Heard(state, command)) {
      case Heard(State.Receiving _, _) ->
          throw new IllegalStateException("the content comes first");
      case Heard(State.LoggingIn _, _) ->
          throw new IllegalStateException("the response comes first");
      case Heard(_, Quit()) -> close(Replies.BYE, house.hostname());
      case Heard(_, Fatal(_, var reply)) -> new Turn.SayAndClose(reply);
      case Heard(_, Malformed(_, var reply)) -> say(Login.discreet(reply, hasTriedToLogIn));
      case Heard(_, Noop()) -> say(Replies.NOOP);
      case Heard(_, Help(var topic)) -> say(HelpTexts.about(topic, state));
      case Heard(_, Vrfy _) ->
          say(Replies.CANNOT_VERIFY); // RFC 5321 §3.5.3; who is here is nobody's affair
      case Heard(_, Expn _) -> say(Replies.NOT_EXPANDED);
      case Heard(_, Ehlo(var name)) -> ehlo(name);
      case Heard(_, Helo(var name)) -> helo(name);
      case Heard(_, Rset()) -> reset();
      case Heard(_, StartTls()) -> startTls();
      case Heard(_, Xclient(var address)) -> xclient(address);
      case Heard(State.Connected _, Bdat(var octets, _)) ->
          skip(octets, Replies.EHLO_FIRST, "BDAT");
      case Heard(State.Connected _, Mail _),
          Heard(State.Connected _, Rcpt _),
          Heard(State.Connected _, Data()),
          Heard(State.Connected _, Etrn _),
          Heard(State.Connected _, Auth _) ->
          say(Replies.EHLO_FIRST, command.verb());
      case Heard(State.Greeted(var sender), Mail mail) -> mail(sender, mail);
      case Heard(State.Greeted(var sender), Auth auth) -> auth(sender, auth);
      case Heard(State.Greeted _, Rcpt _) -> say(Replies.MAIL_FIRST, "RCPT TO");
      case Heard(State.Greeted _, Data()) -> say(Replies.MAIL_FIRST, "RCPT TO, then DATA");
      case Heard(State.Greeted _, Bdat(var octets, _)) ->
          skip(octets, Replies.MAIL_FIRST, "RCPT TO, then BDAT");
      case Heard(State.Greeted(var sender), Etrn(var node)) -> etrn(sender, node);
      case Heard(State.InTransaction _, Mail _), Heard(State.InTransaction _, Etrn _) ->
          say(Replies.NESTED_MAIL);
      case Heard(State.InTransaction _, Auth _), Heard(State.BetweenChunks _, Auth _) ->
          say(LoginReplies.LOGIN_BETWEEN_MAILS); // RFC 4954 §4
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

  /** The conversation goes on over this channel: nothing counts that was said before (RFC 3207 §4.2). */
  public void encrypted(Channel channel) {
    client = client.over(channel);
    state = new State.Connected();
  }

  /** The client's answer to a challenge (RFC 4954 §4). */
  public Turn response(Line line) {
    if (!(state instanceof State.LoggingIn(var sender, var login))) {
      throw new IllegalStateException("no response was expected");
    }
    return loggingIn(sender, login, login.on(line));
  }

  /** The content, or a chunk of it, has come in whole. */
  public Turn content(ContentFacts facts) {
    if (!(state instanceof State.Receiving(var sender, var tx, var last))) {
      throw new IllegalStateException("no content was expected");
    }
    Optional<Reply> refusal = last ? weighing.whole(client, tx, facts) : weighing.soFar(facts);
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
    return say(Weighing.storeReply(why));
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
        Extension.offered(house.sizeMax(), house.recipientsMax(), doorway.offered(client)));
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
    state = state.withoutMail();
    return say(Replies.RESET);
  }

  /**
   * RFC 3207 §4 asks for no state, so any will do: whatever was said is forgotten, a mail being composed with it, and
   * refusing TLS would make nobody safer.
   */
  private Turn startTls() {
    return doorway
        .notEncrypted(client)
        .map(this::say)
        .orElseGet(() -> new Turn.StartTls(Reply.of(LoginReplies.READY_FOR_TLS)));
  }

  private Turn auth(Sender sender, Auth auth) {
    return switch (doorway.login(client, sender.extended(), auth)) {
      case Doorway.Entry.Shut(var reply) -> say(reply);
      case Doorway.Entry.Open(var login) -> loggingIn(sender, login, login.begin(auth.initial()));
    };
  }

  private Turn loggingIn(Sender sender, Login login, Login.Next next) {
    attempt = Optional.of(login.attempt());
    state = new State.Greeted(sender);
    return switch (next) {
      case Login.Next.Ask(var challenge) -> {
        state = new State.LoggingIn(sender, login);
        yield new Turn.Challenge(challenge);
      }
      case Login.Next.Known(var identity) -> {
        client = client.as(identity);
        yield say(LoginReplies.LOGGED_IN, identity.address());
      }
      case Login.Next.Refused(var reply) -> say(reply);
    };
  }

  /** XCLIENT_README: the conversation begins again, with another client at the same wire. */
  private Turn xclient(Optional<String> address) {
    Optional<Reply> refusal = doorway.notNamed(client, mail().isPresent());
    if (refusal.isPresent()) {
      return say(refusal.get());
    }
    client = client.at(address.orElse(client.address()));
    state = new State.Connected();
    return new Turn.Greet();
  }

  private Turn mail(Sender sender, Mail mail) {
    Optional<Reply> refusal = rules.against(client, sender, mail);
    if (refusal.isPresent()) {
      return say(refusal.get());
    }
    state =
        new State.InTransaction(
            sender, Transaction.begin(ids.get(), mail.reversePath(), mail.parameters()));
    return say(Replies.SENDER_OK, mail.reversePath());
  }

  private Turn etrn(Sender sender, Etrn.Node node) {
    if (!sender.extended() || house.service() == Service.SUBMISSION) {
      return say(Replies.NOT_OFFERED, "ETRN");
    }
    return doorway.startsQueue(client)
        ? say(QueueStart.answer(policy, node))
        : say(Replies.QUEUE_NOT_FOR_YOU, node, client.literal());
  }

  private Turn rcpt(State.InTransaction now, Rcpt rcpt) {
    Transaction tx = now.tx();
    ForwardPath path = rcpt.forwardPath();
    Optional<Reply> refusal = rules.against(now.sender(), tx, rcpt);
    if (refusal.isPresent()) {
      return say(refusal.get());
    }
    return switch (policy.recipient(client, tx.from(), path, tx.parameters().size().orElse(0))) {
      case Policy.Verdict.Refused(var reply) -> say(reply);
      case Policy.Verdict.Welcome(var recipient) -> {
        Recipient told = recipient.with(rcpt.parameters().notices(), rcpt.parameters().orcpt());
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

  private Transaction endTransaction() {
    if (!(state instanceof State.Receiving(var sender, var tx, _))) {
      throw new IllegalStateException("no mail was being kept");
    }
    state = new State.Greeted(sender);
    return tx;
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
    if (budget.isExhaustedBy(reply)) {
      return close(GuestReplies.PUT_OFF_TOO_OFTEN, house.hostname(), house.putOffsMax());
    }
    return new Turn.Say(reply);
  }
}
