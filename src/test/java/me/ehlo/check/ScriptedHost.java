package me.ehlo.check;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** A mail server on loopback that is healthy but for what a test has changed; it writes down every line that it hears. */
final class ScriptedHost implements Closeable {
  static final String RESET = "(reset)";
  static final String SILENCE = "(silence)";
  static final List<String> USUAL =
      List.of(
          "PIPELINING", "SIZE 52428800", "8BITMIME", "ENHANCEDSTATUSCODES", "SMTPUTF8", "STARTTLS");

  /**
   * How it behaves.
   *
   * @param name in greeting and EHLO
   * @param greeting as it goes over the wire, or one of the words above
   * @param delay before the greeting
   * @param replies by command, upper-case verb first; empty: the healthy one; more than a line is taken as it is
   */
  record Manners(
      String name,
      String greeting,
      Duration delay,
      List<String> offers,
      Optional<SSLContext> tls,
      UnaryOperator<String> replies) {

    static Manners healthy(String name, SSLContext tls) {
      return new Manners(
          name, "220 " + name + " ESMTP\r\n", Duration.ZERO, USUAL, Optional.of(tls), _ -> "");
    }

    Manners greeting(String octets) {
      return new Manners(name, octets, delay, offers, tls, replies);
    }

    Manners delay(Duration span) {
      return new Manners(name, greeting, span, offers, tls, replies);
    }

    Manners offers(List<String> keywords) {
      return new Manners(name, greeting, delay, keywords, tls, replies);
    }

    Manners tls(SSLContext context) {
      return new Manners(name, greeting, delay, offers, Optional.of(context), replies);
    }

    Manners name(String other) {
      return new Manners(other, "220 " + other + " ESMTP\r\n", delay, offers, tls, replies);
    }

    Manners replies(UnaryOperator<String> some) {
      return new Manners(name, greeting, delay, offers, tls, some);
    }

    /** To commands that begin so, this. */
    Manners reply(String beginning, String reply) {
      UnaryOperator<String> before = replies;
      return replies(line ->
          line.toUpperCase(Locale.ROOT).startsWith(beginning.toUpperCase(Locale.ROOT))
              ? reply + (reply.endsWith("\n") || reply.startsWith("(") ? "" : "\r\n")
              : before.apply(line));
    }
  }

  private final ServerSocket door;
  private final Manners manners;
  private final List<String> heard = new CopyOnWriteArrayList<>();
  private final List<Socket> open = new CopyOnWriteArrayList<>();
  private final Thread accepting;

  /**
   * @param port 0: any
   */
  ScriptedHost(String address, int port, Manners manners) throws IOException {
    this.manners = manners;
    this.door = new ServerSocket();
    door.setReuseAddress(true);
    door.bind(new InetSocketAddress(InetAddress.ofLiteral(address), port), 50);
    accepting = Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return door.getLocalPort();
  }

  List<String> heard() {
    return List.copyOf(heard);
  }

  /** The port is closed when this returns: it stays open for as long as a virtual thread accepts at it. */
  @Override
  public void close() throws IOException {
    door.close();
    try {
      accepting.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    for (Socket socket : open) {
      socket.close();
    }
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = door.accept();
        open.add(socket);
        Thread.ofVirtual().start(() -> hold(socket));
      }
    } catch (IOException e) {
      // It was closed.
    }
  }

  private void hold(Socket socket) {
    try (socket) {
      new Talk(socket).hold();
    } catch (IOException e) {
      // The other side went away.
    }
  }

  private final class Talk {
    private Socket socket;
    private InputStream in;
    private OutputStream out;
    private boolean encrypted;

    Talk(Socket socket) throws IOException {
      this.socket = socket;
      this.in = new BufferedInputStream(socket.getInputStream());
      this.out = socket.getOutputStream();
    }

    void hold() throws IOException {
      LockSupport.parkNanos(manners.delay.toNanos());
      String line = "";
      say(manners.greeting);
      while (!line.toUpperCase(Locale.ROOT).startsWith("QUIT")) {
        line = line();
        heard.add(line);
        String scripted = manners.replies.apply(line);
        String reply = scripted.isEmpty() ? well(line) : scripted;
        say(reply);
        if (line.equals("STARTTLS") && reply.startsWith("220 ") && reply.endsWith("go\r\n")) {
          encrypt();
        }
      }
    }

    private void say(String octets) throws IOException {
      if (octets.equals(RESET)) {
        socket.setSoLinger(true, 0);
        socket.close();
        throw new IOException("reset");
      }
      if (!octets.equals(SILENCE)) {
        out.write(octets.getBytes(ISO_8859_1));
        out.flush();
      }
    }

    private String well(String line) {
      String verb = line.split(" ", 2)[0].toUpperCase(Locale.ROOT);
      return switch (verb) {
        case "EHLO" -> offers();
        case "STARTTLS" -> "220 2.0.0 go\r\n";
        case "RCPT" -> rcpt(line);
        case "QUIT" -> "221 2.0.0 bye\r\n";
        case "DATA" -> throw new AssertionError("a diagnosis never says DATA");
        default -> "250 2.0.0 well\r\n";
      };
    }

    private String rcpt(String line) {
      boolean known = line.contains("<postmaster@") || line.contains("<bob@");
      return known ? "250 2.1.5 well\r\n" : "550 5.1.1 no such user\r\n";
    }

    private String offers() {
      StringBuilder reply = new StringBuilder("250-" + manners.name + "\r\n");
      manners.offers.stream()
          .filter(word -> !(encrypted && word.equals("STARTTLS")))
          .forEach(word -> reply.append("250-").append(word).append("\r\n"));
      return reply.append("250 HELP\r\n").toString();
    }

    private void encrypt() throws IOException {
      SSLSocket secure =
          (SSLSocket)
              manners
                  .tls
                  .orElseThrow()
                  .getSocketFactory()
                  .createSocket(socket, null, socket.getPort(), true);
      secure.setUseClientMode(false);
      secure.startHandshake();
      socket = secure;
      in = new BufferedInputStream(secure.getInputStream());
      out = secure.getOutputStream();
      encrypted = true;
    }

    private String line() throws IOException {
      ByteArrayOutputStream line = new ByteArrayOutputStream();
      int octet = in.read();
      while (octet != '\n') {
        if (octet < 0) {
          throw new IOException("gone");
        }
        line.write(octet);
        octet = in.read();
      }
      return line.toString(ISO_8859_1).strip();
    }
  }
}
