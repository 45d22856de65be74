package me.ehlo.talk;

import java.util.ArrayList;
import java.util.List;
import me.ehlo.call.Destination;
import me.ehlo.call.Door;
import me.ehlo.call.Heard;
import me.ehlo.call.Protocol;
import me.ehlo.net.WireFailure;
import me.ehlo.trace.Mark;

/** Says what was typed over one connection, waits for each answer, and does what follows from it. */
final class Conversation {
  private static final int LINES_SHOWN_MAX = 10_000;

  private final Link link;
  private final Notebook notebook;
  private final Advice advice;
  private final Encrypting encrypting;
  private final OtherDoors doors;
  private final Mailing mailing;
  private final List<String> gathered = new ArrayList<>();
  private boolean gathers;
  private boolean looked;
  private boolean over;
  private boolean leaving;
  private String awaited = ""; // whose answer

  Conversation(
      Link link, Notebook notebook, Advice advice, Encrypting encrypting, OtherDoors doors) {
    this.doors = doors;
    this.link = link;
    this.notebook = notebook;
    this.advice = advice;
    this.encrypting = encrypting;
    this.mailing = new Mailing(link, notebook, this::advise);
  }

  Link link() {
    return link;
  }

  Encrypting encrypting() {
    return encrypting;
  }

  /** Whether QUIT was answered, or something has happened behind which nothing can follow. */
  boolean isOver() {
    return over;
  }

  /** Whether the server has said that it ends the conversation. */
  boolean isLeaving() {
    return leaving;
  }

  /** Waits for the server's first words, behind TLS if that comes first; false: they were no greeting. */
  boolean begin(boolean tlsFirst) throws WireFailure {
    if (tlsFirst && !encrypting.handshake(link)) {
      over = true;
      return false;
    }
    Heard heard = link.hear("the connection (its greeting)");
    link.progress().heardGreeting(heard);
    if (!heard.isGood()) {
      notebook.tally().failed(Ending.GREETING);
    }
    advise("", heard);
    if (!heard.isGood() && heard.kind() != Heard.Kind.NONSENSE && !leaving) {
      takeLeave(); // RFC 5321 §3.1: it waits for QUIT
    }
    return heard.isGood();
  }

  /** Says QUIT where nothing else is to be said any more, whether or not it is answered, and hangs up. */
  void takeLeave() {
    try {
      link.ask("QUIT", "QUIT");
    } catch (WireFailure e) {
      // It has not waited for that.
    } finally {
      link.call().close();
    }
  }

  /** A line that was typed. */
  void line(String line) throws WireFailure {
    switch (link.progress().mode()) {
      case CONTENT -> mailing.contentLine(line);
      case CHUNK -> mailing.chunkLine(line);
      case CHALLENGE -> say(line);
      case COMMAND -> command(line);
    }
  }

  private void command(String line) throws WireFailure {
    if (Words.of(line).is("BDAT")) {
      sayGathered(); // whose octets come behind it, whatever else is gathered
      mailing.beginChunk(line);
    } else if (gathers) {
      gather(line);
    } else {
      say(line);
    }
  }

  /** Says a command and does what follows from its answer. */
  Heard say(String line) throws WireFailure {
    sayGathered();
    boolean challenged = link.progress().mode() == Progress.Mode.CHALLENGE;
    String command = challenged ? "AUTH" : line; // whose exchange it goes on with
    awaited = Words.of(command).verb();
    if (challenged && Secrecy.givesUp(line)) {
      link.progress().givingUpLogin();
    }
    Heard heard = link.ask(line, challenged ? "the login" : Secrecy.shown(line, false));
    note(command, heard);
    follow(command, heard);
    return heard;
  }

  /** The same, with an answer to EHLO that is known already cut short. */
  void sayHelloAgain(String line, List<String> before) throws WireFailure {
    notebook.advise(
        "After TLS both sides forget what was said before, so ehlo repeats "
            + Words.of(line).verb()
            + ":");
    awaited = Words.of(line).verb();
    link.call().say(line);
    Heard heard = link.hearUnshown(line);
    awaited = "";
    link.progress().heard(line, heard);
    if (heard.lines().size() > 2 && !before.isEmpty()) {
      link.showInstead(
          continued(heard) + Offers.difference(before, link.progress().offered()), heard.took());
    } else {
      link.showHeard(heard.took());
    }
    notebook.tally().heard(Words.of(line).verb(), heard);
  }

  /** Asks for the capabilities, with their lines. */
  void capabilities() throws WireFailure {
    say("CAPA");
  }

  /** From here on lines are gathered, or no more: what was gathered is said then. */
  void gather(boolean should) throws WireFailure {
    gathers = should;
    if (!should) {
      sayGathered();
    }
  }

  boolean gathers() {
    return gathers;
  }

  /** A file as the mail. */
  void file(byte[] content, String name, boolean chunk) throws WireFailure {
    sayGathered();
    mailing.file(content, name, chunk, this::say);
  }

  /** What a login is answered. */
  Heard hearLogin() throws WireFailure {
    awaited = "AUTH";
    Heard heard = link.hear("the login");
    awaited = "";
    return heard;
  }

  /** Something that nobody has asked for has come. */
  void hearUnasked() throws WireFailure {
    Heard heard = link.hear("nothing that was asked");
    advise("NOOP", heard);
  }

  void advise(String line, Heard heard) {
    leaving |= heard.code() == 421; // RFC 5321 §3.8: what follows is the end of the connection
    Words words = Words.of(line);
    notebook.advise(
        advice.on(
            new Situation(
                words,
                heard,
                link.progress(),
                link.server(),
                link.call().to().port(),
                link.isEncrypted())));
    if (!heard.flaw().isEmpty() && heard.kind() != Heard.Kind.NONSENSE) {
      notebook.advise("The form of this answer is not as it should be: " + heard.flaw() + ".");
    }
  }

  /** A line that was not typed here was answered: it counts as if it was. */
  void note(String line, Heard heard) {
    awaited = "";
    Words words = Words.of(line);
    boolean known = link.progress().loggedIn();
    link.progress().heard(line, heard);
    notebook.tally().heard(words.verb(), heard);
    if (!known && link.progress().loggedIn()) {
      notebook.loggedIn();
    }
    if (heard.isGood()) {
      notebook.went(words, line);
    }
  }

  /**
   * The same with a mail.
   *
   * @param each whether this answer is for one of several recipients
   * @param last whether no further answer to the mail comes
   */
  void noteMail(Heard heard, boolean each, boolean last) {
    notebook.tally().mail(List.of(heard), each ? 1 : link.progress().recipients().size());
    if (last) {
      link.progress().heardMail();
      notebook.mailIsOver();
    }
  }

  private void follow(String line, Heard heard) throws WireFailure {
    Words words = Words.of(line);
    if (link.progress().protocol() == Protocol.POP3 && heard.kind() == Heard.Kind.DONE) {
      followPop3(words);
    }
    if (words.is("DATA") && heard.kind() == Heard.Kind.GO_ON) {
      mailing.beginContent();
    }
    advise(line, heard);
    if (words.is("EHLO") && heard.isGood()) {
      lookForTls();
    }
    if (words.is("QUIT") && heard.isGood()) {
      over = true;
    } else if (words.is(link.progress().protocol().startTls()) && heard.kind() == Heard.Kind.DONE) {
      over = !encrypting.begin(this);
    }
  }

  /** Where mail servers meet, no TLS is offered seldom; what the same host offers elsewhere may be taken away on the way. */
  private void lookForTls() {
    Destination to = link.call().to();
    if (!notebook.explains()
        || looked
        || link.isEncrypted()
        || link.progress().offers("STARTTLS")
        || to.port() != Door.SMTP.port()
        || to.isHere()) {
      return;
    }
    looked = true;
    boolean[] stripped = new boolean[1];
    notebook.tell(
        "looking whether port 587 of the same host offers TLS ... ",
        () -> {
          stripped[0] = doors.submissionOffersTls(to);
          return stripped[0] ? "it does" : "it does not";
        });
    if (stripped[0]) {
      notebook.tell(
          Mark.ERROR,
          "Port 587 offers STARTTLS and port 25 does not: it seems to be stripped on the way.");
      notebook.advise(
          List.of(
              "A firewall that inspects SMTP takes it away, so that it can read along; or "
                  + to.name()
                  + " is set up so. To tell which, ask others:",
              Unreached.PROBE,
              "With an account, mail leaves here unread:",
              "    ehlo talk --submission " + to.name()));
    }
  }

  // RFC 1939 §3: which responses have lines behind them depends on the command alone.
  private void followPop3(Words words) throws WireFailure {
    boolean lines =
        switch (words.verb()) {
          case "RETR", "TOP", "CAPA" -> true;
          case "LIST", "UIDL", "AUTH" -> words.rest().isEmpty();
          default -> false;
        };
    if (lines) {
      List<String> heard = link.hearLines(LINES_SHOWN_MAX);
      if (words.is("CAPA")) {
        link.progress().heardCapabilities(heard);
      }
    }
  }

  private void gather(String line) throws WireFailure {
    if (!line.isEmpty()) {
      gathered.add(line);
    }
    if (line.isEmpty() || endsGroup(line)) {
      sayGathered();
    } else {
      notebook.advise(gathered.size() + " gathered; an empty line sends them together.");
    }
  }

  // RFC 2920 §3.1: only the last of a group.
  private static boolean endsGroup(String line) {
    return List.of(
            "EHLO",
            "LHLO",
            "DATA",
            "VRFY",
            "EXPN",
            "TURN",
            "QUIT",
            "NOOP",
            "STARTTLS",
            "STLS",
            "AUTH")
        .contains(Words.of(line).verb());
  }

  /** What was gathered so far is said at once, and answered. */
  void sayGathered() throws WireFailure {
    List<String> group = List.copyOf(gathered);
    gathered.clear();
    for (String line : group) {
      link.call().say(line, Secrecy.shown(line, false));
    }
    for (String line : group) {
      awaited = Words.of(line).verb();
      Heard heard = link.hear(Secrecy.shown(line, false));
      note(line, heard);
      follow(line, heard);
    }
  }

  private static String continued(Heard heard) {
    return heard.code() > 0 ? heard.code() + " " : "";
  }

  /** Says that the server has gone. */
  void lost(WireFailure failure) {
    String why =
        switch (link.isGivenUp() ? WireFailure.Kind.STOPPED : failure.kind()) {
          case TIMED_OUT ->
              "no answer within " + Tally.span(link.patience()) + "; the connection was dropped";
          case LOST -> "the server has closed the connection" + reset(failure);
          case STOPPED -> "the connection was dropped";
        };
    notebook.tell(Mark.ERROR, why);
    if (mailing.isInDoubt()) {
      notebook.tally().brokeOff(Ending.DOT);
      notebook.advise("The end of the mail was sent: nobody knows whether it was accepted.");
    } else if (mailing.isUnderWay()) {
      notebook.tally().brokeOff(Ending.DATA);
      notebook.advise("The mail had not come to its end: it was not sent.");
    } else {
      notebook.tally().lost(leaving ? "" : awaited);
    }
  }

  private static String reset(WireFailure failure) {
    return String.valueOf(failure.getMessage()).contains("reset") ? " (reset)" : "";
  }
}
