package me.ehlo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import me.ehlo.config.Surroundings;
import me.ehlo.control.Typed;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code ehlo talk} as it is typed at a shell, through the front door. */
class TalkCommandTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "talk --lmtp | this server takes no mail by LMTP: name a host, or --socket PATH",
        "talk --lmtp --port 2525 | this server takes no mail by LMTP: name a host, or --socket PATH",
        "talk --pop3 --set listen.pop3= | this server has no such door (listen.*): name a host",
        "talk a.test --ca FOLDER/none | --ca: there is no file FOLDER/none",
        "talk a.test --tls-cert FOLDER/none | --tls-cert: there is no file FOLDER/none",
        "talk a.test --tls-cert FOLDER/none --tls-key FOLDER/no | --tls-cert, --tls-key: there is no file FOLDER/none",
        "send --to a@b.test --tls --ca FOLDER/none | --ca: there is no file FOLDER/none",
        "send --to a@b.test --tls-cert FOLDER/none | --tls-cert: there is no file FOLDER/none",
      })
  void whatCannotBeDoneIsSaidOfWhatWasTyped(String line, String said) {
    Typed typed = Typed.input("");
    Surroundings surroundings =
        new Surroundings(
            Map.of(), folder, folder.resolve("system.toml"), () -> "client.example.org");
    String[] words = line.replace("FOLDER", folder.toString()).split(" ");
    assertThat(Main.run(typed.streams(), surroundings, words)).isEqualTo(2);
    assertThat(typed.err().lines())
        .startsWith("ehlo " + words[0] + ": " + said.replace("FOLDER", folder.toString()));
    assertThat(typed.out()).isEmpty();
  }
}
