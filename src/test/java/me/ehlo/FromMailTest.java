package me.ehlo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import me.ehlo.config.Surroundings;
import me.ehlo.control.Typed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ehlo check --from-mail} as it is typed. */
class FromMailTest {
  private static final Path GOOD = Path.of("src/test/resources/received/good.eml").toAbsolutePath();

  @TempDir Path folder;

  private Typed typed = Typed.input("");

  @Test
  void aFileAndStandardInputAreTheSame() throws IOException {
    assertThat(check(GOOD.toString())).isZero();
    String page = typed.out();
    assertThat(page).contains("Subject   Grüße and a picture", "Odd       nothing", "Parts");
    typed = Typed.input(Files.readString(GOOD));
    assertThat(check("-")).isZero();
    assertThat(typed.out()).isEqualTo(page);
    assertThat(typed.err()).isEmpty();
  }

  @Test
  void aDocumentIsOneLine() {
    assertThat(check(GOOD.toString(), "--json")).isZero();
    assertThat(typed.out().lines()).hasSize(1);
    assertThat(typed.out()).startsWith("{\"v\":1,").contains("\"exit\":0").endsWith("}}\n");
  }

  @Test
  void whatCannotBeLookedAtIsSaid() throws IOException {
    assertThat(check("nowhere.eml")).isEqualTo(2);
    assertThat(typed.err()).contains("ehlo check: there is no file nowhere.eml");
    assertThat(check(folder.toString())).isEqualTo(2);
    assertThat(typed.err()).contains("cannot be read");
    Path text = Files.writeString(folder.resolve("x.txt"), "hello\n");
    assertThat(check(text.toString())).isEqualTo(52);
    assertThat(typed.err())
        .contains("x.txt is no mail: it begins with no header field", "\"hello\"");
    assertThat(check(GOOD.toString(), "--only", "cert")).isEqualTo(2);
    assertThat(typed.err()).contains("there is no check cert of a mail: name, reply-to,");
    assertThat(typed.out()).isEmpty();
  }

  @Test
  void aFileThatIsFarTooLargeIsNotReadToItsEnd() throws IOException {
    Path large = folder.resolve("large.eml");
    Files.write(large, new byte[(64 << 20) + 1]);
    assertThat(check(large.toString())).isEqualTo(52);
    assertThat(typed.err()).contains("more than 64 MiB");
  }

  private int check(String file, String... options) {
    String[] line = new String[3 + options.length];
    line[0] = "check";
    line[1] = "--from-mail";
    line[2] = file;
    System.arraycopy(options, 0, line, 3, options.length);
    Surroundings surroundings =
        new Surroundings(Map.of(), folder, folder.resolve("system.toml"), () -> "mx.example.org");
    return Main.run(typed.streams(), surroundings, line);
  }
}
