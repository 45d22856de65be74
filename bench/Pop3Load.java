import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads whole maildrops by POP3 and says how long each command took, for several servers in turn.
 *
 * <p>The first of them is the limit: a server inside this program that keeps nothing and says the same mail again and
 * again. What this client reaches there is the most it can measure anywhere.
 *
 * <pre>java bench/Pop3Load.java ROUNDS MAILS NAME=PORT,USER,PASSWORD...</pre>
 *
 * prints lines of {@code round name figure value}: milliseconds, and mails a second for the two ways of RETR.
 */
final class Pop3Load {
  private final InputStream in;
  private final OutputStream out;
  private final byte[] buffer = new byte[1 << 18];
  private int at;
  private int end;
  private long octets;

  private Pop3Load(Socket socket) throws IOException {
    socket.setTcpNoDelay(true);
    in = socket.getInputStream();
    out = socket.getOutputStream();
  }

  public static void main(String[] arguments) throws Exception {
    int rounds = Integer.parseInt(arguments[0]);
    int mails = Integer.parseInt(arguments[1]);
    try (var limit = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Thread.ofPlatform().daemon().start(() -> serve(limit, mails));
      String itself = "limit=" + limit.getLocalPort() + ",nobody,nothing";
      measure("warm-up", itself, mails); // of this program
      for (int round = 0; round <= rounds; round++) {
        // Round 0 warms the others up.
        measure(String.valueOf(round), itself, mails);
        for (String server : Arrays.copyOfRange(arguments, 2, arguments.length)) {
          measure(String.valueOf(round), server, mails);
        }
      }
    }
  }

  private static void measure(String round, String server, int mails) throws Exception {
    String name = server.substring(0, server.indexOf('='));
    String[] parts = server.substring(name.length() + 1).split(",", 3);
    int port = Integer.parseInt(parts[0]);

    long begin = System.nanoTime();
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      var session = new Pop3Load(socket);
      session.logIn(parts[1], parts[2]);
      tell(round, name, "log in", begin);
      for (String command : new String[] {"STAT", "LIST", "UIDL"}) {
        begin = System.nanoTime();
        session.say(command + "\r\n");
        String answer = session.response(!command.equals("STAT"));
        if (command.equals("STAT") && !answer.startsWith("+OK " + mails + " ")) {
          throw new IllegalStateException(name + " has not " + mails + " mails: " + answer);
        }
        tell(round, name, command, begin);
      }
      begin = System.nanoTime();
      session.octets = 0;
      for (int number = 1; number <= mails; number++) {
        session.say("RETR " + number + "\r\n");
        session.response(true);
      }
      rate(round, name, "RETR, one by one", begin, mails);
      session.quit();
    }
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      var session = new Pop3Load(socket);
      session.logIn(parts[1], parts[2]);
      begin = System.nanoTime();
      session.octets = 0;
      var writer = Thread.ofPlatform().start(() -> session.askForAll(mails));
      for (int number = 1; number <= mails; number++) {
        session.response(true);
      }
      rate(round, name, "RETR, pipelined", begin, mails);
      System.out.println(round + "\t" + name + "\toctets\t" + session.octets);
      writer.join();
      session.quit();
    }
  }

  private static void tell(String round, String name, String figure, long begin) {
    System.out.printf("%s\t%s\t%s\t%.3f%n", round, name, figure, (System.nanoTime() - begin) / 1e6);
  }

  private static void rate(String round, String name, String figure, long begin, int mails) {
    System.out.printf("%s\t%s\t%s\t%.0f%n", round, name, figure, mails / ((System.nanoTime() - begin) / 1e9));
  }

  private void logIn(String user, String password) throws IOException {
    response(false);
    say("USER " + user + "\r\n");
    response(false);
    say("PASS " + password + "\r\n");
    response(false);
  }

  private void quit() throws IOException {
    say("QUIT\r\n");
    response(false);
  }

  private void askForAll(int mails) {
    try {
      var commands = new StringBuilder();
      for (int number = 1; number <= mails; number++) {
        commands.append("RETR ").append(number).append("\r\n");
        if (commands.length() > 30_000 || number == mails) {
          say(commands.toString());
          commands.setLength(0);
        }
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private void say(String commands) throws IOException {
    out.write(commands.getBytes(StandardCharsets.US_ASCII));
    out.flush();
  }

  /** Reads one response, and what follows its first line up to the dot. */
  private String response(boolean lines) throws IOException {
    var first = new StringBuilder();
    for (int octet = next(); octet != '\n'; octet = next()) {
      first.append((char) octet);
    }
    String answer = first.toString();
    if (!answer.startsWith("+OK")) {
      throw new IOException("answered " + answer);
    }
    if (lines) {
      skipToTheDot();
    }
    return answer;
  }

  private void skipToTheDot() throws IOException {
    int column = 0; // of the line we are in; the line that ends it is ".\r\n"
    boolean dot = false;
    while (true) {
      int octet = next();
      if (octet == '\n') {
        if (dot && column == 2) {
          return;
        }
        column = 0;
        dot = false;
      } else {
        if (column == 0) {
          dot = octet == '.';
        }
        column++;
      }
    }
  }

  private int next() throws IOException {
    if (at == end) {
      end = in.read(buffer);
      at = 0;
      if (end < 0) {
        throw new IOException("the server closed the connection");
      }
      octets += end;
    }
    return buffer[at++];
  }

  /** The limit: one client at a time, one mail of 4 KB again and again. */
  private static void serve(ServerSocket door, int mails) {
    byte[] mail = ("+OK\r\n" + ("x".repeat(62) + "\r\n").repeat(64) + ".\r\n").getBytes(StandardCharsets.US_ASCII);
    var numbers = new StringBuilder("+OK\r\n");
    for (int number = 1; number <= mails; number++) {
      numbers.append(number).append(" 4096\r\n");
    }
    byte[] list = numbers.append(".\r\n").toString().getBytes(StandardCharsets.US_ASCII);
    byte[] ok = ("+OK " + mails + " 1\r\n").getBytes(StandardCharsets.US_ASCII);
    while (true) {
      try (var socket = door.accept()) {
        var commands = new Pop3Load(socket);
        var reply = new java.io.BufferedOutputStream(socket.getOutputStream(), 1 << 16);
        reply.write(ok);
        boolean open = true;
        while (open) {
          if (commands.at == commands.end) {
            reply.flush();
          }
          String command = commands.command();
          open = !command.startsWith("QUIT");
          reply.write(command.startsWith("RETR") ? mail : command.startsWith("LIST") || command.startsWith("UIDL") ? list : ok);
        }
        reply.flush();
      } catch (IOException e) {
        // This client went away; the next one comes.
      }
    }
  }

  private String command() throws IOException {
    var line = new StringBuilder();
    for (int octet = next(); octet != '\n'; octet = next()) {
      line.append((char) octet);
    }
    return line.toString();
  }
}
