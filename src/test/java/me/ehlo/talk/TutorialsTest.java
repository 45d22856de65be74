package me.ehlo.talk;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import me.ehlo.call.Tutorial;
import me.ehlo.call.TutorialServer;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * One server for each system of the tutorials about telnet, with its replies word for word: {@code ehlo talk} is led through
 * the conversation of the page, keeps every reply octet for octet, and explains it.
 */
class TutorialsTest {
  @TempDir Path folder;

  static List<Tutorial> tutorials() throws IOException {
    return Tutorial.all();
  }

  @ParameterizedTest
  @MethodSource("tutorials")
  void itsConversationIsHeldAndKept(Tutorial tutorial) throws IOException {
    Path kept = folder.resolve("kept.txt");
    try (TutorialServer server = new TutorialServer(tutorial)) {
      Evening.Seen seen =
          new Evening("mx.test", server.port())
              .explained()
              .keptIn(kept)
              .types(tutorial.words("C").toArray(String[]::new));
      assertThat(server.heard()).isEqualTo(tutorial.words("Cc"));
      assertThat(seen.screen()).containsSubsequence(tutorial.words("SsE"));
    }
    assertThat(Files.readAllLines(kept, UTF_8))
        .filteredOn(line -> line.startsWith("<"))
        .extracting(line -> line.substring("<-  ".length()))
        .isEqualTo(tutorial.words("Ss"));
  }
}
