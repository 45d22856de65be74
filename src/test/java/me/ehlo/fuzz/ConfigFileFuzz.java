package me.ehlo.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import me.ehlo.config.Configuration;
import me.ehlo.config.Flags;
import me.ehlo.config.Misconfigured;
import me.ehlo.config.Surroundings;

/** Whatever stands in a configuration file, it is a configuration or a list of mistakes, and what is shown can be read. */
class ConfigFileFuzz {

  @FuzzTest
  void read(byte[] octets) throws IOException {
    Path folder = Files.createTempDirectory("ehlo-fuzz");
    Path file = folder.resolve("ehlo.toml");
    try {
      Files.write(file, octets);
      String shown = shown(folder, file);
      if (!shown.isEmpty()) {
        Files.writeString(file, shown);
        assertThat(shown(folder, file)).as("what `config show` says, read as a file").isNotEmpty();
      }
    } finally {
      Files.deleteIfExists(file);
      Files.delete(folder);
    }
  }

  /** What the configuration is, or nothing if the file has mistakes. */
  private static String shown(Path folder, Path file) {
    Surroundings alone =
        new Surroundings(Map.of(), folder, folder.resolve("none.toml"), () -> "localhost");
    try {
      Flags flags = new Flags(Optional.of(file), Optional.empty(), List.of());
      return Configuration.load(flags, alone).show();
    } catch (Misconfigured e) {
      assertThat(e.getMessage()).isNotBlank();
      return "";
    }
  }
}
