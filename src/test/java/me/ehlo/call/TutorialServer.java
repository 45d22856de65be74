package me.ehlo.call;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import me.ehlo.call.Tutorial.Step;

/** A server that says what the one of a tutorial says, word for word, and hangs up where the page ends. */
public final class TutorialServer implements Closeable {
  private static final String LEFT_OUT = "250 ok"; // to what nobody says on the page

  private final ServerSocket door = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  private final CompletableFuture<Conversation> held = new CompletableFuture<>();
  private final List<Step> steps;

  /** The lines of both sides. */
  private record Conversation(List<String> heard, List<String> said) {}

  public TutorialServer(Tutorial tutorial) throws IOException {
    this.steps = tutorial.steps();
    Thread.ofVirtual().start(this::hold);
  }

  public int port() {
    return door.getLocalPort();
  }

  /** The lines that came. */
  public List<String> heard() {
    return held().heard();
  }

  /** The lines of its replies. */
  public List<String> said() {
    return held().said();
  }

  private Conversation held() {
    return held.orTimeout(20, TimeUnit.SECONDS).join();
  }

  private void hold() {
    try (Socket socket = door.accept()) {
      held.complete(new Talk(socket).hold());
    } catch (IOException e) {
      held.completeExceptionally(e);
    }
  }

  @Override
  public void close() throws IOException {
    door.close();
  }

  /** One conversation: for each line that comes it goes on in the page behind the line that is like it. */
  private final class Talk {
    private final Socket socket;
    private final BufferedReader in;
    private final Conversation conversation =
        new Conversation(new ArrayList<>(), new ArrayList<>());
    private int next;

    Talk(Socket socket) throws IOException {
      this.socket = socket;
      this.in = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
    }

    Conversation hold() throws IOException {
      String said = sayWhatFollows();
      while (next < steps.size()) {
        String line = hear();
        if (said.startsWith("354")) {
          while (!line.equals(".")) {
            line = hear();
          }
        }
        said = answer(line);
      }
      return conversation;
    }

    private String hear() throws IOException {
      String line = in.readLine();
      if (line == null) {
        throw new IOException("it ended before the page");
      }
      conversation.heard().add(line);
      return line;
    }

    private String answer(String line) throws IOException {
      Predicate<String> same = it -> verb(line).equals(verb(it));
      int begins = typed(same.and(it -> alike(line).startsWith(alike(it))));
      int like = begins < 0 ? typed(same) : begins;
      if (like < 0) {
        return say(LEFT_OUT);
      }
      next = like + 1;
      return sayWhatFollows();
    }

    /** Where such a line is typed, from here on; -1: nowhere. */
    private int typed(Predicate<String> which) {
      for (int i = next; i < steps.size(); i++) {
        if (steps.get(i).isTyped() && which.test(steps.get(i).words())) {
          return i;
        }
      }
      return -1;
    }

    private String sayWhatFollows() throws IOException {
      String said = "";
      while (next < steps.size() && !steps.get(next).isTyped()) {
        Step step = steps.get(next++);
        said = step.isReply() ? say(step.words()) : said;
      }
      return said;
    }

    private String say(String reply) throws IOException {
      socket.getOutputStream().write((reply + "\r\n").getBytes(UTF_8));
      conversation.said().add(reply);
      return reply;
    }

    /** People type spaces, and no brackets. */
    private static String alike(String line) {
      return line.toUpperCase(Locale.ROOT).replace(" ", "").replace("<", "").replace(">", "");
    }

    private static String verb(String line) {
      return line.split("[ :]", 2)[0].toUpperCase(Locale.ROOT);
    }
  }
}
