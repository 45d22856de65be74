package me.ehlo.net;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import me.ehlo.lines.LineDecoder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Conversations within the machine: who comes is known, and what is left of a dead server is no obstacle. */
class LocalSocketTest {
  @TempDir Path folder;

  private final List<String> seen = new CopyOnWriteArrayList<>();

  @Test
  void aWireRunsOverItAndKnowsWhoIsThere() throws IOException {
    Path socket = folder.resolve("s");
    Listener listener = listener(socket, Duration.ofSeconds(20));
    try (Socket client = LocalSocket.to(socket)) {
      client.getOutputStream().write("hello\r\n".getBytes(US_ASCII));
      client.shutdownOutput();
      assertThat(new String(client.getInputStream().readAllBytes(), US_ASCII)).isEqualTo("bye\r\n");
    }
    end(listener);
    assertThat(seen).containsExactly(System.getProperty("user.name"), "Text[text=hello]");
    assertThat(socket).doesNotExist();
  }

  @Test
  void silenceIsEndedThereToo() throws IOException {
    Path socket = folder.resolve("s");
    Listener listener = listener(socket, Duration.ofMillis(100));
    try (Socket client = LocalSocket.to(socket)) {
      assertThat(client.getInputStream().readAllBytes()).isEmpty();
    }
    end(listener);
    assertThat(seen).contains("TIMED_OUT");
  }

  @Test
  void aServerThatStopsSaysSo() throws IOException {
    Path socket = folder.resolve("s");
    Listener listener = listener(socket, Duration.ofSeconds(20));
    try (Socket client = LocalSocket.to(socket)) {
      while (seen.isEmpty()) {
        Thread.onSpinWait();
      }
      listener.close();
      assertThat(client.getInputStream().readAllBytes()).isEmpty();
    }
    end(listener);
    assertThat(seen).contains("STOPPED");
    assertThatThrownBy(() -> LocalSocket.to(socket)).isInstanceOf(IOException.class);
  }

  @Test
  void everybodyMayConnectWhoMayEnterTheFolder() throws IOException {
    Path socket = folder.resolve("new/s");
    try (ServerSocket _ = LocalServerSocket.at(socket)) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)))
          .isEqualTo("rw-rw-rw-");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket.getParent())))
          .isEqualTo("rwx------");
    }
  }

  @Test
  void aPathMayBeLong() throws IOException {
    Path socket = folder.resolve("x".repeat(120)).resolve("submit.sock");
    Listener listener = listener(socket, Duration.ofSeconds(20));
    try (Socket client = LocalSocket.to(socket)) {
      client.getOutputStream().write("hello\r\n".getBytes(US_ASCII));
      client.shutdownOutput();
      assertThat(client.getInputStream().readAllBytes()).isNotEmpty();
    }
    end(listener);
  }

  @Test
  void aDeadServersSocketIsReplacedAndNothingElse() throws IOException {
    Path socket = folder.resolve("s");
    try (ServerSocketChannel dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      dead.bind(UnixDomainSocketAddress.of(socket));
    }
    assertThatThrownBy(() -> LocalSocket.to(socket)).isInstanceOf(ConnectException.class);
    try (ServerSocket _ = LocalServerSocket.at(socket)) {
      assertThatThrownBy(() -> LocalServerSocket.at(socket)).isInstanceOf(BindException.class);
      assertThat(socket).exists();
    }
    Files.writeString(socket, "a file");
    assertThatThrownBy(() -> LocalServerSocket.at(socket)).hasMessageContaining("no socket");
    assertThat(socket).hasContent("a file");
  }

  @Test
  void whoeverWaitsForItsWordsWaitsNoLongerThanHeWants() throws IOException {
    Path path = folder.resolve("s");
    try (ServerSocket door = LocalServerSocket.at(path);
        Socket client = LocalSocket.to(path);
        Socket served = door.accept()) {
      client.setSoTimeout(20);
      assertThatThrownBy(() -> client.getInputStream().read())
          .isInstanceOf(SocketTimeoutException.class);
      served.getOutputStream().write('a');
      assertThat(client.getInputStream().read()).isEqualTo('a');
      client.setSoTimeout(0);
      served.getOutputStream().write('b');
      assertThat(client.getInputStream().read()).isEqualTo('b');
    }
  }

  @Test
  void aServerThatTakesNobodyIsNotAwaitedForEver() throws IOException {
    Path path = folder.resolve("s");
    List<Socket> waiting = new ArrayList<>();
    try (ServerSocketChannel deaf = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      deaf.bind(UnixDomainSocketAddress.of(path), 1);
      assertThatThrownBy(
              () -> {
                for (int i = 0; i < 10; i++) {
                  waiting.add(LocalSocket.to(path, Duration.ofMillis(50)));
                }
              })
          .isInstanceOf(SocketTimeoutException.class);
      assertThat(waiting).isNotEmpty();
    } finally {
      for (Socket each : waiting) {
        each.close();
      }
    }
  }

  private Listener listener(Path socket, Duration patience) throws IOException {
    return new Listener(
        "local",
        LocalServerSocket.at(socket),
        () -> new LineDecoder(100, false),
        new Semaphore(10),
        wire -> hold(wire, patience),
        _ -> {});
  }

  private void hold(Wire wire, Duration patience) {
    try {
      seen.add(wire.peerUser().orElse("nobody"));
      seen.add(wire.readLine(patience).toString());
      wire.write("bye\r\n".getBytes(US_ASCII));
      wire.flush();
    } catch (WireFailure e) {
      seen.add(e.kind().name());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void end(Listener listener) {
    listener.close();
    listener.awaitEnd(Duration.ofSeconds(5));
    assertThat(listener.connections()).isZero();
  }
}
