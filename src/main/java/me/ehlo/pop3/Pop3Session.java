package me.ehlo.pop3;

import me.ehlo.mail.StorageFailure;
import me.ehlo.pop3.Command.Capa;
import me.ehlo.pop3.Command.Dele;
import me.ehlo.pop3.Command.Help;
import me.ehlo.pop3.Command.ListOne;
import me.ehlo.pop3.Command.Malformed;
import me.ehlo.pop3.Command.Misnamed;
import me.ehlo.pop3.Command.Noop;
import me.ehlo.pop3.Command.NotOffered;
import me.ehlo.pop3.Command.OfHttp;
import me.ehlo.pop3.Command.OfMaildrop;
import me.ehlo.pop3.Command.OfSmtp;
import me.ehlo.pop3.Command.Pass;
import me.ehlo.pop3.Command.Quit;
import me.ehlo.pop3.Command.Retr;
import me.ehlo.pop3.Command.Rset;
import me.ehlo.pop3.Command.Stat;
import me.ehlo.pop3.Command.Top;
import me.ehlo.pop3.Command.Uidl;
import me.ehlo.pop3.Command.UidlOne;
import me.ehlo.pop3.Command.Unrecognized;
import me.ehlo.pop3.Command.User;
import me.ehlo.pop3.Command.Utf8;
import me.ehlo.pop3.State.Authorization;
import me.ehlo.pop3.State.Transaction;
import me.ehlo.pop3.State.Update;
import me.ehlo.pop3.State.UserGiven;

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
  private int failedLogins;
  private int mistakes;

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

  /** What is said to this command. */
  public Turn on(Command command) {
    Turn turn = answer(command);
    mistakes = turn.response().refuses() ? mistakes + 1 : 0;
    return mistakes > limits.mistakesMax() && turn.next() == Turn.Next.GO_ON
        ? say(Pop3Reason.TOO_MANY_MISTAKES).close()
        : turn;
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

      case Heard(_, Malformed(var why)) -> Turn.say(why);
      case Heard(_, NotOffered(var why)) -> Turn.say(why);
      case Heard(UserGiven _, Misnamed _), Heard(UserGiven _, Unrecognized _) ->
          say(Pop3Reason.PASS_FIRST);
      case Heard(_, Misnamed(var why)) -> Turn.say(why);
      case Heard(_, Unrecognized(var why)) -> Turn.say(why);
      case Heard(_, OfSmtp(var verb)) -> say(Pop3Reason.SMTP_COMMAND, verb, site.sendingAt());
      case Heard(_, OfHttp()) -> say(Pop3Reason.HTTP_REQUEST).close();

      case Heard(_, Capa()) -> capabilities();
      case Heard(_, Help help) -> help(help);

      case Heard(Transaction(var messages), Quit()) -> update(messages);
      case Heard(_, Quit()) -> bye();

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
    return Turn.say(Pop3Reason.CAPABILITIES.say(), Manual.capabilities(site.takesPasswords()));
  }

  private Turn help(Help help) {
    return help.about()
        .map(verb -> Turn.say(Pop3Reason.HELP_ABOUT.say(verb), Manual.help(verb)))
        .orElseGet(
            () -> Turn.say(Pop3Reason.HELP.say(), Manual.help(state instanceof Transaction)));
  }

  private Turn bye() {
    state = new Update();
    return say(Pop3Reason.BYE, site.hostname()).close();
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
    if (!site.takesPasswords()) {
      return say(Pop3Reason.CLEARTEXT_REFUSED); // before the password is on the wire
    }
    state = new UserGiven(user.name());
    return say(Pop3Reason.USER_NOTED);
  }

  private Turn passFirst() {
    return say(site.takesPasswords() ? Pop3Reason.USER_FIRST : Pop3Reason.CLEARTEXT_REFUSED);
  }

  /** RFC 1939 §7: PASS follows USER at once; whatever is wrong with it, USER comes again. */
  private Turn login(String user, Pass pass) {
    state = new Authorization();
    try {
      return login(site.login(user, pass.password())).with("user", user);
    } catch (StorageFailure failure) {
      return MaildropAnswers.trouble(failure).with("user", user);
    }
  }

  private Turn login(Site.Login login) {
    return switch (login) {
      case Site.Login.Opened(var drop) -> opened(new Messages(drop));
      case Site.Login.InUse() -> say(Pop3Reason.MAILDROP_IN_USE);
      case Site.Login.Busy() -> say(Pop3Reason.LOGIN_BUSY);
      case Site.Login.Rejected() -> rejected();
    };
  }

  private Turn opened(Messages messages) {
    state = new Transaction(messages);
    return say(Pop3Reason.LOGGED_IN, messages.summary());
  }

  private Turn rejected() {
    return ++failedLogins < limits.loginsMax()
        ? say(Pop3Reason.LOGIN_FAILED)
        : say(Pop3Reason.TOO_MANY_LOGINS).close();
  }

  private static Turn say(Pop3Reason why, Object... values) {
    return Turn.say(why.say(values));
  }
}
