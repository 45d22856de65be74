package me.ehlo.relay;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** A server that behaves as a test tells it, and writes down every line that it hears. */
public final class OddServer implements Closeable {

  /** One conversation, from the greeting on. */
  @FunctionalInterface
  public interface Manner {
    void hold(Line line) throws IOException;
  }

  private final ServerSocket door;
  private final Manner manner;
  private final List<String> heard = new CopyOnWriteArrayList<>();
  private final List<Socket> open = new CopyOnWriteArrayList<>();

  public OddServer(Manner manner) {
    this.manner = manner;
    try {
      door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::accept);
  }

  /** One that greets, and answers each command, and the end of content (as "."), by these replies. */
  public static OddServer answering(UnaryOperator<String> replies) {
    return new OddServer(line -> line.say("220 odd.test ESMTP\r\n").answer(replies));
  }

  /** What a plain server without extensions says. */
  public static String well(String command) {
    return switch (verb(command)) {
      case "DATA" -> "354 go on\r\n";
      case "QUIT" -> "221 bye\r\n";
      default -> "250 well\r\n";
    };
  }

  /** Up to four letters of a command. */
  public static String verb(String command) {
    return command.substring(0, Math.min(4, command.length()));
  }

  public NextHop.Peer peer() {
    return Couriers.peer(address());
  }

  NextHop.Peer peer(String name, NextHop.TlsDemand tls, NextHop.Login... login) {
    return new NextHop.Peer(name, address(), tls, List.of(login).stream().findFirst());
  }

  private InetSocketAddress address() {
    return (InetSocketAddress) door.getLocalSocketAddress();
  }

  /** Every line, in the clear or encrypted. */
  public List<String> heard() {
    return List.copyOf(heard);
  }

  /** How often somebody has called. */
  int calls() {
    return open.size();
  }

  /** Hangs up on everybody; new callers are welcome. */
  void hangUp() throws IOException {
    for (Socket socket : open) {
      socket.close();
    }
  }

  @Override
  public void close() throws IOException {
    door.close();
    hangUp();
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
      manner.hold(new Line(socket));
    } catch (IOException e) {
      // The other side went away.
    }
  }

  /** The line to one caller. */
  public final class Line {
    private Socket socket;
    private InputStream in;
    private OutputStream out;

    Line(Socket socket) throws IOException {
      this.socket = socket;
      this.in = new BufferedInputStream(socket.getInputStream());
      this.out = socket.getOutputStream();
      socket.setTcpNoDelay(true);
    }

    public Line say(String octets) throws IOException {
      out.write(octets.getBytes(ISO_8859_1));
      out.flush();
      return this;
    }

    /** The next line, without its end. */
    public String hear() throws IOException {
      ByteArrayOutputStream line = new ByteArrayOutputStream();
      int octet = in.read();
      while (octet != '\n') {
        if (octet < 0) {
          throw new IOException("gone");
        }
        line.write(octet);
        octet = in.read();
      }
      String text = line.toString(ISO_8859_1).strip();
      heard.add(text);
      return text;
    }

    /** Answers until QUIT. */
    void answer(UnaryOperator<String> replies) throws IOException {
      String command = "";
      while (!verb(command).equals("QUIT")) {
        command = hear();
        String reply = replies.apply(command);
        say(reply);
        if (reply.startsWith("354")) {
          while (!hear().equals(".")) {
            // It is content.
          }
          say(replies.apply("."));
        }
      }
    }

    Line encrypt(SSLContext tls) throws IOException {
      SSLSocket secure =
          (SSLSocket) tls.getSocketFactory().createSocket(socket, null, socket.getPort(), true);
      secure.setUseClientMode(false);
      secure.startHandshake();
      socket = secure;
      in = new BufferedInputStream(secure.getInputStream());
      out = secure.getOutputStream();
      return this;
    }
  }
}
