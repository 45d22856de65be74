package me.ehlo.send;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import me.ehlo.mail.Parsed;
import me.ehlo.net.Dialer;
import me.ehlo.net.LocalSocket;
import me.ehlo.net.Wire;
import me.ehlo.net.WireFailure;

/**
 * What cron, PHP and many others call as {@code sendmail}: takes a mail from the standard input and hands it to the server of
 * this machine. It has succeeded when the mail is on the server's disk, and then only.
 */
public final class Sendmail {
  private static final int PIECE_OCTETS = 8 * 1024;
  private static final Duration LAST_WORDS = Duration.ofSeconds(1);

  private final InputStream in;
  private final PrintStream out;
  private final PrintStream err;
  private final String user;
  private final Site site;

  /** What sendmail needs to know of this machine, and the other commands it stands for. */
  public interface Site {

    /** The server's socket, or why nobody knows where it is; {@code configuration} names another file than the usual. */
    Parsed<Path> socket(Optional<String> configuration);

    /** Carries out a command of ehlo; returns its exit code. */
    int ehlo(String... words);
  }

  /**
   * @param user the operating system's name of who calls
   */
  public Sendmail(InputStream in, PrintStream out, PrintStream err, String user, Site site) {
    this.in = in;
    this.out = out;
    this.err = err;
    this.user = user;
    this.site = site;
  }

  /** Does what these words ask for; returns one of {@link SysExit}. */
  public int run(List<String> words) {
    return switch (SendmailLine.read(words)) {
      case Parsed.Wrong<SendmailCall>(var why) -> failed(SysExit.USAGE, why);
      case Parsed.Right<SendmailCall>(var call) ->
          switch (call.mode()) {
            case NOTHING -> SysExit.OK; // aliases need no rebuilding
            case LIST -> site.ehlo(administering(call, "list"));
            case FLUSH -> site.ehlo(administering(call, "flush"));
            case CONVERSE -> atTheSocket(call, this::converse);
            case SUBMIT -> submit(call);
          };
    };
  }

  private static String[] administering(SendmailCall call, String verb) {
    List<String> words = new ArrayList<>(List.of("queue", verb));
    call.configuration().ifPresent(file -> words.addAll(List.of("--config", file)));
    return words.toArray(String[]::new);
  }

  /** Something done with a server that may not be there. */
  @FunctionalInterface
  private interface Deed {
    int carryOut(Path socket) throws IOException, WireFailure;
  }

  private int atTheSocket(SendmailCall call, Deed deed) {
    return switch (site.socket(call.configuration())) {
      case Parsed.Wrong<Path>(var why) -> failed(SysExit.CONFIGURATION, why);
      case Parsed.Right<Path>(var socket) -> atTheSocket(socket, deed);
    };
  }

  private int atTheSocket(Path socket, Deed deed) {
    try {
      return deed.carryOut(socket);
    } catch (IOException e) {
      return failed(
          SysExit.TEMPORARY,
          "the mail server cannot be reached at " + socket + " (" + e.getMessage() + ")");
    } catch (WireFailure e) {
      return failed(
          SysExit.TEMPORARY,
          switch (e.kind()) {
            case LOST, STOPPED -> "the mail server has ended the conversation";
            case TIMED_OUT -> "the mail server does not answer";
          });
    }
  }

  private int submit(SendmailCall call) {
    if (call.recipients().isEmpty() && !call.recipientsInHeader()) {
      return failed(
          SysExit.USAGE, "to whom? Name recipients, or say -t and name them in the header");
    }
    try (HandedMail mail = HandedMail.read(in, call.dotIsText())) {
      return switch (recipients(call, mail)) {
        case Parsed.Wrong<Set<String>>(var why) -> failed(SysExit.DATA, why);
        case Parsed.Right<Set<String>>(var recipients) when recipients.isEmpty() ->
            failed(SysExit.USAGE, "the header names no recipients");
        case Parsed.Right<Set<String>>(var recipients) -> {
          addFrom(call, mail);
          yield atTheSocket(call, socket -> hand(socket, call, List.copyOf(recipients), mail));
        }
      };
    } catch (TooLarge e) {
      return failed(SysExit.DATA, String.valueOf(e.getMessage()));
    } catch (IOException e) {
      return failed(SysExit.TEMPORARY, "the mail cannot be read: " + e.getMessage());
    }
  }

  private static Parsed<Set<String>> recipients(SendmailCall call, HandedMail mail) {
    Set<String> recipients = new LinkedHashSet<>(call.recipients());
    if (!call.recipientsInHeader()) {
      return new Parsed.Right<>(recipients);
    }
    return switch (mail.recipients()) {
      case Parsed.Wrong<List<String>>(var why) -> new Parsed.Wrong<>(why);
      case Parsed.Right<List<String>>(var named) -> {
        recipients.addAll(named);
        yield new Parsed.Right<>(recipients);
      }
    };
  }

  /** Who says how it is called is called so in From; where nothing was said, the server knows who it is. */
  private void addFrom(SendmailCall call, HandedMail mail) {
    String sender = call.sender().filter(path -> !path.isEmpty()).orElse(user);
    boolean said = call.fullName().isPresent() || call.sender().filter(sender::equals).isPresent();
    if (said && !mail.has("from")) {
      mail.add(
          "From: "
              + call.fullName()
                  .map(name -> DisplayName.of(name) + " <" + sender + ">")
                  .orElse(sender));
    }
  }

  private int hand(Path socket, SendmailCall call, List<String> recipients, HandedMail mail)
      throws IOException, WireFailure {
    Dialer dialer = new Dialer("sendmail");
    Wire wire = dialer.dial(socket);
    try {
      Submission.Ended ended =
          new Submission(wire)
              .hand(call.sender().orElse(user), recipients, call.parameters(), call.notice(), mail);
      ended.problems().forEach(this::say);
      if (call.verbose() && !ended.words().isEmpty()) {
        out.println(ended.words());
      }
      return ended.exit();
    } finally {
      dialer.hangUp(wire);
      dialer.close(LAST_WORDS);
    }
  }

  /** Both directions at once, until the server has nothing more to say. */
  private int converse(Path path) throws IOException {
    try (Socket socket = LocalSocket.to(path)) {
      Thread.ofPlatform().daemon().name("sendmail-in").start(() -> passOn(socket));
      socket.getInputStream().transferTo(out);
      out.flush();
      return SysExit.OK;
    }
  }

  private void passOn(Socket socket) {
    try {
      linesOf(in, socket.getOutputStream());
      socket.shutdownOutput();
    } catch (IOException e) {
      // The server has closed the conversation, and the other direction has heard it.
    }
  }

  /** As a person types them, or a script writes them: LF alone ends a line, too. */
  private static void linesOf(InputStream from, OutputStream to) throws IOException {
    byte[] piece = new byte[PIECE_OCTETS];
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    byte before = 0;
    for (int length = from.read(piece); length >= 0; length = from.read(piece)) {
      for (int i = 0; i < length; i++) {
        if (piece[i] == '\n' && before != '\r') {
          lines.write('\r');
        }
        lines.write(piece[i]);
        before = piece[i];
      }
      lines.writeTo(to);
      lines.reset();
    }
  }

  private int failed(int code, String sentence) {
    say(sentence);
    return code;
  }

  private void say(String sentence) {
    err.println("sendmail: " + sentence);
  }
}
