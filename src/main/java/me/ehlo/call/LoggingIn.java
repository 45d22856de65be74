package me.ehlo.call;

import java.time.Duration;
import java.util.Optional;
import me.ehlo.net.WireFailure;
import me.ehlo.sasl.ClientLine;
import me.ehlo.sasl.ClientLogin;
import me.ehlo.sasl.ClientMove;
import me.ehlo.trace.Mark;

/**
 * Logs in over a call: AUTH of SMTP (RFC 4954) and of POP3 (RFC 5034), and POP3's USER and PASS.
 *
 * <p>Whoever is told the lines is told no secret; what challenges mean is told beside them.
 */
public final class LoggingIn {
  private static final int SMTP_LINE_OCTETS = 512; // RFC 5321 §4.5.3.1.4
  private static final int POP3_LINE_OCTETS = 255; // RFC 2449 §4

  private final Call call;
  private final Ear ear;

  /** Waits for an answer. */
  @FunctionalInterface
  public interface Ear {
    Heard hear() throws WireFailure;
  }

  /**
   * @param patience for each answer
   */
  public LoggingIn(Call call, Duration patience) {
    this(call, () -> call.hear(patience));
  }

  /**
   * @param ear hears each answer
   */
  public LoggingIn(Call call, Ear ear) {
    this.call = call;
    this.ear = ear;
  }

  /** By a mechanism of SASL. */
  public LoggedIn by(ClientLogin login) throws WireFailure {
    Heard heard =
        say(login.begin(call.protocol().hasCodes() ? SMTP_LINE_OCTETS : POP3_LINE_OCTETS));
    while (heard.kind() == Heard.Kind.GO_ON) { // a login bounds its challenges
      ClientMove move = login.on(challenge(heard));
      call.tell(Mark.INFO, move.heard());
      switch (move) {
        case ClientMove.Say(_, var line) -> heard = say(line);
        case ClientMove.Cancel(_, var why) -> {
          call.say("*"); // RFC 4954 §4, RFC 5034 §4
          ear.hear();
          return new LoggedIn.BrokenOff(why);
        }
      }
    }
    if (heard.kind() != Heard.Kind.DONE) {
      return new LoggedIn.Refused(heard);
    }
    Optional<String> doubt = login.doubt();
    return doubt.isPresent() ? new LoggedIn.Doubtful(doubt.get()) : new LoggedIn.Yes(heard);
  }

  /** By POP3's own commands (RFC 1939 §7), which show the password to everybody who can read along. */
  public LoggedIn byUserAndPass(String user, String password) throws WireFailure {
    call.say("USER " + user);
    Heard heard = ear.hear();
    if (heard.kind() == Heard.Kind.DONE) {
      call.say("PASS " + password, "PASS <the password>");
      heard = ear.hear();
    }
    return heard.kind() == Heard.Kind.DONE ? new LoggedIn.Yes(heard) : new LoggedIn.Refused(heard);
  }

  private Heard say(ClientLine line) throws WireFailure {
    call.say(line.text(), line.shown());
    return ear.hear();
  }

  /** What stands behind 334 or +, as it came: nothing of it may be taken for an enhanced status code. */
  private String challenge(Heard heard) {
    String line = heard.lines().getFirst();
    int behind = call.protocol().hasCodes() ? HeardLines.CODE_DIGITS + 1 : 2;
    return line.length() > behind ? line.substring(behind) : "";
  }
}
