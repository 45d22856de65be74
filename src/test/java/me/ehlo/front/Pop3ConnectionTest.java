package me.ehlo.front;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import me.ehlo.access.Argon2id;
import me.ehlo.access.Directory;
import me.ehlo.access.KnownGood;
import me.ehlo.access.Logins;
import me.ehlo.access.Passwords;
import me.ehlo.access.RecentLogins;
import me.ehlo.lines.LineDecoder;
import me.ehlo.mail.Domain;
import me.ehlo.mail.LocalPart;
import me.ehlo.mail.Mailbox;
import me.ehlo.mail.StorageFailure;
import me.ehlo.net.Listener;
import me.ehlo.pop3.Pop3Limits;
import me.ehlo.spool.MailIds;
import me.ehlo.store.RamStore;
import me.ehlo.trace.Event;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** POP3 over a real socket. */
class Pop3ConnectionTest {
  private static final String STORED = Argon2id.hash("secret word");

  private final List<Event> events = new CopyOnWriteArrayList<>();
  private final OneMaildrop maildrops = new OneMaildrop(1000);
  private final RecentLogins recentLogins =
      new RecentLogins(Duration.ofMinutes(10), events::add, InstantSource.system());
  private final Listener listener;

  Pop3ConnectionTest() throws IOException {
    listener = listen(true, Duration.ofSeconds(20));
  }

  private static Directory ann() {
    Directory directory = new RamStore().directory();
    Mailbox address = new Mailbox(new LocalPart("ann"), Domain.ofAscii("a.example"));
    try {
      directory.addAccount(address, Optional.of(STORED), 0);
    } catch (StorageFailure e) {
      throw new AssertionError("nothing was told to fail", e);
    }
    return directory;
  }

  private Listener listen(boolean cleartext, Duration patience) throws IOException {
    InstantSource clock = InstantSource.system();
    Logins logins =
        new Logins(
            ann(),
            new Passwords(
                work -> Optional.of(work.get()),
                new KnownGood(new byte[32], clock, Duration.ofMinutes(1), 10)));
    Pop3Door door =
        new Pop3Door(
            "mail.example",
            "port 2525",
            Pop3Limits.DEFAULT,
            Encryption.NONE,
            cleartext,
            patience,
            logins,
            recentLogins,
            maildrops,
            new MailIds(clock, new Random(1)),
            events::add,
            clock);
    return new Listener(
        "pop3",
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
        () -> new LineDecoder(Pop3Limits.ANSWER_OCTETS_MAX, false),
        new Semaphore(5),
        door,
        door::refuse);
  }

  @AfterEach
  void close() throws IOException {
    listener.close();
    listener.awaitEnd(Duration.ofSeconds(5));
    assertThat(listener.connections()).isZero();
    assertThat(maildrops.held).isFalse();
  }

  @Test
  void readsAndDeletes() throws IOException {
    maildrops.add("A: b\r\n\r\n.x\r\n".getBytes(ISO_8859_1));
    maildrops.add("second".getBytes(ISO_8859_1));
    try (Client client = new Client()) {
      assertThat(client.line()).matches("\\+OK mail\\.example POP3 Ehlo [0-9A-Z]{12}");
      client.login();
      assertThat(client.say("STAT")).isEqualTo("+OK 2 18");
      assertThat(client.say("RETR 1")).isEqualTo("+OK 12 octets");
      assertThat(client.lines()).containsExactly("A: b", "", "..x", ".");
      assertThat(client.say("DELE 1")).startsWith("+OK");
      assertThat(client.say("QUIT")).endsWith("1 deleted, 1 left");
      assertThat(client.line()).isNull();
    }
    assertThat(maildrops.mails).hasSize(1);
    await()
        .until(
            () -> events.getLast() instanceof Event.Closed closed && closed.how().equals("quit"));
    assertThat(events.toString()).doesNotContain("secret");
  }

  @Test
  void aLoginOpensRelayingFromThatAddressAndAWrongPasswordDoesNot() throws IOException {
    try (Client client = new Client()) {
      client.line();
      assertThat(client.say("USER ann")).startsWith("+OK");
      assertThat(client.say("PASS guessed")).startsWith("-ERR");
      assertThat(recentLogins.opens("127.0.0.1")).isFalse();
      client.login();
      assertThat(recentLogins.opens("127.0.0.1")).isTrue();
      assertThat(recentLogins.opens("127.0.0.2")).isFalse();
    }
  }

  @Test
  void pipelinedInOneSegment() throws IOException {
    maildrops.add("x\r\n".getBytes(ISO_8859_1));
    try (Client client = new Client()) {
      client.line();
      client.send("USER ann\r\nPASS secret word\r\nSTAT\r\nRETR 1\r\nQUIT\r\n");
      List<String> all = client.rest();
      assertThat(all).hasSize(7).contains("+OK 1 3", "x", ".");
      assertThat(all.getLast()).endsWith("0 deleted, 1 left");
    }
  }

  @Test
  void oneOctetAtATimeAsAPersonTypes() throws IOException {
    try (Client client = new Client()) {
      client.line();
      for (char c : "usre\b\ber ann\r\n".toCharArray()) {
        client.send(String.valueOf(c));
      }
      assertThat(client.line()).startsWith("+OK Now your password");
      client.send("\u00ff\u00fb\u0001PASS secret word\r\n"); // telnet's own IAC WILL ECHO
      assertThat(client.line()).startsWith("+OK Welcome");
    }
  }

  @Test
  void aLostConnectionDeletesNothingAndLetsOthersIn() throws IOException {
    maildrops.add("x\r\n".getBytes(ISO_8859_1));
    try (Client client = new Client()) {
      client.line();
      client.login();
      client.say("DELE 1");
      try (Client other = new Client()) {
        other.line();
        other.say("USER ann");
        assertThat(other.say("PASS secret word")).startsWith("-ERR [IN-USE] ");
      }
      client.reset();
    }
    await().until(() -> !maildrops.held);
    assertThat(maildrops.mails).hasSize(1);
  }

  @Test
  void aHalfClosedConnectionEnds() throws IOException {
    try (Client client = new Client()) {
      client.send("CAPA\r\n");
      client.halfClose();
      assertThat(client.rest()).contains("UIDL").endsWith(".");
    }
  }

  @Test
  void aLongLineIsRefusedAndTheSessionGoesOn() throws IOException {
    try (Client client = new Client()) {
      client.line();
      client.send("USER " + "a".repeat(1_000_000) + "\r\nCAPA\r\n");
      assertThat(client.line()).startsWith("-ERR A command line has at most 512 octets");
      assertThat(client.line()).startsWith("+OK What this server can do");
    }
  }

  @Test
  void nulIsNeverTheEndOfAWord() throws IOException {
    try (Client client = new Client()) {
      client.line();
      client.send("USER ann\0\r\nUSER ann\r\nPASS secret word\0x\r\nPASS secret word\r\n");
      assertThat(client.line()).startsWith("-ERR Your line contains a control character (NUL)");
      assertThat(client.line()).startsWith("+OK");
      assertThat(client.line()).startsWith("-ERR Your line contains a control character (NUL)");
      assertThat(client.line()).startsWith("+OK");
    }
  }

  @Test
  void troubleInTheMiddleOfAMailBreaksOff() throws IOException {
    maildrops.add("0123456789abcdef\r\n".repeat(1000).getBytes(ISO_8859_1));
    try (Client client = new Client()) {
      client.line();
      client.login();
      maildrops.piecesUntilTrouble.set(5);
      assertThat(client.say("RETR 1")).startsWith("+OK");
      assertThat(client.rest())
          .isNotEmpty()
          .doesNotContain(".")
          .noneMatch(l -> l.startsWith("-ERR"));
    }
  }

  @Test
  void idleClientsAreLetGoWithoutAWord() throws IOException {
    try (Door impatient = new Door(listen(true, Duration.ofMillis(100)));
        Client client = new Client(impatient.listener())) {
      assertThat(client.line()).startsWith("+OK");
      assertThat(client.line()).isNull();
    }
    await()
        .until(() ->
            events.stream().anyMatch(e -> e instanceof Event.Closed c && c.how().equals("idle")));
  }

  @Test
  void stoppingIsSaid() throws IOException {
    maildrops.add("x\r\n".getBytes(ISO_8859_1));
    try (Client client = new Client()) {
      client.line();
      client.login();
      client.say("DELE 1");
      listener.close();
      assertThat(client.line()).startsWith("-ERR [SYS/TEMP] The server is stopping");
      assertThat(client.line()).isNull();
    }
    assertThat(maildrops.mails).hasSize(1);
  }

  @Test
  void noPasswordsWhereTheyAreNotTaken() throws IOException {
    try (Door strict = new Door(listen(false, Duration.ofSeconds(5)));
        Client client = new Client(strict.listener())) {
      client.line();
      assertThat(client.say("USER ann")).startsWith("-ERR [AUTH] Passwords are not taken");
    }
  }

  @Test
  void tooManyConnections() throws IOException {
    List<Client> clients = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      Client client = new Client();
      client.line();
      clients.add(client);
    }
    try (Client client = new Client()) {
      assertThat(client.line()).startsWith("-ERR [SYS/TEMP] Too many connections");
    }
    for (Client client : clients) {
      client.close();
    }
  }

  /** A listener that a test closes by itself. */
  private record Door(Listener listener) implements AutoCloseable {
    @Override
    public void close() throws IOException {
      listener.close();
      listener.awaitEnd(Duration.ofSeconds(5));
    }
  }

  /** A client that says lines. */
  private final class Client implements AutoCloseable {
    private final Socket socket;
    private final OutputStream out;
    private final BufferedReader in;

    Client() throws IOException {
      this(listener);
    }

    Client(Listener to) throws IOException {
      socket = new Socket(to.address().getAddress(), to.address().getPort());
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(20_000);
      out = socket.getOutputStream();
      in = new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1));
    }

    void send(String octets) throws IOException {
      out.write(octets.getBytes(ISO_8859_1));
    }

    String line() throws IOException {
      return in.readLine();
    }

    String say(String line) throws IOException {
      send(line + "\r\n");
      return line();
    }

    void login() throws IOException {
      assertThat(say("USER ann")).startsWith("+OK");
      assertThat(say("PASS secret word")).startsWith("+OK");
    }

    /** Up to the line with a dot. */
    List<String> lines() throws IOException {
      List<String> lines = new ArrayList<>();
      do {
        lines.add(line());
      } while (!lines.getLast().equals("."));
      return lines;
    }

    List<String> rest() {
      return in.lines().toList();
    }

    void halfClose() throws IOException {
      socket.shutdownOutput();
    }

    void reset() throws IOException {
      socket.setSoLinger(true, 0);
      socket.close();
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
