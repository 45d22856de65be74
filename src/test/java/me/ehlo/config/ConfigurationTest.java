package me.ehlo.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import me.ehlo.lines.ContentLimits;
import me.ehlo.mail.Domain;
import me.ehlo.mail.Network;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigurationTest {
  @TempDir Path folder;

  @Test
  void defaultsAreThoseOfTheInterface() throws Misconfigured {
    assertThat(load(Map.of()).config())
        .isEqualTo(
            new Config(
                Domain.ofAscii("mx.example.org"),
                List.of(Domain.ofAscii("mx.example.org"), Domain.ofAscii("localhost")),
                folder.resolve("data"),
                new Config.Store(""),
                new Config.Listen(
                    List.of(new Endpoint("127.0.0.1", 2525)),
                    List.of(new Endpoint("127.0.0.1", 2587)),
                    List.of(new Endpoint("127.0.0.1", 2465)),
                    List.of(new Endpoint("127.0.0.1", 2110)),
                    List.of(new Endpoint("127.0.0.1", 2995)),
                    Optional.of(folder.resolve("data/submit.sock")),
                    List.of()),
                new Config.Tls(List.of(), List.of()),
                new Config.Smtp(
                    35_651_584,
                    1000,
                    false,
                    Duration.ZERO,
                    Optional.of(Duration.ofMinutes(10)),
                    List.of()),
                new Config.Policy(
                    List.of(),
                    Config.SenderDomain.ANY,
                    Config.SenderAddress.ANY,
                    Optional.empty(),
                    Optional.empty(),
                    Config.CleartextPasswords.LOOPBACK,
                    false,
                    Optional.empty(),
                    List.of()),
                new Config.Relay(
                    Optional.empty(),
                    Optional.empty(),
                    Config.RelayTls.OPPORTUNISTIC,
                    List.of(),
                    25,
                    200,
                    20),
                new Config.Queue(
                    Optional.empty(),
                    Network.LOOPBACK,
                    Optional.empty(),
                    Stream.of(5, 15, 30, 60, 120, 240).map(Duration::ofMinutes).toList(),
                    Duration.ofDays(5),
                    Optional.of(Duration.ofHours(4))),
                new Config.Dns(List.of()),
                new Config.Limits(
                    new Config.Limits.Connections(20_000, 50, 500),
                    600,
                    1200,
                    2000,
                    20,
                    100,
                    new Config.Limits.Guessing(10, Duration.ofMinutes(15), Duration.ofSeconds(2)),
                    false,
                    new Config.Limits.Times(
                        Duration.ofMinutes(5),
                        Duration.ofMinutes(3),
                        Duration.ofHours(1),
                        500,
                        Duration.ofSeconds(30),
                        Duration.ofMinutes(10)),
                    new ContentLimits(1024 * 1024, 5000, 100, 10_000),
                    0)));
  }

  @Test
  void flagsBeatTheEnvironmentWhichBeatsTheFile() throws Exception {
    file("smtp.size-max = 100000\nsmtp.recipients-max = 200\nlimits.errors = 7\n");
    Config config =
        load(
                Map.of("EHLO_SMTP_SIZE_MAX", "200000", "EHLO_SMTP_RECIPIENTS_MAX", "300"),
                "smtp.size-max=300000")
            .config();
    assertThat(config.smtp().sizeMaxOctets()).isEqualTo(300_000);
    assertThat(config.smtp().recipientsMax()).isEqualTo(300);
    assertThat(config.limits().errors()).isEqualTo(7);
  }

  @Test
  void aFileSaysEverythingInItsOwnWay() throws Exception {
    file(
        """
        hostname = "Mail.Example.net"
        domains = ["example.net", "localhost"]
        data = "mail"
        store.url = "postgresql://ehlo:s3cret@db_1:5432/mail"

        [listen]
        smtp = ["[::1]:2525", "0.0.0.0:25"]
        pop3 = []

        [smtp]
        size-max = "34 MiB"
        strict = true
        greet-pause = "1s500ms"
        """);
    Config config = load(Map.of()).config();
    assertThat(config.hostname().ascii()).isEqualTo("mail.example.net");
    assertThat(config.domains()).hasSize(2);
    assertThat(config.data()).isEqualTo(folder.resolve("mail"));
    assertThat(config.store().embedded()).isFalse();
    assertThat(config.listen().smtp())
        .containsExactly(new Endpoint("::1", 2525), new Endpoint("0.0.0.0", 25));
    assertThat(config.listen().pop3()).isEmpty();
    assertThat(config.smtp().sizeMaxOctets()).isEqualTo(34L * 1024 * 1024);
    assertThat(config.smtp().strict()).isTrue();
    assertThat(config.smtp().greetPause()).isEqualTo(Duration.ofMillis(1500));
    assertThat(config.toString()).doesNotContain("s3cret").contains("ehlo:***@db_1");
  }

  @Test
  void everyMistakeIsListedAtOnce() throws IOException {
    file("hostname = mail\n[smtp]\nsizemax = 5\nstrict = \"maybe\"\n");
    assertThat(mistakes(Map.of("EHLO_LIMITS_ERROR", "3"), "listen.smtp=2525", "nonsense"))
        .containsExactly(
            "ehlo.toml:1:12: Unexpected 'm', expected a value (a text stands in quotes, such as"
                + " \"5m\")",
            "ehlo.toml:3:1: unknown key smtp.sizemax; did you mean smtp.size-max?",
            "ehlo.toml:4:1: smtp.strict: \"maybe\" is neither true nor false",
            "EHLO_LIMITS_ERROR: unknown variable; did you mean EHLO_LIMITS_ERRORS?",
            "--set: write KEY=VALUE, such as --set smtp.strict=true",
            "--set listen.smtp: listen.smtp: \"2525\" is no address to listen on: write"
                + " 127.0.0.1:2525 for this machine only, or 0.0.0.0:2525 for all");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          limits.timeout = 5               | 1:1: unknown key limits.timeout
          size-max = 5                     | 1:1: unknown key size-max; did you mean smtp.size-max?
          smtp.size_max = 5                | 1:1: unknown key smtp.size_max; did you mean smtp.size-max?
          Hostname = "a.example"           | 1:1: unknown key Hostname; did you mean hostname?
          hostname.name = "a.example"      | 1:1: unknown key hostname.name; did you mean hostname?
          smtp = 5                         | 1:1: smtp is a section; its keys are smtp.size-max, smtp.recipients-max, smtp.strict, smtp.greet-pause, smtp.duplicate-window, smtp.xclient-from
          [hostname]                       | 1:1: hostname is a key, not a section
          [smpt]                           | 1:1: unknown key smpt
          trace.keep = "x"                 | 1:1: trace.keep is not yet in this version
          hostname = "no good"             | 1:1: hostname: "no good" is no domain name: a domain has letters, digits, hyphens and dots only
          hostname = ["a", "b"]            | 1:1: hostname takes one value, not a list
          domains = []                     | 1:1: domains: a mail server needs at least one domain that is its own
          domains = ["a.b", "A.B"]         | 1:1: domains: "A.B" is there twice
          domains = [1]                    | 1:1: domains takes a list of texts in quotes
          data = ""                        | 1:1: data: this needs the name of a folder
          store.url = "mysql://u:p@h/d"    | 1:1: store.url: this is no database that Ehlo knows: write postgresql://user:password@host/db (special characters of the password percent-encoded), or nothing for SQLite
          listen.smtp = "host"             | 1:1: listen.smtp: "host" is no address to listen on: write host:port, such as 127.0.0.1:2525 or [::1]:2525
          listen.smtp = "::1:25"           | 1:1: listen.smtp: "::1:25" is no address to listen on: write host:port, such as 127.0.0.1:2525 or [::1]:2525
          listen.smtp = "a:66000"          | 1:1: listen.smtp: "a:66000": a port is at most 65535
          listen.smtp = "a:1,a:1"          | 1:1: listen.smtp: "a:1" is there twice
          smtp.size-max = "34 pounds"      | 1:1: smtp.size-max: "34 pounds" is no size: write octets or a unit, 35651584 or "34 MiB"
          smtp.size-max = 1.5              | 1:1: smtp.size-max: "1.5" is no size: write octets or a unit, 35651584 or "34 MiB"
          smtp.size-max = 1000             | 1:1: smtp.size-max: "1000" is out of range: 65536 to 2147483647 octets
          smtp.recipients-max = 5          | 1:1: smtp.recipients-max: "5" is out of range: 100 to 100000
          limits.errors = "many"           | 1:1: limits.errors: "many" is no number: write digits only
          limits.command-timeout = 5       | 1:1: limits.command-timeout: "5" is no duration: write a number and its unit, "30s", "5m" or "1h"
          limits.command-timeout = "0s"    | 1:1: limits.command-timeout: "0s" is out of range: 1s to 1d
          policy.cleartext-passwords = "x" | 1:1: policy.cleartext-passwords: "x" is not loopback or never
          smtp.strict = True               | 1:15: Unexpected 'T', expected a value (a text stands in quotes, such as "5m")
          limits.data-timeout = 5m         | 1:24: Unexpected 'm', expected a newline or end-of-input (a text stands in quotes, such as "5m")
          """)
  void eachMistakeHasItsPlaceAndItsSentence(String line, String mistake) throws IOException {
    file(line);
    assertThat(mistakes(Map.of())).containsExactly("ehlo.toml:" + mistake);
  }

  @Test
  void aMistakeThatIsOverriddenIsStillOne() throws IOException {
    file("limits.errors = \"x\"");
    assertThat(mistakes(Map.of(), "limits.errors=5")).hasSize(1);
  }

  @Test
  void aFileThatIsNotThereOrNotTextIsOneMistake() throws IOException {
    assertThat(mistakes(new Flags(Optional.of(Path.of("other.toml")), Optional.empty(), List.of())))
        .containsExactly("other.toml: no such file");
    Files.write(folder.resolve("ehlo.toml"), new byte[] {'a', (byte) 0xff});
    assertThat(mistakes(Map.of())).containsExactly("ehlo.toml: the file is not UTF-8 text");
  }

  @Test
  void theFileIsLookedForInOrder() throws Exception {
    Path system = Files.writeString(folder.resolve("system.toml"), "limits.errors = 3");
    assertThat(load(Map.of()).config().limits().errors()).isEqualTo(3);
    Path personal = folder.resolve("xdg/ehlo/ehlo.toml");
    Files.createDirectories(personal.getParent());
    Files.writeString(personal, "limits.errors = 4");
    Map<String, String> xdg = Map.of("XDG_CONFIG_HOME", folder.resolve("xdg").toString());
    assertThat(load(xdg).config().limits().errors()).isEqualTo(4);
    file("limits.errors = 5");
    assertThat(load(xdg).config().limits().errors()).isEqualTo(5);
    Flags flags = new Flags(Optional.of(system), Optional.empty(), List.of());
    assertThat(Configuration.load(flags, surroundings(xdg)).config().limits().errors())
        .isEqualTo(3);
  }

  @Test
  void variablesThatAContainerPlatformSetsAreNotKeys() throws Misconfigured {
    load(Map.of("EHLO_SERVICE_HOST", "10.0.0.1", "EHLO_PORT_25_TCP", "x", "EHLO_DEBUG", "1"));
    assertThat(mistakes(Map.of("EHLO_TRACE_KEEP", "x")))
        .containsExactly("EHLO_TRACE_KEEP: not yet in this version");
  }

  @Test
  void whatIsShownIsAFileThatSaysTheSame() throws Exception {
    Map<String, String> environment =
        Map.of(
            "EHLO_LISTEN_POP3", "", "EHLO_STORE_URL", "postgresql://u:pa%40ss@h/d?sslpassword=x");
    Configuration first = load(environment, "smtp.size-max=1m", "hostname=a.example");
    assertThat(first.show())
        .contains("listen.pop3 = []")
        .contains("# EHLO_LISTEN_POP3: where users fetch their mail")
        .contains("smtp.size-max = \"1m\" ")
        .contains("# --set smtp.size-max: the largest mail")
        .contains("smtp.strict = false ")
        .contains("# default: refuse what people type")
        .contains("store.url = \"postgresql://u:***@h/d?sslpassword=***\"")
        .doesNotContain("pa%40ss");
    file(first.show());
    // The password was not shown, so the file cannot say it.
    Config second = load(Map.of("EHLO_STORE_URL", "")).config();
    assertThat(second.smtp()).isEqualTo(first.config().smtp());
    assertThat(second.listen()).isEqualTo(first.config().listen());
    assertThat(second.domains()).isEqualTo(first.config().domains());
  }

  private void file(String text) throws IOException {
    Files.writeString(folder.resolve("ehlo.toml"), text);
  }

  private Configuration load(Map<String, String> environment, String... set) throws Misconfigured {
    return Configuration.load(set(set), surroundings(environment));
  }

  private List<String> mistakes(Map<String, String> environment, String... set) {
    return mistakes(set(set), environment);
  }

  private List<String> mistakes(Flags flags) {
    return mistakes(flags, Map.of());
  }

  private List<String> mistakes(Flags flags, Map<String, String> environment) {
    Misconfigured e =
        catchThrowableOfType(
            Misconfigured.class, () -> Configuration.load(flags, surroundings(environment)));
    return e.mistakes().stream().map(m -> m.toString().replace(folder + "/", "")).toList();
  }

  private static Flags set(String... set) {
    return new Flags(Optional.empty(), Optional.empty(), List.of(set));
  }

  private Surroundings surroundings(Map<String, String> environment) {
    return new Surroundings(
        environment, folder, folder.resolve("system.toml"), () -> "mx.example.org");
  }
}
