package me.ehlo.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import me.ehlo.conversation.Sockets.Pace;
import me.ehlo.mail.StorageFailure;
import me.ehlo.script.Script;
import me.ehlo.script.ScriptParser;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Holds every conversation in {@code src/test/resources/conversations} in three ways, which must agree. */
class ConversationsTest {
  private static final List<Script> SCRIPTS = read();

  /** How each script goes without a socket, which is how it must go with one. */
  private static final Map<String, Played> PURE = new ConcurrentHashMap<>();

  @TestFactory
  Stream<DynamicTest> withoutSocket() {
    return SCRIPTS.stream()
        .map(script -> DynamicTest.dynamicTest(script.name(), () -> pure(script)));
  }

  @TestFactory
  Stream<DynamicTest> oneOctetAWrite() {
    return SCRIPTS.stream()
        .filter(script -> hasSocket(script) && !new Scene(script).atOnce())
        .map(script ->
            DynamicTest.dynamicTest(script.name(), () -> play(script, Pace.ONE_OCTET_A_WRITE)));
  }

  @TestFactory
  Stream<DynamicTest> asMuchAtOnceAsAllowed() {
    return SCRIPTS.stream()
        .filter(ConversationsTest::hasSocket)
        .map(script ->
            DynamicTest.dynamicTest(script.name(), () -> play(script, Pace.AS_MUCH_AS_ALLOWED)));
  }

  /** So that nobody deletes them by mistake and believes that all is well. */
  @Test
  void thereAreManyScripts() {
    assertThat(SCRIPTS)
        .filteredOn(script -> script.name().endsWith(".smtp"))
        .hasSizeGreaterThan(200);
    assertThat(SCRIPTS)
        .filteredOn(script -> script.name().endsWith(".pop3"))
        .hasSizeGreaterThan(70);
  }

  private static boolean hasSocket(Script script) {
    return new Scene(script).canHaveSocket();
  }

  private static void pure(Script script) throws StorageFailure {
    Scene scene = new Scene(script);
    Played played = Talk.play(scene);
    PURE.put(script.name(), played);
    Judge judge = new Judge(scene, played);
    judge.judgeAnswers();
    judge.judgeEnd();
  }

  private static void play(Script script, Pace pace) throws IOException, StorageFailure {
    Played pure = PURE.computeIfAbsent(script.name(), _ -> Talk.play(new Scene(script)));
    Scene scene = new Scene(script);
    new Sockets(scene, pure, pace).play();
    new Judge(scene, pure).judgeEnd();
  }

  private static List<Script> read() {
    try {
      Path folder =
          Path.of(
              Objects.requireNonNull(ConversationsTest.class.getResource("/conversations"))
                  .toURI());
      try (Stream<Path> files = Files.walk(folder)) {
        return files
            .filter(Files::isRegularFile)
            .sorted()
            .map(file -> script(folder, file))
            .toList();
      }
    } catch (IOException | URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Script script(Path folder, Path file) {
    try {
      String text = Files.readString(file);
      assertThat(text.lines().findFirst())
          .as("the first line of %s names the rule", file)
          .hasValueSatisfying(line -> assertThat(line).matches("# .*RFC \\d+ (§|appendix ).*"));
      assertThat(file.toString()).matches(".*\\.(smtp|pop3)");
      return ScriptParser.parse(folder.relativize(file).toString(), text);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
