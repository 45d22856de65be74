package me.ehlo.call;

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
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import me.ehlo.relay.Tls;

/** A server that answers each line as a test has written it, takes what is sent as mail, and writes everything down. */
public final class ScriptedServer implements Closeable {
  /** Behind the last reply of a conversation: it hangs up. */
  public static final String HANGS_UP = "(hangs up)";

  private final ServerSocket door;
  private final Map<String, Deque<String>> answers = new ConcurrentHashMap<>();
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final List<String> mails = new CopyOnWriteArrayList<>();
  private final List<Socket> open = new CopyOnWriteArrayList<>();
  private volatile Optional<SSLContext> tls = Optional.empty();
  private volatile boolean encryptedFirst;
  private volatile int octetsFirst;

  public ScriptedServer() {
    this(InetAddress.getLoopbackAddress(), 0);
  }

  /** At this address. */
  public ScriptedServer(InetAddress address, int port) {
    this(listening(address, port));
  }

  /** At this door, whatever leads to it. */
  public ScriptedServer(ServerSocket door) {
    this.door = door;
    on("", "500 5.5.2 What?");
    on("(greeting)", "220 mx.test ESMTP");
    on("EHLO", "250 mx.test");
    on("LHLO", "250 mx.test");
    on("HELO", "250 mx.test");
    on("STARTTLS", "220 2.0.0 Go ahead");
    on("MAIL", "250 2.1.0 Ok");
    on("RCPT", "250 2.1.5 Ok");
    on("DATA", "354 Go ahead");
    on("BDAT", "250 2.0.0 Ok: queued as 4XyZ9");
    on("(dot)", "250 2.0.0 Ok: queued as 4XyZ9");
    on("QUIT", "221 2.0.0 Bye" + HANGS_UP);
    Thread.ofVirtual().start(this::accept);
  }

  private static ServerSocket listening(InetAddress address, int port) {
    try {
      return new ServerSocket(port, 50, address);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * To lines that begin so, it answers with these, one after the other, the last again and again; {@code |} separates the
   * lines of one answer. {@code (greeting)} and {@code (dot)} are such lines too.
   */
  public ScriptedServer on(String beginning, String... replies) {
    answers.put(beginning, new ArrayDeque<>(Arrays.asList(replies)));
    return this;
  }

  /** EHLO and LHLO are answered with these keywords. */
  public ScriptedServer offers(String... keywords) {
    StringBuilder reply = new StringBuilder();
    List<String> all = new ArrayList<>(List.of("mx.test"));
    all.addAll(List.of(keywords));
    for (int i = 0; i < all.size(); i++) {
      reply.append(i == all.size() - 1 ? "250 " : "250-").append(all.get(i)).append('|');
    }
    String said = reply.substring(0, reply.length() - 1);
    return on("EHLO", said).on("LHLO", said);
  }

  /** It shows a certificate that the tests' own authority has signed for mx.test. */
  public ScriptedServer withTls() {
    return withTls(Tls.kept());
  }

  public ScriptedServer withTls(SSLContext context) {
    tls = Optional.of(context);
    return this;
  }

  /** TLS begins with the first octet. */
  public ScriptedServer encryptedFirst() {
    encryptedFirst = true;
    return tls.isPresent() ? this : withTls();
  }

  /** So many octets come before everything else, and are written down as a line. */
  public ScriptedServer takesFirst(int octets) {
    octetsFirst = octets;
    return this;
  }

  public InetSocketAddress address() {
    return (InetSocketAddress) door.getLocalSocketAddress();
  }

  public int port() {
    return door.getLocalPort();
  }

  /** The lines that came, contents apart. */
  public List<String> lines() {
    return List.copyOf(lines);
  }

  /** The lines that came and begin so. */
  public List<String> lines(String beginning) {
    return lines.stream().filter(line -> line.startsWith(beginning)).toList();
  }

  /** The contents that came whole, dots undone; a character for an octet. */
  public List<String> mails() {
    return List.copyOf(mails);
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

  private String answer(String line) {
    String rule =
        answers.keySet().stream()
            .filter(line::startsWith)
            .max((a, b) -> Integer.compare(a.length(), b.length()))
            .orElseThrow();
    Deque<String> replies = answers.get(rule);
    synchronized (replies) {
      return replies.size() > 1 ? replies.remove() : replies.element();
    }
  }

  /** One conversation. */
  private final class Talk {
    private Socket socket;
    private InputStream in;
    private OutputStream out;
    private int accepted;
    private boolean lmtp;
    private final ByteArrayOutputStream chunks = new ByteArrayOutputStream();

    Talk(Socket socket) throws IOException {
      this.socket = socket;
      this.in = new BufferedInputStream(socket.getInputStream());
      this.out = socket.getOutputStream();
    }

    void hold() throws IOException {
      if (octetsFirst > 0) {
        lines.add(new String(in.readNBytes(octetsFirst), ISO_8859_1));
      }
      if (encryptedFirst) {
        encrypt();
      }
      boolean on = say(answer("(greeting)"));
      while (on) {
        String line = line();
        lines.add(line);
        on = obey(line);
      }
    }

    private boolean obey(String line) throws IOException {
      String verb = line.split(" ", -1)[0];
      if (verb.equals("BDAT")) {
        return chunk(line);
      }
      lmtp |= verb.equals("LHLO");
      String reply = answer(line);
      boolean on = say(reply);
      if (verb.equals("STARTTLS") && reply.startsWith("220") && tls.isPresent()) {
        encrypt();
      }
      if (verb.equals("MAIL")) {
        accepted = 0;
      }
      if (verb.equals("RCPT") && reply.startsWith("2")) {
        accepted++;
      }
      return verb.equals("DATA") && reply.startsWith("354") && on ? content() : on;
    }

    private boolean content() throws IOException {
      StringBuilder content = new StringBuilder();
      String line = line();
      while (!line.equals(".")) {
        content.append(line.startsWith(".") ? line.substring(1) : line).append("\r\n");
        line = line();
      }
      mails.add(content.toString());
      return answerContent("(dot)");
    }

    private boolean chunk(String line) throws IOException {
      String[] words = line.split(" ", -1);
      chunks.writeBytes(in.readNBytes(Integer.parseInt(words[1])));
      if (words.length < 3) {
        return say("250 2.0.0 Go on");
      }
      mails.add(chunks.toString(ISO_8859_1));
      chunks.reset();
      return answerContent("BDAT");
    }

    /** RFC 2033 §4.2: LMTP answers for each recipient. */
    private boolean answerContent(String rule) throws IOException {
      boolean on = true;
      for (int i = 0; i < (lmtp ? accepted : 1) && on; i++) {
        on = say(answer(rule));
      }
      return on;
    }

    /** Whether the conversation goes on. */
    private boolean say(String reply) throws IOException {
      boolean last = reply.endsWith(HANGS_UP);
      String said = last ? reply.substring(0, reply.length() - HANGS_UP.length()) : reply;
      if (!said.isEmpty()) {
        out.write((said.replace("|", "\r\n") + "\r\n").getBytes(ISO_8859_1));
        out.flush();
      }
      return !last;
    }

    private void encrypt() throws IOException {
      SSLSocket secure =
          (SSLSocket)
              tls.orElseThrow()
                  .getSocketFactory()
                  .createSocket(socket, null, socket.getPort(), true);
      secure.setUseClientMode(false);
      secure.startHandshake();
      socket = secure;
      in = new BufferedInputStream(secure.getInputStream());
      out = secure.getOutputStream();
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
}
