package me.ehlo.dns;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** dnsjava offers to look up all names of the JDK; it must do so only when it is asked to. */
class NamesOfTheJdkTest {

  /** A process that looks up one name. */
  static final class Lookup {
    private Lookup() {}

    static void main() throws IOException {
      System.out.println(InetAddress.getByName("localhost").isLoopbackAddress());
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void areLookedUpByDnsjavaOnlyWhenItIsEnabled(boolean enabled) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xlog:class+load:stdout",
                "-Dorg.dnsjava.spi.enable=" + enabled,
                "-cp",
                System.getProperty("java.class.path"),
                Lookup.class.getName())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    assertThat(output.lines()).contains("true");
    assertThat(output.contains("org.xbill.DNS.spi.DnsjavaInetAddressResolver ")).isEqualTo(enabled);
  }
}
