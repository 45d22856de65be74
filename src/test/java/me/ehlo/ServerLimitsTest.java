package me.ehlo;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import me.ehlo.config.Configuration;
import me.ehlo.config.Flags;
import me.ehlo.config.Surroundings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code limits.*} says holds at every door of the server as it is put together. */
class ServerLimitsTest {
  private static final int PATIENCE_MILLIS = 20_000;

  @TempDir Path folder;

  @Test
  void errorsAndIdleCommandsAreCountedInPop3Too() throws Exception {
    int pop3 = freePort();
    try (Server _ = server(freePort(), pop3);
        Client wrong = new Client(pop3);
        Client idle = new Client(pop3)) {
      wrong.hears("+OK");
      wrong.asks("one", "-ERR");
      wrong.asks("two", "-ERR");
      wrong.asks("three", "-ERR Too many mistakes");
      idle.hears("+OK");
      for (int i = 0; i < 4; i++) {
        idle.asks("UTF8", "+OK");
      }
      idle.asks("UTF8", "-ERR 4 commands without a login");
    }
  }

  @Test
  void connectionsAreCountedOverAllDoors() throws Exception {
    int smtp = freePort();
    int pop3 = freePort();
    try (Server _ = server(smtp, pop3);
        Client one = new Client(smtp);
        Client two = new Client(pop3)) {
      one.hears("220");
      two.hears("+OK");
      try (Client three = new Client(smtp);
          Client four = new Client(pop3)) {
        three.hears("421 4.7.0");
        four.hears("-ERR [SYS/TEMP]");
      }
      one.asks("NOOP", "250");
    }
  }

  private Server server(int smtp, int pop3) throws Exception {
    List<String> set =
        List.of(
            "domains=ehlo.test",
            "hostname=mx.ehlo.test",
            "listen.smtp=127.0.0.1:" + smtp,
            "listen.pop3=127.0.0.1:" + pop3,
            "listen.submission=",
            "listen.submissions=",
            "listen.pop3s=",
            "limits.connections=2",
            "limits.errors=2",
            "limits.idle-commands=4");
    return Server.start(
        Configuration.load(
                new Flags(Optional.empty(), Optional.empty(), set),
                new Surroundings(
                    Map.of(), folder, folder.resolve("system.toml"), () -> "mx.example.org"))
            .config());
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static final class Client implements Closeable {
    private final Socket socket;
    private final BufferedReader lines;

    Client(int port) throws IOException {
      socket = new Socket(InetAddress.getLoopbackAddress(), port);
      socket.setSoTimeout(PATIENCE_MILLIS);
      lines = new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII));
    }

    void asks(String line, String answer) throws IOException {
      socket.getOutputStream().write((line + "\r\n").getBytes(US_ASCII));
      hears(answer);
    }

    void hears(String answer) throws IOException {
      assertThat(lines.readLine()).startsWith(answer);
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
