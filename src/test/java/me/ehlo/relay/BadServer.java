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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** An SMTP server that takes mails as it should, but for one point at which it behaves otherwise; it writes down what it took. */
final class BadServer implements Closeable {

  /** A mail that it took, or may have taken. */
  record Taken(List<String> recipients, String content, boolean told) {}

  private final ServerSocket door;
  private final Point point;
  private final Behaviour behaviour;
  private final List<String> extensions;
  private final SSLContext tls;
  private final List<Taken> taken = new CopyOnWriteArrayList<>();
  private final AtomicInteger goAheads = new AtomicInteger();
  private final List<Socket> open = new CopyOnWriteArrayList<>();

  /**
   * @param extensions what EHLO offers; STARTTLS works
   */
  BadServer(Point point, Behaviour behaviour, List<String> extensions, SSLContext tls) {
    this.point = point;
    this.behaviour = behaviour;
    this.extensions = extensions;
    this.tls = tls;
    try {
      door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::accept);
  }

  InetSocketAddress address() {
    return (InetSocketAddress) door.getLocalSocketAddress();
  }

  /** Mails whose content came whole, to its end. */
  List<Taken> taken() {
    return List.copyOf(taken);
  }

  /** How often it has asked for content, or content has come unasked. */
  int goAheads() {
    return goAheads.get();
  }

  @Override
  public void close() throws IOException {
    door.close();
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
      // The other side went away, or this one was told to.
    }
  }

  /** One conversation. */
  final class Talk {
    private Socket socket;
    private InputStream in;
    private OutputStream out;
    private boolean encrypted;
    private boolean gone;
    private int mails;
    private List<String> recipients = new ArrayList<>();
    private boolean sender;
    private boolean answeredWell;

    Talk(Socket socket) throws IOException {
      this.socket = socket;
      this.in = new BufferedInputStream(socket.getInputStream());
      this.out = socket.getOutputStream();
    }

    Talk say(String octets) throws IOException {
      out.write(octets.getBytes(ISO_8859_1));
      out.flush();
      return this;
    }

    Talk pause(int millis) {
      LockSupport.parkNanos(Duration.ofMillis(millis).toNanos());
      return this;
    }

    void trickle(String octets, int millis) throws IOException {
      for (int i = 0; i < octets.length(); i++) {
        say(octets.substring(i, i + 1));
        pause(millis);
      }
    }

    void sayForEver(String octets) throws IOException {
      String much = octets.repeat(1000);
      for (int i = 0; i < 100; i++) {
        say(much);
      }
    }

    void hangUp() throws IOException {
      gone = true;
      socket.close();
    }

    void reset() throws IOException {
      gone = true;
      if (!(socket instanceof SSLSocket)) {
        socket.setSoLinger(true, 0);
      }
      socket.close();
    }

    private void hold() throws IOException {
      answer(Point.GREETING, "220 bad.test ESMTP\r\n");
      while (!gone) {
        String line = line();
        String verb = line.split(" ", -1)[0].toUpperCase(Locale.ROOT);
        switch (verb) {
          case "EHLO" -> ehlo();
          case "HELO" -> say("250 bad.test\r\n");
          case "STARTTLS" -> startTls();
          case "MAIL" -> mail();
          case "RCPT" -> rcpt(line);
          case "DATA" -> data();
          case "BDAT" -> bdat(line);
          case "RSET" -> {
            forget();
            answer(Point.RSET, "250 2.0.0 Forgotten\r\n");
          }
          case "QUIT" -> {
            answer(Point.QUIT, "221 2.0.0 Bye\r\n");
            return;
          }
          default -> say("500 5.5.1 What?\r\n");
        }
      }
    }

    private void ehlo() throws IOException {
      forget();
      StringBuilder reply = new StringBuilder("250-bad.test\r\n");
      for (String extension : extensions) {
        if (!extension.equals("STARTTLS") || !encrypted) {
          reply.append("250-").append(extension).append("\r\n");
        }
      }
      answer(encrypted ? Point.EHLO_TLS : Point.EHLO, reply.append("250 HELP\r\n").toString());
    }

    private void startTls() throws IOException {
      if (!answer(Point.STARTTLS, "220 2.0.0 Go ahead\r\n") || gone) {
        return;
      }
      if (point == Point.TLS && behaviour != Behaviour.WELL) {
        behaviour.act(this, "220 2.0.0 Go ahead\r\n");
        return;
      }
      SSLSocket secure =
          (SSLSocket) tls.getSocketFactory().createSocket(socket, null, socket.getPort(), true);
      secure.setUseClientMode(false);
      secure.startHandshake();
      socket = secure;
      in = new BufferedInputStream(secure.getInputStream());
      out = secure.getOutputStream();
      encrypted = true;
    }

    private void mail() throws IOException {
      forget();
      sender =
          answer(
              mails > 0 && point == Point.NEXT_MAIL ? Point.NEXT_MAIL : Point.MAIL,
              "250 2.1.0 Sender ok\r\n");
    }

    private void rcpt(String line) throws IOException {
      if (!sender) {
        say("503 5.5.1 MAIL first\r\n");
        return;
      }
      boolean second = !recipients.isEmpty() && point == Point.RCPT_2;
      if (answer(second ? Point.RCPT_2 : Point.RCPT, "250 2.1.5 Recipient ok\r\n")) {
        recipients.add(line.substring(line.indexOf('<') + 1, line.indexOf('>')));
      }
    }

    private void data() throws IOException {
      if (recipients.isEmpty()) {
        say("554 5.5.1 No valid recipients\r\n");
        return;
      }
      goAheads.incrementAndGet(); // before it is said: who has heard it may look at once
      if (!answer(Point.DATA, "354 Go ahead\r\n")) {
        goAheads.decrementAndGet();
        return;
      }
      if (gone) {
        return;
      }
      ByteArrayOutputStream content = new ByteArrayOutputStream();
      boolean misbehaves = point == Point.CONTENT && behaviour != Behaviour.WELL;
      String line = line();
      while (!line.equals(".")) {
        content.writeBytes(
            ((line.startsWith(".") ? line.substring(1) : line) + "\r\n").getBytes(ISO_8859_1));
        if (misbehaves) {
          misbehaves = false;
          behaviour.act(this, "250 2.0.0 Ok\r\n");
        }
        line = line();
      }
      took(content);
    }

    private void bdat(String line) throws IOException {
      byte[] content = in.readNBytes(Integer.parseInt(line.split(" ", -1)[1]));
      if (recipients.isEmpty()) {
        say("503 5.5.1 No valid recipients\r\n");
        return;
      }
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      all.writeBytes(content);
      took(all);
    }

    /** Only after a reply of its own that says so has it taken the mail; before, it may have. */
    private void took(ByteArrayOutputStream content) throws IOException {
      mails++;
      Taken mail = new Taken(List.copyOf(recipients), content.toString(ISO_8859_1), false);
      taken.add(mail);
      forget();
      answeredWell = false;
      boolean told =
          answer(
              mails > 1 && point == Point.NEXT_DOT ? Point.NEXT_DOT : Point.DOT,
              "250 2.0.0 Taken\r\n");
      taken.set(
          taken.indexOf(mail), new Taken(mail.recipients(), mail.content(), told && answeredWell));
    }

    private void forget() {
      recipients = new ArrayList<>();
      sender = false;
    }

    /** Answers, or misbehaves; tells whether the server holds that it has said yes. */
    private boolean answer(Point now, String right) throws IOException {
      if (now != point || behaviour == Behaviour.WELL) {
        answeredWell = true;
        say(right);
        return true;
      }
      Recorder recorder = new Recorder(out);
      out = recorder;
      try {
        behaviour.act(this, right);
      } finally {
        out = recorder.to;
      }
      answeredWell = recorder.startsWith(right.substring(0, 1));
      return answeredWell;
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
      String text = line.toString(ISO_8859_1);
      return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }
  }

  /** Remembers how an answer began. */
  private static final class Recorder extends OutputStream {
    private final OutputStream to;
    private final StringBuilder said = new StringBuilder();

    Recorder(OutputStream to) {
      this.to = to;
    }

    @Override
    public void write(int octet) throws IOException {
      write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] octets, int offset, int length) throws IOException {
      if (said.length() < 100) {
        said.append(new String(octets, offset, Math.min(length, 100), ISO_8859_1));
      }
      to.write(octets, offset, length);
    }

    @Override
    public void flush() throws IOException {
      to.flush();
    }

    boolean startsWith(String digit) {
      return said.toString().startsWith(digit);
    }
  }
}
