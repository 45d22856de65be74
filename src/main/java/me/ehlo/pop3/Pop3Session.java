package me.ehlo.pop3;

import java.util.Locale;
import java.util.Optional;
import me.ehlo.lines.Line;
import me.ehlo.mail.StorageFailure;
import me.ehlo.pop3.Command.Answer;
import me.ehlo.pop3.Command.Auth;
import me.ehlo.pop3.Command.Capa;
import me.ehlo.pop3.Command.Dele;
import me.ehlo.pop3.Command.Help;
import me.ehlo.pop3.Command.ListOne;
import me.ehlo.pop3.Command.Malformed;
import me.ehlo.pop3.Command.Misnamed;
import me.ehlo.pop3.Command.Noop;
import me.ehlo.pop3.Command.NotOffered;
import me.ehlo.pop3.Command.OfAnother;
import me.ehlo.pop3.Command.OfMaildrop;
import me.ehlo.pop3.Command.OfSmtp;
import me.ehlo.pop3.Command.Pass;
import me.ehlo.pop3.Command.Quit;
import me.ehlo.pop3.Command.Retr;
import me.ehlo.pop3.Command.Rset;
import me.ehlo.pop3.Command.Stat;
import me.ehlo.pop3.Command.Stls;
import me.ehlo.pop3.Command.Top;
import me.ehlo.pop3.Command.Uidl;
import me.ehlo.pop3.Command.UidlOne;
import me.ehlo.pop3.Command.Unrecognized;
import me.ehlo.pop3.Command.User;
import me.ehlo.pop3.Command.Utf8;
import me.ehlo.pop3.State.Authorization;
import me.ehlo.pop3.State.Exchanging;
import me.ehlo.pop3.State.Transaction;
import me.ehlo.pop3.State.Update;
import me.ehlo.pop3.State.UserGiven;
import me.ehlo.sasl.Base64Text;
import me.ehlo.sasl.Channel;
import me.ehlo.sasl.Identity;
import me.ehlo.sasl.Mechanisms;
import me.ehlo.sasl.Step;
import me.ehlo.sasl.Verdict;

/**
 * One conversation in POP3 (RFC 1939) as a state machine: it is given commands and returns what to say.
 *
 * <p>Nothing is deleted but by QUIT. However else a conversation ends, {@link #close} gives the maildrop back as it was.
 */
public final class Pop3Session implements AutoCloseable {
  private final Site site;
  private final Pop3Limits limits;
  private final String conversation;
  private State state = new Authorization();
  private Channel channel = Channel.CLEAR;
  private int failedLogins;
  private int mistakes;
  private int commandsWithoutLogin;

  private record Heard(State state, Command command) {}

  /**
   * @param conversation the id by which this conversation is found in the log
   */
  public Pop3Session(Site site, Pop3Limits limits, String conversation) {
    this.site = site;
    this.limits = limits;
    this.conversation = conversation;
  }

  /** What is said first (RFC 1939 §4): without angle brackets, which would offer APOP. */
  public Turn greeting() {
    return say(Pop3Reason.GREETING, site.hostname(), conversation);
  }

  /** From here on the conversation runs over this, and whatever was said before is forgotten (RFC 2595 §4). */
  public void over(Channel secured) {
    close();
    state = new Authorization();
    channel = secured;
  }

  /** The command that this line is; in the middle of a login it is none, but the client's next message. */
  public Command read(Line line) {
    boolean exchanging = state instanceof Exchanging;
    return exchanging && line instanceof Line.Text(var text)
        ? new Answer(text)
        : CommandParser.parse(exchanging ? line : measured(line));
  }

  /** The line, which may be as long as a command: the messages of a login may be longer (RFC 5034 §4). */
  private Line measured(Line line) {
    return switch (line) {
      case Line.Text(var text) when Response.octets(text) <= limits.lineOctetsMax() -> line;
      case Line.Text _, Line.TooLong _ -> new Line.TooLong(limits.lineOctetsMax());
      default -> line;
    };
  }

  /** What is said to this command; who says ever more and never who they are keeps a place from somebody else. */
  public Turn on(Command command) {
    boolean leadsNowhere = !(state instanceof Transaction || command instanceof Quit);
    if (leadsNowhere && ++commandsWithoutLogin > limits.idleCommandsMax()) {
      return say(Pop3Reason.TOO_MANY_IDLE_COMMANDS, limits.idleCommandsMax()).close();
    }
    Turn turn = answer(command);
    mistakes = turn.response().refuses() ? mistakes + 1 : 0;
    return mistakes > limits.mistakesMax() && turn.next() == Turn.Next.GO_ON
        ? say(Pop3Reason.TOO_MANY_MISTAKES).close()
        : turn;
  }

  /** What is said when more stands behind STLS: it came in the clear, and nobody knows from whom (RFC 2595 §4). */
  public Turn notAlone() {
    return say(Pop3Reason.STLS_NOT_ALONE).close();
  }

  /** What would be said of a handshake that failed, if somebody were left who could hear it; the log tells it. */
  public Turn handshakeFailed(String why) {
    return say(Pop3Reason.HANDSHAKE_FAILED, why).close();
  }

  /** What is said when the server stops: nothing has been deleted. */
  public Turn stopping() {
    return say(Pop3Reason.STOPPING).close();
  }

  /** What is said when we made a mistake. */
  public Turn failed() {
    return say(Pop3Reason.FAILED).close();
  }

  /** Ends the conversation wherever it is; without QUIT nothing is deleted (RFC 1939 §6). */
  @Override
  public void close() {
    if (state instanceof Transaction(var messages)) {
      messages.close();
    }
    state = new Update();
  }

  private Turn answer(Command command) {
    return switch (new Heard(state, command)) {
      case Heard(Update(), _) -> say(Pop3Reason.OVER).close();
      case Heard(_, OfAnother(var language)) -> say(Pop3Reason.ANOTHER_PROTOCOL, language).close();

      case Heard(Exchanging login, Answer(var text)) -> answered(login, text);
      case Heard(Exchanging _, Malformed(var why)) -> broken(why);
      case Heard(Exchanging _, _) -> broken(Pop3Reason.AUTH_CANCELLED.say());
      case Heard(_, Answer _) -> say(Pop3Reason.NO_COMMAND);

      case Heard(_, Malformed(var why)) -> Turn.say(why);
      case Heard(_, NotOffered(var why)) -> Turn.say(why);
      case Heard(UserGiven _, Misnamed _), Heard(UserGiven _, Unrecognized _) ->
          say(Pop3Reason.PASS_FIRST);
      case Heard(_, Misnamed(var why)) -> Turn.say(why);
      case Heard(_, Unrecognized(var why)) -> Turn.say(why);
      case Heard(_, OfSmtp(var verb)) -> say(Pop3Reason.SMTP_COMMAND, verb, site.sendingAt());

      case Heard(_, Capa()) -> capabilities();
      case Heard(_, Help help) -> help(help);

      case Heard(Transaction(var messages), OfMaildrop _) when messages.areRevoked() -> revoked();
      case Heard(Transaction(var messages), Quit()) when messages.areRevoked() -> revoked();

      case Heard(Transaction(var messages), Quit()) -> update(messages);
      case Heard(_, Quit()) -> bye();

      case Heard(Transaction _, Stls()) -> say(Pop3Reason.STLS_AFTER_LOGIN);
      case Heard(_, Stls()) -> stls();

      case Heard(_, Command.Mechanisms()) -> mechanisms();
      case Heard(Transaction _, Auth _) -> say(Pop3Reason.ALREADY_LOGGED_IN);
      case Heard(_, Auth auth) -> auth(auth);

      case Heard(Authorization _, User user) -> user(user);
      case Heard(UserGiven _, User user) -> user(user);
      case Heard(UserGiven(var user), Pass pass) -> login(user, pass);
      case Heard(Authorization _, Pass _) -> passFirst();
      case Heard(Transaction _, User _), Heard(Transaction _, Pass _) ->
          say(Pop3Reason.ALREADY_LOGGED_IN);

      case Heard(Transaction _, Utf8()) -> say(Pop3Reason.UTF8_BEFORE_LOGIN);
      case Heard(_, Utf8()) -> say(Pop3Reason.UTF8_NOTED);

      case Heard(Authorization _, OfMaildrop _) -> say(Pop3Reason.LOGIN_FIRST);
      case Heard(UserGiven _, OfMaildrop _) -> say(Pop3Reason.PASS_FIRST);

      case Heard(Transaction(var m), Stat()) -> say(Pop3Reason.STATUS, m.count(), m.octets());
      case Heard(Transaction(var m), Command.List()) -> MaildropAnswers.list(m);
      case Heard(Transaction(var m), ListOne(var number)) -> MaildropAnswers.listOne(m, number);
      case Heard(Transaction(var m), Uidl()) -> MaildropAnswers.uidl(m);
      case Heard(Transaction(var m), UidlOne(var number)) -> MaildropAnswers.uidlOne(m, number);
      case Heard(Transaction(var m), Retr(var number)) -> MaildropAnswers.retr(m, number);
      case Heard(Transaction(var m), Top top) -> MaildropAnswers.top(m, top);
      case Heard(Transaction(var m), Dele(var number)) -> MaildropAnswers.dele(m, number);
      case Heard(Transaction(var m), Rset()) -> MaildropAnswers.rset(m);
      case Heard(Transaction _, Noop()) -> say(Pop3Reason.NOTHING_DONE);
    };
  }

  private Turn capabilities() {
    return Turn.say(
        Pop3Reason.CAPABILITIES.say(), Manual.capabilities(logins().names(), stlsIsPossible()));
  }

  private Turn help(Help help) {
    return help.about()
        .map(verb -> Turn.say(Pop3Reason.HELP_ABOUT.say(verb), Manual.help(verb)))
        .orElseGet(() ->
            Turn.say(
                Pop3Reason.HELP.say(),
                Manual.help(state instanceof Transaction, stlsIsPossible())));
  }

  private Mechanisms logins() {
    return site.mechanisms(channel);
  }

  /** RFC 2595 §4: in the AUTHORIZATION state only, and once. */
  private boolean stlsIsPossible() {
    return site.offersTls() && !channel.encrypted() && !(state instanceof Transaction);
  }

  private Turn stls() {
    if (channel.encrypted()) {
      return say(Pop3Reason.STLS_TWICE);
    }
    return site.offersTls() ? say(Pop3Reason.STLS_READY).encrypt() : say(Pop3Reason.STLS_NOT_HERE);
  }

  private Turn bye() {
    state = new Update();
    return say(Pop3Reason.BYE, site.hostname()).close();
  }

  private Turn revoked() {
    close();
    return say(Pop3Reason.LOGIN_REVOKED).close();
  }

  /** RFC 1939 §6: the only place where mails are deleted; all or none, and the lock is gone before the answer. */
  private Turn update(Messages messages) {
    state = new Update();
    int deleted = messages.marked();
    try (messages) {
      messages.update();
      return say(Pop3Reason.UPDATED, site.hostname(), deleted, messages.count())
          .with("retrieved", messages.retrieved())
          .with("deleted", deleted)
          .close();
    } catch (StorageFailure failure) {
      return say(Pop3Reason.NOT_DELETED, deleted).with("cause", failure.kind()).close();
    }
  }

  /** RFC 1939 §7: the answer is the same whether there is such a user or not. */
  private Turn user(User user) {
    if (logins().areNone()) {
      return cleartextRefused(); // before the password is on the wire
    }
    state = new UserGiven(user.name());
    return say(Pop3Reason.USER_NOTED);
  }

  private Turn passFirst() {
    return logins().areNone() ? cleartextRefused() : say(Pop3Reason.USER_FIRST);
  }

  private Turn cleartextRefused() {
    return say(
        Pop3Reason.CLEARTEXT_REFUSED,
        site.offersTls() ? "First say STLS" : "This server has no TLS here");
  }

  /** RFC 1939 §7: PASS follows USER at once; whatever is wrong with it, USER comes again. */
  private Turn login(String user, Pass pass) {
    state = new Authorization();
    return login(logins().authority().password(user, pass.password())).with("user", user);
  }

  private Turn mechanisms() {
    return Turn.say(Pop3Reason.MECHANISMS.say(), Manual.mechanisms(logins().names()));
  }

  /** RFC 5034 §4: whatever USER has said before is forgotten. */
  private Turn auth(Auth auth) {
    state = new Authorization();
    Mechanisms mechanisms = logins();
    if (mechanisms.areNone()) {
      return cleartextRefused();
    }
    String name = auth.mechanism().toUpperCase(Locale.ROOT);
    return mechanisms
        .exchange(name)
        .map(exchange -> begin(new Exchanging(name, exchange), auth.initial()))
        .orElseGet(() -> say(Pop3Reason.NO_MECHANISM, String.join(" ", mechanisms.names())));
  }

  private Turn begin(Exchanging login, Optional<String> word) {
    Optional<String> initial = word.flatMap(Base64Text::decodeInitial);
    return word.isPresent() && initial.isEmpty()
        ? broken(Pop3Reason.AUTH_NOT_BASE64.say())
        : follow(login, login.exchange().begin(initial));
  }

  private Turn answered(Exchanging login, String text) {
    if (text.equals("*")) {
      return broken(Pop3Reason.AUTH_CANCELLED.say());
    }
    return Base64Text.decode(text)
        .map(message -> follow(login, login.exchange().on(message)))
        .orElseGet(() -> broken(Pop3Reason.AUTH_NOT_BASE64.say()));
  }

  private Turn follow(Exchanging login, Step step) {
    return switch (step) {
      case Step.Challenge(var message) -> {
        state = login;
        yield say(Pop3Reason.CHALLENGE, Base64Text.encode(message));
      }
      case Step.Over(var verdict) -> {
        state = new Authorization();
        yield login(verdict)
            .with("user", login.exchange().name())
            .with("mechanism", login.mechanism());
      }
    };
  }

  private Turn broken(Response why) {
    state = new Authorization();
    return Turn.say(why);
  }

  private Turn login(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Known(var identity) -> open(identity);
      case Verdict.Refused(var why) -> refused(why);
    };
  }

  /** What is our trouble or only for now is never called the user's fault (RFC 3206 §3): clients ask for another password then. */
  private Turn refused(Verdict.Why why) {
    return switch (why) {
      case WRONG -> wrong();
      case BLOCKED -> say(Pop3Reason.LOGIN_BLOCKED).close();
      case BUSY -> say(Pop3Reason.LOGIN_BUSY);
      case TROUBLE -> say(Pop3Reason.STORE_TROUBLE);
      case MALFORMED -> say(Pop3Reason.AUTH_MALFORMED);
    };
  }

  private Turn wrong() {
    return ++failedLogins < limits.loginsMax()
        ? say(Pop3Reason.LOGIN_FAILED)
        : say(Pop3Reason.TOO_MANY_LOGINS).close();
  }

  private Turn open(Identity identity) {
    try {
      return switch (site.open(identity)) {
        case Site.Opening.Opened(var drop) -> opened(new Messages(drop));
        case Site.Opening.InUse() -> say(Pop3Reason.MAILDROP_IN_USE);
      };
    } catch (StorageFailure failure) {
      return MaildropAnswers.trouble(failure);
    }
  }

  private Turn opened(Messages messages) {
    state = new Transaction(messages);
    return say(Pop3Reason.LOGGED_IN, messages.summary());
  }

  private static Turn say(Pop3Reason why, Object... values) {
    return Turn.say(why.say(values));
  }
}
