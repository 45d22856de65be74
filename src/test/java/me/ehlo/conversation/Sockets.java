package me.ehlo.conversation;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import javax.net.ssl.SSLSocket;
import me.ehlo.front.LostReplies;
import me.ehlo.front.MailPace;
import me.ehlo.front.Pop3Door;
import me.ehlo.front.SmtpDoor;
import me.ehlo.lines.LineDecoder;
import me.ehlo.net.Listener;
import me.ehlo.pop3.Pop3Limits;
import me.ehlo.relay.Tls;
import me.ehlo.script.Script;
import me.ehlo.script.Script.Exchange;
import me.ehlo.smtp.SmtpLimits;
import me.ehlo.trace.Event;

/**
 * Plays a script through a socket, and looks whether every octet comes back that came without one.
 *
 * <p>What was said without a socket tells how much to wait for, so that nothing has to be guessed from patterns.
 */
final class Sockets {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int CONNECTIONS_MAX = 10;

  /** How the client's octets are cut into writes. */
  enum Pace {
    ONE_OCTET_A_WRITE,
    AS_MUCH_AS_ALLOWED
  }

  private final Scene scene;
  private final Played pure;
  private final Pace pace;
  private final ConcurrentLinkedQueue<Event> events = new ConcurrentLinkedQueue<>();
  private final List<byte[]> heard = new ArrayList<>();
  private Socket socket = new Socket();

  Sockets(Scene scene, Played pure, Pace pace) {
    this.scene = scene;
    this.pure = pure;
    this.pace = pace;
  }

  void play() throws IOException {
    InetAddress here = InetAddress.getByName(scene.clientIsOnIpv6() ? "::1" : "127.0.0.1");
    Listener listener = listen(new InetSocketAddress(here, 0));
    try (Socket clear = new Socket()) {
      clear.setTcpNoDelay(true);
      clear.setSoTimeout((int) PATIENCE.toMillis());
      clear.bind(new InetSocketAddress(InetAddress.getByName(scene.client()), 0));
      clear.connect(listener.address());
      socket = scene.encryption().fromTheStart() ? encrypted(clear) : clear;
      talk(listener);
    } finally {
      listener.close();
      listener.awaitEnd(PATIENCE);
    }
    events.stream()
        .filter(event -> event instanceof Event.Trouble)
        .findFirst()
        .ifPresent(trouble -> failed("trouble in the log: " + trouble));
  }

  private Listener listen(InetSocketAddress address) throws IOException {
    return scene.script.protocol() == Script.Protocol.SMTP ? smtp(address) : pop3(address);
  }

  private Listener smtp(InetSocketAddress address) throws IOException {
    Supplier<LineDecoder> lines =
        () -> new LineDecoder(SmtpLimits.COMMAND_LINE_OCTETS, scene.strict());
    SmtpDoor door =
        new SmtpDoor(
            scene.house(),
            scene.encryption(),
            scene.strict(),
            scene.greetPause(),
            scene.patience(),
            MailPace.pausing(scene.patience()),
            scene.policy(),
            scene.store.spool(),
            scene.arrivals,
            new LostReplies(Duration.ofMinutes(10), Scene.CLOCK),
            scene.ids,
            events::add,
            Scene.CLOCK,
            Scene.ZONE);
    return new Listener(
        "script", address, lines, new Semaphore(CONNECTIONS_MAX), door, door::refuse);
  }

  private Listener pop3(InetSocketAddress address) throws IOException {
    Supplier<LineDecoder> lines =
        () -> new LineDecoder(Pop3Limits.ANSWER_OCTETS_MAX, scene.strict());
    Pop3Door door = scene.pop3Door(events::add);
    return new Listener(
        "script", address, lines, new Semaphore(CONNECTIONS_MAX), door, door::refuse);
  }

  private static Socket encrypted(Socket clear) throws IOException {
    SSLSocket encrypted =
        (SSLSocket)
            Tls.kept().getSocketFactory().createSocket(clear, "mx.test", clear.getPort(), true);
    encrypted.startHandshake();
    return encrypted;
  }

  private void talk(Listener listener) throws IOException {
    ByteArrayOutputStream group = new ByteArrayOutputStream();
    int answered = 0;
    List<Exchange> exchanges = scene.script.exchanges();
    for (int i = 0; i < exchanges.size(); i++) {
      exchanges.get(i).events().forEach(scene::befall);
      if (exchanges.get(i).has("stop")) {
        listener.close();
      }
      if (exchanges.get(i).has("tls")) {
        socket = encrypted(socket);
      }
      group.writeBytes(exchanges.get(i).octets());
      if (waitsBehind(i)) {
        write(socket.getOutputStream(), group.toByteArray());
        group.reset();
        for (; answered <= i; answered++) {
          hear(pure.answers().get(answered));
        }
      }
    }
    if (pure.closed()) {
      heard.add(socket.getInputStream().readAllBytes());
      if (heard.getLast().length > 0) {
        failed("more was said");
      }
    }
  }

  private boolean waitsBehind(int index) {
    List<Exchange> exchanges = scene.script.exchanges();
    return pace == Pace.ONE_OCTET_A_WRITE
        || index == exchanges.size() - 1
        || pure.waits().get(index)
        || !exchanges.get(index + 1).events().isEmpty();
  }

  private void write(OutputStream out, byte[] octets) throws IOException {
    int size = pace == Pace.ONE_OCTET_A_WRITE ? 1 : octets.length;
    for (int i = 0; i < octets.length; i += size) {
      out.write(octets, i, size);
    }
  }

  private void hear(byte[] expected) throws IOException {
    byte[] answer;
    try {
      answer = socket.getInputStream().readNBytes(expected.length);
    } catch (IOException e) {
      answer = e.toString().getBytes(UTF_8);
    }
    heard.add(answer);
    if (!java.util.Arrays.equals(answer, expected)) {
      failed("expected was:\n" + new String(expected, UTF_8));
    }
  }

  private void failed(String why) {
    throw new AssertionError(
        scene.script.name()
            + ", "
            + pace
            + ": not the same as without a socket; "
            + why
            + "\n\nThe conversation:\n"
            + Judge.transcript(scene.script, heard));
  }
}
