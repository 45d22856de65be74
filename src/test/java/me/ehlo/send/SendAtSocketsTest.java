package me.ehlo.send;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import me.ehlo.call.ScriptedServer;
import me.ehlo.net.LocalServerSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mails, scripts and transcripts through sockets in the file system. */
class SendAtSocketsTest {
  private final Sent sent = new Sent();

  @TempDir private Path folder;

  @AfterEach
  void close() {
    sent.close();
  }

  @Test
  void aSocketThatIsCalledSoSpeaksLmtpAndAnswersForEachRecipient() throws IOException {
    Path socket = folder.resolve("lmtp");
    Path kept = folder.resolve("kept.txt");
    try (ScriptedServer server = new ScriptedServer(LocalServerSocket.at(socket))) {
      server.on("(dot)", "250 2.1.5 Ok", "452 4.2.2 Full");
      String to = "bob@example.org,zed@example.org";
      assertThat(
              sent.send("--to", to, "--socket", socket.toString(), "--transcript", kept.toString()))
          .isEqualTo(40);
      assertThat(sent.lines().getFirst()).isEqualTo("=== connecting to " + socket);
      assertThat(server.lines()).startsWith("LHLO client.test");
      server.on("(dot)", "250 2.1.5 Ok", "452 4.2.2 Full");
      assertThat(sent.send("--replay", kept.toString())).isZero();
      assertThat(server.mails()).hasSize(2);
    }
  }

  @Test
  void anyOtherSpeaksSmtpUnlessItIsSaid() throws IOException {
    Path socket = folder.resolve("s");
    try (ScriptedServer server = new ScriptedServer(LocalServerSocket.at(socket))) {
      String where = socket.toString();
      assertThat(sent.send("--to", "bob@example.org", "--socket", where, "--json")).isZero();
      assertThat(sent.out()).contains("\"mx\":\"localhost\",\"ip\":null,\"port\":null");
      assertThat(sent.send("--to", "bob@example.org", "--socket", where, "--protocol", "LMTP"))
          .isZero();
      assertThat(sent.send("--socket", where, "--quit-after", "ehlo")).isZero();
      assertThat(server.lines("EHLO")).hasSize(2);
      assertThat(server.lines("LHLO")).hasSize(1);
      Path script = Files.writeString(folder.resolve("it.smtp"), "S: 220 *\nC: QUIT\nS: 221 *\n");
      assertThat(sent.send("--script", script.toString(), "--socket", where)).isZero();
    }
  }

  @Test
  void nobodyThereIsTwentyAndTwoWaysAreOneTooMany() {
    String nowhere = folder.resolve("nobody").toString();
    assertThat(sent.send("--to", "bob@example.org", "--socket", nowhere)).isEqualTo(20);
    assertThat(sent.send("--to", "bob@example.org", "--socket", nowhere, "--port", "25"))
        .isEqualTo(2);
    assertThat(sent.err()).startsWith("--socket is all of the way to a server: leave out --server");
  }
}
