package me.ehlo.send;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import me.ehlo.lines.DotEncoder;
import me.ehlo.mail.DomainParser;
import me.ehlo.mail.RemoteReply;
import me.ehlo.net.Wire;
import me.ehlo.net.WireFailure;
import me.ehlo.smtp.Answer;
import me.ehlo.smtp.ReplyParser;

/**
 * Hands a mail over to the server of this machine, by SMTP.
 *
 * <p>Who is refused for good does not keep the others from the mail. But as long as anything may be otherwise in a while,
 * nothing at all is sent, because the caller is going to try again, and nobody shall have the mail twice.
 */
final class Submission {
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final Duration COMMIT_PATIENCE = Duration.ofMinutes(10); // RFC 5321 §4.5.3.2.6
  private static final int PIECE_OCTETS = 32 * 1024;
  private static final int TRY_LATER = 421;
  private static final int DONE = 2;
  private static final int GO_ON = 3;
  private static final int NOT_NOW = 4;

  private final Wire wire;
  private final ReplyParser parser = new ReplyParser();

  Submission(Wire wire) {
    this.wire = wire;
  }

  /**
   * How it went.
   *
   * @param exit one of {@link SysExit}
   * @param problems a sentence each
   * @param words the server's own about the mail, if it took it
   */
  record Ended(int exit, List<String> problems, String words) {
    Ended {
      problems = List.copyOf(problems);
    }

    static Ended refused(RemoteReply reply, String about) {
      return new Ended(exitCode(reply), List.of(sentence(reply, about)), "");
    }
  }

  /**
   * Hands over the mail.
   *
   * @param sender as in a path; empty for the empty one
   * @param parameters of MAIL
   * @param notice the parameter of each RCPT; empty: none
   */
  Ended hand(
      String sender,
      List<String> recipients,
      List<String> parameters,
      String notice,
      HandedMail mail)
      throws WireFailure, IOException {
    RemoteReply greeting = hear(PATIENCE);
    if (kind(greeting) != DONE) {
      return Ended.refused(greeting, "");
    }
    for (String line : List.of("EHLO localhost", mailFrom(sender, recipients, parameters, mail))) {
      RemoteReply reply = ask(line);
      if (kind(reply) != DONE) {
        return Ended.refused(reply, "");
      }
    }
    return recipients(recipients, notice.isEmpty() ? "" : " " + notice, mail);
  }

  private static String mailFrom(
      String sender, List<String> recipients, List<String> parameters, HandedMail mail) {
    boolean ascii =
        DomainParser.isAscii(sender) && recipients.stream().allMatch(DomainParser::isAscii);
    List<String> words = new ArrayList<>();
    words.add("MAIL FROM:<" + sender + "> BODY=8BITMIME SIZE=" + mail.octets());
    if (!ascii) {
      words.add("SMTPUTF8");
    }
    words.addAll(parameters);
    return String.join(" ", words);
  }

  private Ended recipients(List<String> recipients, String notice, HandedMail mail)
      throws WireFailure, IOException {
    List<String> problems = new ArrayList<>();
    Optional<RemoteReply> last = Optional.empty();
    for (String recipient : recipients) {
      RemoteReply reply = ask("RCPT TO:<" + recipient + ">" + notice);
      if (kind(reply) == NOT_NOW) {
        return Ended.refused(reply, recipient);
      }
      if (kind(reply) != DONE) {
        problems.add(sentence(reply, recipient));
        last = Optional.of(reply);
      }
    }
    int exit = last.map(Submission::exitCode).orElse(SysExit.OK);
    return problems.size() == recipients.size()
        ? new Ended(exit, problems, "")
        : content(exit, problems, mail);
  }

  private Ended content(int exit, List<String> problems, HandedMail mail)
      throws WireFailure, IOException {
    RemoteReply reply = ask("DATA");
    if (kind(reply) == GO_ON) {
      write(mail);
      reply = hear(COMMIT_PATIENCE);
    }
    if (kind(reply) != DONE) {
      return Ended.refused(reply, "");
    }
    wire.write("QUIT\r\n".getBytes(UTF_8));
    return new Ended(exit, problems, reply.text());
  }

  private void write(HandedMail mail) throws WireFailure, IOException {
    DotEncoder dots = new DotEncoder();
    wire.write(dots.encode(mail.header()));
    try (InputStream body = mail.body()) {
      byte[] piece = new byte[PIECE_OCTETS];
      for (int length = body.read(piece); length >= 0; length = body.read(piece)) {
        wire.write(dots.encode(Arrays.copyOf(piece, length)));
      }
    }
    wire.write(dots.end());
  }

  private RemoteReply ask(String line) throws WireFailure {
    wire.write((line + "\r\n").getBytes(UTF_8));
    return hear(PATIENCE);
  }

  private RemoteReply hear(Duration patience) throws WireFailure {
    wire.readUntil(parser::ended, patience, parser::decode);
    return switch (parser.take()) {
      case Answer.Said said -> said.remote();
      case Answer.Nonsense(var line) -> nonsense(line);
      case Answer.Endless() -> nonsense("it never ends");
    };
  }

  private static RemoteReply nonsense(String what) {
    return new RemoteReply(TRY_LATER, Optional.empty(), "what answers there is no Ehlo: " + what);
  }

  private static int kind(RemoteReply reply) {
    return reply.code() / 100;
  }

  /** RFC 3463 §3: the status says whom it is about. */
  private static int exitCode(RemoteReply reply) {
    if (kind(reply) == NOT_NOW) {
      return SysExit.TEMPORARY;
    }
    return switch (reply.status().map(status -> status.subject()).orElse(0)) {
      case 1 -> SysExit.NO_USER;
      case 3, 6 -> SysExit.DATA;
      case 7 -> SysExit.NO_PERMISSION;
      default -> SysExit.UNAVAILABLE;
    };
  }

  private static String sentence(RemoteReply reply, String about) {
    String status = reply.status().map(known -> known + " ").orElse("");
    return (about.isEmpty() ? "" : about + ": ") + reply.code() + " " + status + reply.text();
  }
}
