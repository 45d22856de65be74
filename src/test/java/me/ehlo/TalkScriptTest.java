package me.ehlo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import me.ehlo.call.ScriptedServer;
import me.ehlo.config.Surroundings;
import me.ehlo.control.Typed;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code ehlo talk --script} as it is typed at a shell, through the front door. */
class TalkScriptTest {
  @TempDir Path folder;

  private final ScriptedServer server = new ScriptedServer();
  private final Typed typed = Typed.input("");

  @AfterEach
  void close() throws IOException {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--tls",
        "--verify strict",
        "--ca ca.pem",
        "--transcript kept.txt",
        "--no-transcript",
        "--ehlo me",
        "--explain",
        "--times",
        "--theme plain",
        "--no-status",
        "--exit-status last",
      })
  void whatAScriptDoesNotHeedIsRefused(String option) throws IOException {
    assertThat(play(option)).isEqualTo(2);
    assertThat(typed.err())
        .startsWith(
            "ehlo talk: "
                + option.split(" ")[0].replace("--no-e", "--e")
                + " does not go with --script: the script says all that is said; no certificate");
    assertThat(server.lines()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-4", "--timeout 20s", "--compare codes", "--lmtp", "--no-color"})
  void theWayToTheServerAndWhatCountsAreHeeded(String option) throws IOException {
    assertThat(play(option)).as(typed.err()).isZero();
    assertThat(typed.out()).endsWith("=== 1 as written, 0 otherwise, 0 not played\n");
  }

  @Test
  void aFolderWithoutScriptsIsTwo() throws IOException {
    Path empty = Files.createDirectory(folder.resolve("empty"));
    assertThat(ehlo("talk", "127.0.0.1:" + server.port(), "--script", empty.toString()))
        .isEqualTo(2);
    assertThat(typed.out()).contains("*** Nothing was played, so nothing is known of the server.");
  }

  private int play(String option) throws IOException {
    Path script = Files.writeString(folder.resolve("it.smtp"), "S: 220 *\nC: QUIT\nS: 221 *\n");
    List<String> words = new ArrayList<>(List.of("talk", "127.0.0.1:" + server.port()));
    words.addAll(option.isEmpty() ? List.of() : List.of(option.split(" ")));
    words.addAll(List.of("--script", script.toString()));
    return ehlo(words.toArray(String[]::new));
  }

  private int ehlo(String... args) {
    return Main.run(
        typed.streams(),
        new Surroundings(Map.of(), folder, folder.resolve("system.toml"), () -> "client.example"),
        args);
  }
}
