package me.ehlo.net;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import me.ehlo.lines.Line;
import me.ehlo.lines.LineDecoder;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Conversations that end otherwise than both sides wished: too long a silence, a server that stops, a full house. */
class ListenerTest {
  private static final int PATIENCE_MILLIS = 20_000;

  private final List<WireFailure.Kind> failures = new CopyOnWriteArrayList<>();
  private volatile Duration patience = Duration.ofMinutes(1);
  private volatile boolean busy;
  private final Semaphore places = new Semaphore(2);
  private final Listener listener = open();

  @AfterEach
  void close() {
    listener.close();
    listener.awaitEnd(Duration.ofSeconds(5));
    assertThat(listener.connections()).isZero();
  }

  @Test
  void repeatsWhatIsSaid() throws IOException {
    try (Socket client = connect()) {
      assertThat(ask(client, "one\r\ntwo\r\n", 10)).isEqualTo("one\r\ntwo\r\n");
      assertThat(listener.connections()).isEqualTo(1);
    }
    awaitFailures(WireFailure.Kind.LOST);
  }

  @Test
  void silenceIsEndedWithALastWord() throws IOException {
    patience = Duration.ofMillis(100);
    try (Socket client = connect()) {
      assertThat(rest(client)).isEqualTo("bye TIMED_OUT\r\n");
    }
    awaitFailures(WireFailure.Kind.TIMED_OUT);
  }

  /** The patience is for the whole line: an octet now and then buys no more of it. */
  @Test
  void aTrickleIsASilenceToo() throws IOException {
    patience = Duration.ofMillis(400);
    try (Socket client = connect()) {
      await()
          .pollInterval(Duration.ofMillis(20))
          .atMost(Duration.ofSeconds(15))
          .until(() -> {
            boolean answered = client.getInputStream().available() > 0;
            if (!answered) { // behind the answer the connection may be closed already
              client.getOutputStream().write('x');
            }
            return answered;
          });
      assertThat(rest(client)).isEqualTo("bye TIMED_OUT\r\n");
    }
  }

  @Test
  void stoppingIsSaidToThoseWhoWait() throws IOException {
    try (Socket client = connect()) {
      assertThat(ask(client, "one\r\n", 5)).isEqualTo("one\r\n");
      listener.close();
      assertThat(rest(client)).isEqualTo("bye STOPPED\r\n");
    }
    awaitFailures(WireFailure.Kind.STOPPED);
  }

  @Test
  void whoIsBusyMayFinishFirst() throws IOException {
    busy = true;
    try (Socket client = connect()) {
      assertThat(ask(client, "one\r\n", 5)).isEqualTo("one\r\n");
      listener.close();
      assertThat(ask(client, "two\r\n", 5)).isEqualTo("two\r\n");
      busy = false;
      assertThat(ask(client, "three\r\n", 7)).isEqualTo("three\r\n");
      assertThat(rest(client)).isEqualTo("bye STOPPED\r\n");
    }
  }

  @Test
  void whoIsBusyForTooLongIsStoppedAllTheSame() throws IOException {
    busy = true;
    try (Socket client = connect()) {
      assertThat(ask(client, "one\r\n", 5)).isEqualTo("one\r\n");
      listener.close();
      listener.awaitEnd(Duration.ofMillis(50));
      assertThat(rest(client)).isEqualTo("bye STOPPED\r\n");
    }
  }

  @Test
  void thereIsRoomForTwo() throws IOException {
    try (Socket first = connect();
        Socket second = connect()) {
      assertThat(ask(first, "one\r\n", 5)).isEqualTo("one\r\n");
      assertThat(ask(second, "two\r\n", 5)).isEqualTo("two\r\n");
      try (Socket third = connect()) {
        assertThat(rest(third)).isEqualTo("full\r\n");
      }
    }
    await().atMost(Duration.ofSeconds(20)).until(() -> listener.connections() == 0);
    try (Socket fourth = connect()) {
      assertThat(ask(fourth, "four\r\n", 6)).isEqualTo("four\r\n");
    }
  }

  /** Accepted before the door closes, and ready to talk behind it: nobody would wait for its end. */
  @Test
  void whoComesWhileItClosesIsNotServed() throws Exception {
    CountDownLatch accepted = new CountDownLatch(1);
    CountDownLatch closed = new CountDownLatch(1);
    Listener door =
        open(() -> {
          accepted.countDown();
          Awaitility.await().until(() -> closed.getCount() == 0);
          return new LineDecoder(1000, false);
        });
    try (Socket client = connect(door)) {
      accepted.await();
      door.close();
      door.awaitEnd(Duration.ofSeconds(5));
      closed.countDown();
      assertThat(ask(client, "one\r\n", 5)).isEmpty();
    }
  }

  /** Doors count together: five of them may not hold five times what there are descriptors for. */
  @Test
  void doorsShareThePlaces() throws IOException {
    Listener other = open();
    try (Socket first = connect();
        Socket second = connect(other)) {
      assertThat(ask(first, "one\r\n", 5)).isEqualTo("one\r\n");
      assertThat(ask(second, "two\r\n", 5)).isEqualTo("two\r\n");
      for (Listener door : List.of(listener, other)) {
        try (Socket third = connect(door)) {
          assertThat(rest(third)).isEqualTo("full\r\n");
        }
      }
    } finally {
      other.close();
      other.awaitEnd(Duration.ofSeconds(5));
    }
    await().atMost(Duration.ofSeconds(20)).until(() -> places.availablePermits() == 2);
  }

  private void awaitFailures(WireFailure.Kind... kinds) {
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(failures).containsExactly(kinds));
  }

  private Listener open() {
    return open(() -> new LineDecoder(1000, false));
  }

  private Listener open(Supplier<LineDecoder> lines) {
    try {
      return new Listener(
          "echo",
          new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
          lines,
          places,
          this::echo,
          wire -> say(wire, "full"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void echo(Wire wire) {
    try {
      while (true) {
        wire.watch().busy(busy);
        if (wire.readLine(patience) instanceof Line.Text(var text)) {
          wire.write((text + "\r\n").getBytes(US_ASCII));
        }
      }
    } catch (WireFailure e) {
      failures.add(e.kind());
      say(wire, "bye " + e.kind());
    }
  }

  private static void say(Wire wire, String text) {
    try {
      wire.write((text + "\r\n").getBytes(US_ASCII));
      wire.flush();
    } catch (WireFailure e) {
      // It is gone, and needs no last word.
    }
  }

  private Socket connect() throws IOException {
    return connect(listener);
  }

  private static Socket connect(Listener door) throws IOException {
    Socket client = new Socket(door.address().getAddress(), door.address().getPort());
    client.setSoTimeout(PATIENCE_MILLIS);
    return client;
  }

  private static String ask(Socket client, String said, int octets) throws IOException {
    client.getOutputStream().write(said.getBytes(US_ASCII));
    return new String(client.getInputStream().readNBytes(octets), US_ASCII);
  }

  private static String rest(Socket client) throws IOException {
    return new String(client.getInputStream().readAllBytes(), US_ASCII);
  }
}
