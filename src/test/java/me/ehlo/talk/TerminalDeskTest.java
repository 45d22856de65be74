package me.ehlo.talk;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.UnaryOperator;
import me.ehlo.call.ScriptedServer;
import me.ehlo.trace.Mark;
import me.ehlo.trace.Utterance;
import org.jline.terminal.Size;
import org.jline.terminal.impl.ExternalTerminal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Keys pressed one by one at a terminal that exists in memory only. */
@Timeout(60)
class TerminalDeskTest {
  @TempDir Path folder;
  private final Pressed keys = new Pressed();
  private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
  private Path history;
  private Screen screen;
  private TerminalDesk desk;

  @BeforeEach
  void sitDown() throws IOException {
    ExternalTerminal terminal = new ExternalTerminal("test", "xterm-256color", keys, shown, UTF_8);
    terminal.setSize(Size.of(110, 40));
    history = folder.resolve("history");
    screen = new Screen(terminal, true, Optional.of(history));
    desk = withEditor("printf 'Subject: edited\\n\\nHello.\\n' >");
  }

  private TerminalDesk withEditor(String command) {
    return new TerminalDesk(
        new PrintStream(shown, true, UTF_8), Looks.PLAIN, screen, Optional.of(command));
  }

  @AfterEach
  void getUp() throws IOException {
    keys.close();
    desk.close();
  }

  @Test
  void editingKeysEditAndNothingOfThemIsLeft() {
    press("MAIL FRMO\177\177OM:<\033OD\033OD\033OC\033OC>\r");
    assertThat(desk.type(Mark.SENT)).isEqualTo(new Typed.Line("MAIL FROM:<>"));
  }

  @Test
  void noCharacterMeansAnythingToTheEditor() {
    String line = "MAIL FROM:<\"a b\\!c\"@d> #'$(x) \\";
    press(line + "\r");
    assertThat(desk.type(Mark.SENT)).isEqualTo(new Typed.Line(line));
  }

  @Test
  void controlAndTheLettersDoWhatTheyDoEverywhere() {
    pressWhenPrompted("abc\003");
    assertThat(desk.type(Mark.SENT)).isEqualTo(new Typed.Interrupt("abc"));
    pressWhenPrompted("\004");
    assertThat(desk.type(Mark.SENT)).isEqualTo(new Typed.End());
    press("abc\001\005d\r");
    assertThat(desk.type(Mark.SENT)).isEqualTo(new Typed.Line("abcd"));
    press("abc\005");
    assertThat(desk.type(Mark.CONTENT)).isEqualTo(new Typed.Editor("abc"));
  }

  @Test
  void pastedLinesComeOneByOneAndTheUnfinishedOneWaits() {
    press("\033[200~NOOP\nRSET\nQU\033[201~");
    assertThat(desk.type(Mark.SENT)).isEqualTo(new Typed.Line("NOOP"));
    assertThat(desk.type(Mark.SENT)).isEqualTo(new Typed.Line("RSET"));
    press("IT\r");
    assertThat(desk.type(Mark.SENT)).isEqualTo(new Typed.Line("QUIT"));
    press("\033[200~a\nb\nc\n\033[201~");
    desk.type(Mark.SENT);
    assertThat(desk.dropQueued()).isEqualTo(2);
  }

  @Test
  void aPastedControlIsGivenBackToBeMendedAndWhatStandsBehindItIsDropped() throws IOException {
    try (ScriptedServer server = new ScriptedServer()) {
      press("\033[200~NOOP\nNOOP x\b\nRSET\n\033[201~\177y\rQUIT\r");
      talkWith(server);
      assertThat(server.lines()).containsExactly("NOOP", "NOOP xy", "QUIT");
      assertThat(shown.toString(UTF_8))
          .contains("*** not sent: octet \\x08 at column 7. On purpose: /raw NOOP x\\x08\\r\\n")
          .contains("*** the rest of the paste is dropped, for what comes next may count on this");
      desk.close();
      assertThat(Files.readString(history)).contains("NOOP xy").doesNotContain("\b");
    }
  }

  @Test
  void whatIsPastedBehindARefusedLoginIsDroppedAndNoSecretIsRemembered() throws IOException {
    try (ScriptedServer server =
        new ScriptedServer().on("AUTH PLAIN", "").on("AUTH LOGIN", "538 5.7.11 TLS first")) {
      press("/raw AUTH PLAIN AGFubgBzZWNyZXQ=\\r\\n\r");
      press("\033[200~AUTH LOGIN\nYW5u\nc2VjcmV0\n\033[201~");
      press("QUIT\r");
      talkWith(server);
      assertThat(server.lines())
          .containsExactly("AUTH PLAIN AGFubgBzZWNyZXQ=", "AUTH LOGIN", "QUIT");
      assertThat(shown.toString(UTF_8))
          .contains("*** the rest of the paste is dropped, for the next line may be the password.");
      desk.close();
      assertThat(Files.readString(history)).contains("QUIT").doesNotContain("AGFub", "c2Vj");
    }
  }

  @Test
  void tabCompletes() {
    desk.learn(
        begun -> begun.equals("EH") ? List.of("EHLO client.example") : List.of(), _ -> false);
    press("EH\t\r");
    assertThat(desk.type(Mark.SENT)).isEqualTo(new Typed.Line("EHLO client.example"));
  }

  @Test
  void theUpKeyBringsBackWhatIsNoSecret() throws IOException {
    desk.learn(_ -> List.of(), line -> line.startsWith("AUTH"));
    press("NOOP\r");
    desk.type(Mark.SENT);
    press("AUTH PLAIN AGFubgBzZWNyZXQ=\r");
    desk.type(Mark.SENT);
    press("hidden\r");
    assertThat(desk.ask("password: ", true)).contains("hidden");
    press("\033OA\r");
    assertThat(desk.type(Mark.SENT)).isEqualTo(new Typed.Line("NOOP"));
    desk.close();
    assertThat(Files.readString(history)).contains("NOOP").doesNotContain("AUTH", "hidden");
    assertThat(shown.toString(UTF_8)).doesNotContain("hidden");
  }

  @Test
  void aLineShownWhileOneTypesDoesNotBreakWhatIsTyped() {
    press("NO");
    whenPrompted(() -> {
      desk.show(new Utterance(Instant.EPOCH, Mark.REFUSED, "421 4.4.2 idle"), Duration.ZERO);
      press("OP\r");
    });
    assertThat(desk.type(Mark.SENT)).isEqualTo(new Typed.Line("NOOP"));
    assertThat(shown.toString(UTF_8)).contains("<** 421 4.4.2 idle");
  }

  @Test
  void aWholeConversationAtATerminal() throws IOException {
    try (ScriptedServer server = new ScriptedServer()) {
      press("EHLO me\rQUIT\r");
      int code = talkWith(server);
      assertThat(code).isZero();
      assertThat(server.lines()).containsExactly("EHLO me", "QUIT");
      assertThat(shown.toString(UTF_8))
          .contains(" -> EHLO me", "<-  221 2.0.0 Bye", "=== closed after");
    }
  }

  @Test
  void theStatusLineChangesWhileOneTypesAndTheTypedStays() {
    press("NO");
    whenPrompted(() -> {
      desk.status("mx.test:25  no TLS  idle 6 s");
      press("OP\r");
    });
    assertThat(desk.type(Mark.SENT)).isEqualTo(new Typed.Line("NOOP"));
    assertThat(shown.toString(UTF_8)).contains("mx.test:25  no TLS  idle 6 s");
  }

  @Test
  void controlAndRSearchesWhatWasTyped() {
    press("RCPT TO:<bob@example.org>\r");
    desk.type(Mark.SENT);
    press("NOOP\r");
    desk.type(Mark.SENT);
    press("\022bob\r");
    assertThat(desk.type(Mark.SENT)).isEqualTo(new Typed.Line("RCPT TO:<bob@example.org>"));
  }

  @Test
  void aMailIsWrittenInTheEditor() throws IOException {
    try (ScriptedServer server = new ScriptedServer()) {
      press("EHLO me\rMAIL FROM:<a@b>\rRCPT TO:<c@d>\rDATA\r\005.\rQUIT\r");
      assertThat(new Evening(server).with(desk, UnaryOperator.identity())).isZero();
      assertThat(server.mails()).containsExactly("Subject: edited\r\n\r\nHello.\r\n");
      assertThat(shown.toString(UTF_8)).contains("  | Subject: edited", "<-  250 2.0.0 Ok");
    }
  }

  @Test
  void anEditorMayWriteAnyOctets() throws IOException {
    try (ScriptedServer server = new ScriptedServer();
        TerminalDesk other = withEditor("printf 'Subject: J\\374rgen\\n' >")) {
      press("EHLO me\rMAIL FROM:<a@b>\rRCPT TO:<c@d>\rDATA\r\005.\rQUIT\r");
      assertThat(new Evening(server).with(other, UnaryOperator.identity())).isZero();
      assertThat(server.mails()).containsExactly("Subject: J\u00fcrgen\r\n");
      assertThat(shown.toString(UTF_8)).contains("  | Subject: J\\xfcrgen");
    }
  }

  @Test
  void whatIsAwaitedIsSaidAtOnce() throws IOException {
    try (ServerSocket door = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> greetLate(door));
      press("QUIT\r");
      new Evening("mx.test", door.getLocalPort()).with(desk, UnaryOperator.identity());
      assertThat(shown.toString(UTF_8))
          .contains("waiting for the answer to the connection (its greeting)", "<-  220 late");
    }
  }

  private void greetLate(ServerSocket door) {
    try (Socket socket = door.accept()) {
      await().until(() -> shown.toString(UTF_8).contains("waiting for"));
      socket.getOutputStream().write("220 late\r\n".getBytes(UTF_8));
      socket.getInputStream().read();
      socket.getOutputStream().write("221 bye\r\n".getBytes(UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A whole conversation, typed at this desk; returns its exit code. */
  private int talkWith(ScriptedServer server) {
    return new Evening(server)
        .with(
            desk,
            talk -> {
              desk.learn(talk::completions, talk::hasSecret);
              return talk;
            });
  }

  private void press(String text) {
    for (byte octet : text.getBytes(UTF_8)) {
      keys.octets.add((int) octet);
    }
  }

  /** When somebody waits for it: the keys that are signals mean nothing before. */
  private void pressWhenPrompted(String text) {
    whenPrompted(() -> press(text));
  }

  private void whenPrompted(Runnable action) {
    int before = prompts();
    Thread.ofVirtual()
        .start(() -> {
          await().until(() -> prompts() > before);
          action.run();
        });
  }

  private int prompts() {
    return shown.toString(UTF_8).split(Mark.SENT.sign().strip(), -1).length;
  }

  /** Keys as they come; a pipe of the JDK's would mind which thread has pressed them. */
  private static final class Pressed extends InputStream {
    private final BlockingQueue<Integer> octets = new LinkedBlockingQueue<>();

    @Override
    public int read() throws IOException {
      try {
        return octets.take();
      } catch (InterruptedException e) {
        throw new InterruptedIOException();
      }
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      into[offset] = (byte) read();
      return 1;
    }

    @Override
    public void close() {
      octets.add(-1);
    }
  }
}
