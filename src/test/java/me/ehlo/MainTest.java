package me.ehlo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import me.ehlo.call.ScriptedServer;
import me.ehlo.config.Surroundings;
import me.ehlo.control.Typed;
import me.ehlo.net.Authority;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {
  @TempDir Path folder;

  private final Typed typed = Typed.input("");

  @Test
  void aBareEhloSaysWhatPeopleComeFor() {
    assertThat(ehlo()).isZero();
    assertThat(typed.out()).contains("ehlo serve", "ehlo user add ann@localhost", "ehlo talk");
    assertThat(typed.out().lines()).hasSizeLessThan(12);
  }

  @ParameterizedTest
  @ValueSource(strings = {"--help", "-h", "help"})
  void helpListsTheCommands(String word) {
    assertThat(ehlo(word)).isZero();
    assertThat(typed.out())
        .contains("serve", "user", "alias", "config", "verify", "backup", "completion");
    assertThat(typed.err()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          help serve          | Usage: ehlo serve
          serve --help        | Usage: ehlo serve
          help user add       | Usage: ehlo user add
          help user app-password add | Usage: ehlo user app-password add
          user app-password -h       | ehlo user app-password remove ann@localhost phone
          user add -h         | Usage: ehlo user add
          help config         | EHLO_SMTP_SIZE_MAX
          --version           | ehlo
          -V --no-color       | ehlo
          """)
  void everythingIsExplained(String line, String said) {
    assertThat(ehlo(line.split(" "))).isZero();
    assertThat(typed.out()).contains(said);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          srve                     | ehlo: there is no command srve; did you mean serve?
          usr add                  | ehlo: there is no command usr; did you mean user?
          banana                   | ehlo: there is no command banana
          trace x                  | ehlo: trace is not yet in this version
          help srve                | ehlo: there is no command srve; did you mean serve?
          user ad                  | ehlo user: there is no command ad; did you mean add?
          user app-pasword list    | ehlo user: there is no command app-pasword; did you mean app-password?
          user app-password add a@b | ehlo user app-password add: missing required parameter: 'NAME'
          user                     | ehlo user: missing required subcommand
          serve --dat x            | ehlo serve: there is no option --dat; did you mean --data?
          serve now                | ehlo serve: "now" is one word too many
          user add                 | ehlo user add: missing required parameter: 'ADDRESS'
          alias add sales@x        | ehlo alias add: missing required parameter: 'TARGET'
          check                    | ehlo check: what is to be checked? Name a domain, or say --port25, --self or --from-mail FILE
          check a.test --port25    | ehlo check: a domain, --port25, --self and --from-mail exclude each other
          check --self --from-mail x | ehlo check: a domain, --port25, --self and --from-mail exclude each other
          check --from-mail x --probe | ehlo check: --probe belongs to --port25
          check a.test --probe     | ehlo check: --probe belongs to --port25
          check a.test --timeout x | ehlo check: invalid value for option '--timeout': "x" is no time: write 90m, 2h or 3d
          user quota ann@x lots    | ehlo user quota: invalid value for positional parameter at index 1 (SIZE): "lots" is no size: write 500m or 1g
          """)
  void aMistakeIsNamedAndExitsWith2(String line, String said) {
    assertThat(ehlo(line.split(" "))).isEqualTo(2);
    assertThat(typed.err().lines().toList()).hasSize(2).first().isEqualTo(said);
    assertThat(typed.err().lines().toList().getLast()).startsWith("See: ehlo help");
    assertThat(typed.out()).isEmpty();
  }

  @Test
  void aWrongConfigurationStopsEveryCommandWithAllItsMistakes() throws Exception {
    Files.writeString(folder.resolve("ehlo.toml"), "smtp.sizemax = 1\nlimits.errors = 0\n");
    for (String command : new String[] {"config check", "config show", "serve", "user list"}) {
      Typed here = Typed.input("");
      assertThat(Main.run(here.streams(), surroundings(Map.of()), command.split(" "))).isEqualTo(2);
      assertThat(here.err().lines().toList()).hasSize(2);
      assertThat(here.err()).contains("ehlo.toml:1:1: unknown key smtp.sizemax");
      assertThat(here.out()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          check a..test                      | ehlo check: the domain: the domain has two dots in a row or begins with one
          check a.test --rcpt bob            | ehlo check: --rcpt bob:
          check a.test --own here            | ehlo check: --own here: it is no IP address
          check a.test --only certt          | ehlo check: there is no check certt: mx, target, connect, relay,
          """)
  void whatCannotBeCheckedIsSaidBeforeAnybodyIsCalled(String line, String said) {
    assertThat(ehlo(line.split(" "))).isEqualTo(2);
    assertThat(typed.err().lines().toList()).hasSize(1).first().asString().startsWith(said);
    assertThat(typed.out()).isEmpty();
  }

  @Test
  void withoutProbeTheWayOutIsLookedAtFromHereOnly() {
    assertThat(ehlo("check", "--port25", "--json")).isIn(0, 52); // 0: a machine without any network
    assertThat(typed.out())
        .startsWith("{\"v\":1,\"subject\":\"port 25\",")
        .contains("\"hosts\":[]");
    assertThat(typed.err()).isEmpty();
  }

  @Test
  void checkTrustsTheAuthoritiesThatItIsGiven() throws Exception {
    Authority authority = new Authority();
    Authority.Issued issued = authority.issue("mx.test").write(folder, "mx");
    try (ScriptedServer server =
        new ScriptedServer().withTls(authority.showing(issued)).offers("STARTTLS")) {
      ehlo(
          "check",
          "--self",
          "--json",
          "--set",
          "hostname=mx.test",
          "--set",
          "dns.servers=127.0.0.1:9",
          "--set",
          "listen.smtp=127.0.0.1:" + server.port(),
          "--ca",
          folder.resolve("mx.pem").toString());
      assertThat(typed.out())
          .contains("\"check\":\"cert\",\"result\":\"ok\"")
          .doesNotContain("UNKNOWN CA");
    }
    assertThat(ehlo("check", "example.org", "--ca", "pom.xml")).isEqualTo(2);
    assertThat(typed.err())
        .startsWith("ehlo check: --ca: pom.xml holds no certificate in PEM form");
  }

  @Test
  void configSaysWhatIsSet() {
    assertThat(ehlo("config", "check")).isZero();
    assertThat(ehlo("config", "show", "--set", "limits.errors=7", "--data", "there")).isZero();
    assertThat(typed.out()).contains("limits.errors = 7", "data = \"there\"", "# --data");
  }

  @Test
  void aCertificateThatCannotBeServedIsAMistakeOfTheConfiguration() throws Exception {
    Files.writeString(
        folder.resolve("ehlo.toml"),
        "tls.certificate = [\"mx.pem\", \"none.pem\"]\ntls.key = \"mx.key\"\n");
    Authority authority = new Authority();
    authority.issueFor(Duration.ofDays(-1), "mx.test").write(folder, "mx");
    Files.setPosixFilePermissions(
        folder.resolve("mx.key"), PosixFilePermissions.fromString("rw-------"));
    assertThat(ehlo("config", "check")).isEqualTo(2);
    assertThat(typed.err().lines())
        .containsExactly(
            "tls.certificate, tls.key: there is no file " + folder.resolve("none.pem"));
    Typed mended = Typed.input("");
    Files.writeString(
        folder.resolve("ehlo.toml"), "tls.certificate = \"mx.pem\"\ntls.key = \"mx.key\"\n");
    assertThat(Main.run(mended.streams(), surroundings(Map.of()), "config", "check")).isZero();
    assertThat(mended.err())
        .startsWith("Warning: the certificate in " + folder.resolve("mx.pem") + " ended");
  }

  @Test
  void aPasswordThatEverybodyMayReadIsWarnedOf() throws Exception {
    Path secret = Files.writeString(folder.resolve("secret"), "pass word\n");
    Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-r--r--"));
    String[] check = {
      "config",
      "check",
      "--set",
      "relay.smart-host=mail.example.net:587",
      "--set",
      "relay.user=ann",
      "--set",
      "relay.password-file=" + secret
    };
    assertThat(ehlo(check)).isZero();
    assertThat(typed.err())
        .isEqualTo(
            "Warning: relay.password-file: everybody on this machine may read or write %s; chmod o= %1$s\n"
                .formatted(secret));

    Typed mended = Typed.input("");
    Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-r-----"));
    assertThat(Main.run(mended.streams(), surroundings(Map.of()), check)).isZero();
    assertThat(mended.err()).isEmpty();
  }

  @Test
  void aKeyThatEverybodyMayReadIsWarnedOf() throws Exception {
    Path key = Files.writeString(folder.resolve("mx.key"), "no key yet");
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
    String[] check = {
      "config", "check", "--set", "tls.certificate=" + key, "--set", "tls.key=" + key
    };
    String warning =
        "Warning: tls.key: everybody on this machine may read or write %s; chmod o= %1$s\n"
            .formatted(key);
    ehlo(check);
    assertThat(typed.err()).startsWith(warning);

    Typed mended = Typed.input("");
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r-----"));
    Main.run(mended.streams(), surroundings(Map.of()), check);
    assertThat(mended.err()).doesNotContain("everybody on this machine");
  }

  @Test
  void keysWithoutCertificatesAreAMistake() {
    assertThat(ehlo("config", "check", "--set", "tls.key=mx.key")).isEqualTo(2);
    assertThat(typed.err()).contains("tls.key needs tls.certificate beside it");
  }

  @ParameterizedTest
  @CsvSource({"bash,complete", "zsh,bashcompinit", "fish,__fish_seen_subcommand_from user"})
  void shellsLearnTheCommands(String shell, String word) {
    assertThat(ehlo("completion", shell)).isZero();
    assertThat(typed.out()).contains(word, "password-stdin", "completion");
  }

  @Test
  void helpIsPlainWithoutATerminalAndColouredOnDemand() {
    ehlo("help", "user");
    assertThat(typed.out()).doesNotContain("\u001b[");
    ehlo("help", "user", "--color=always");
    assertThat(typed.out()).contains("\u001b[");
  }

  @Test
  void noServerAndNoStoreIsOneSentence() {
    Typed here = Typed.input("");
    Path data = folder.resolve("file");
    assertThat(data).doesNotExist();
    int code =
        Main.run(
            here.streams(), surroundings(Map.of("EHLO_DATA", "/dev/null/data")), "user", "list");
    assertThat(code).isEqualTo(1);
    assertThat(here.err().lines()).hasSize(1);
    assertThat(here.err()).startsWith("ehlo: ");
  }

  private int ehlo(String... args) {
    return Main.run(typed.streams(), surroundings(Map.of()), args);
  }

  private Surroundings surroundings(Map<String, String> environment) {
    return new Surroundings(
        environment, folder, folder.resolve("system.toml"), () -> "mx.example.org");
  }
}
