package me.ehlo.talk;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * One server for each system of the tutorials about telnet, with its replies word for word: {@code ehlo talk} is led through
 * the conversation of the page, keeps every reply octet for octet, and explains it.
 */
class TutorialsTest {
  private static final Path TUTORIALS = Path.of("src/test/resources/tutorials");

  @TempDir Path folder;

  static List<Path> tutorials() throws IOException {
    try (Stream<Path> files = Files.list(TUTORIALS)) {
      return files.filter(file -> file.toString().endsWith(".txt")).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("tutorials")
  void itsConversationIsHeldAndKept(Path tutorial) throws IOException {
    List<Step> steps = Step.all(tutorial);
    Path kept = folder.resolve("kept.txt");
    try (Recital recital = new Recital(steps)) {
      Evening.Seen seen =
          new Evening("mx.test", recital.port())
              .explained()
              .keptIn(kept)
              .types(words(steps, "C").toArray(String[]::new));
      assertThat(recital.heard()).isEqualTo(words(steps, "Cc"));
      assertThat(seen.screen()).containsSubsequence(words(steps, "SsE"));
    }
    assertThat(Files.readAllLines(kept, UTF_8))
        .filteredOn(line -> line.startsWith("<"))
        .extracting(line -> line.substring("<-  ".length()))
        .isEqualTo(words(steps, "Ss"));
  }

  private static List<String> words(List<Step> steps, String kinds) {
    return steps.stream().filter(step -> kinds.indexOf(step.kind()) >= 0).map(Step::words).toList();
  }

  /** A line of the file: {@code S: 250 Ok}. */
  private record Step(char kind, String words) {
    static List<Step> all(Path tutorial) throws IOException {
      return Files.readAllLines(tutorial, UTF_8).stream()
          .filter(line -> !line.startsWith("#"))
          .map(line -> new Step(line.charAt(0), line.substring(2).stripLeading()))
          .map(step -> new Step(step.kind(), step.words().replace("\\s", " ")))
          .toList();
    }
  }

  /** Says what it has to say when it has heard a line for each that it has to hear, and hangs up. */
  private static final class Recital implements Closeable {
    private final ServerSocket door = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    private final CompletableFuture<List<String>> heard = new CompletableFuture<>();

    Recital(List<Step> steps) throws IOException {
      Thread.ofVirtual().start(() -> hold(steps));
    }

    int port() {
      return door.getLocalPort();
    }

    /** The lines that came. */
    List<String> heard() {
      return heard.orTimeout(20, TimeUnit.SECONDS).join();
    }

    private void hold(List<Step> steps) {
      try (Socket socket = door.accept()) {
        BufferedReader in =
            new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
        List<String> lines = new ArrayList<>();
        for (Step step : steps) {
          switch (step.kind()) {
            case 'S', 's' ->
                socket.getOutputStream().write((step.words() + "\r\n").getBytes(UTF_8));
            case 'C', 'c' -> lines.add(in.readLine());
            default -> {}
          }
        }
        heard.complete(lines);
      } catch (IOException e) {
        heard.completeExceptionally(e);
      }
    }

    @Override
    public void close() throws IOException {
      door.close();
    }
  }
}
