package me.ehlo.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import me.ehlo.mail.Domain;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The keys that say who may send to other sites, how mail leaves, and when. */
class LeavingKeysTest {
  @TempDir Path folder;

  @Test
  void aFileSaysHowMailLeaves() throws Exception {
    Files.writeString(folder.resolve("secret"), "pass word\n");
    Config config =
        load(
            """
            [policy]
            relay-networks = ["192.0.2.0/24", "2001:db8::7"]
            sender-domain = "must-exist"
            sender = "ours"
            pop-before-smtp = "20m"

            [relay]
            smart-host = "mail.example.net:587"
            user = "ann"
            password-file = "secret"
            tls = "require"
            port = 2525
            connections = 10
            per-destination = 2

            [relay.routes]
            Example.org = "192.0.2.9"
            "*.example.org" = "[2001:db8::9]:2525 tls=verify"
            "b\\u00fccher.example" = "mx"

            [queue]
            deliver = "30m"
            etrn-from = []
            double-bounce-to = "ann@example.net"
            retry = ["1m", "1h"]
            expire = "2d"
            warn = "off"

            [smtp]
            duplicate-window = "off"

            [dns]
            servers = ["192.0.2.53", "127.0.0.1:5353", "[::1]:53", "2001:db8::53"]
            """);
    assertThat(config.policy())
        .hasToString(
            "Policy[relayNetworks=[192.0.2.0/24, 2001:db8:0:0:0:0:0:7], senderDomain=MUST_EXIST,"
                + " sender=OURS, submitUsers=Optional.empty, popBeforeSmtp=Optional[PT20M],"
                + " cleartextPasswords=LOOPBACK, scram=false, greylisting=Optional.empty,"
                + " dnsbl=[]]");
    assertThat(config.relay())
        .isEqualTo(
            new Config.Relay(
                Optional.of(new Endpoint("mail.example.net", 587)),
                Optional.of(new Config.Login("ann", "pass word")),
                Config.RelayTls.REQUIRE,
                List.of(
                    route("example.org", false, new Endpoint("192.0.2.9", 25)),
                    new Route(
                        Domain.ofAscii("example.org"),
                        true,
                        Optional.of(new Endpoint("2001:db8::9", 2525)),
                        Optional.of(Config.RelayTls.VERIFY)),
                    new Route(
                        Domain.ofAscii("xn--bcher-kva.example"),
                        false,
                        Optional.empty(),
                        Optional.empty())),
                2525,
                10,
                2));
    assertThat(config.queue())
        .hasToString(
            "Queue[deliverEvery=Optional[PT30M], etrnFrom=[],"
                + " doubleBounceTo=Optional[ann@example.net], retry=[PT1M, PT1H], expire=PT48H,"
                + " warn=Optional.empty]");
    assertThat(config.smtp().duplicateWindow()).isEmpty();
    assertThat(config.dns().servers())
        .containsExactly(
            new Endpoint("192.0.2.53", 53),
            new Endpoint("127.0.0.1", 5353),
            new Endpoint("::1", 53),
            new Endpoint("2001:db8::53", 53));
    assertThat(config.toString()).contains("ann").doesNotContain("pass word");
  }

  @Test
  void oneRouteCanBeAddedOrReplacedAndAllOfThemToo() throws Exception {
    String file = "[relay.routes]\n\"a.example\" = \"h1\"\nb.example = \"h2\"\n";
    assertThat(routes(file, Map.of(), "relay.routes.b.example=h3:26", "relay.routes.C.example=mx"))
        .containsExactly(
            route("a.example", false, new Endpoint("h1", 25)),
            route("b.example", false, new Endpoint("h3", 26)),
            new Route(Domain.ofAscii("c.example"), false, Optional.empty(), Optional.empty()));
    assertThat(routes(file, Map.of("EHLO_RELAY_ROUTES", "*.d.example=h4,e.example=h5:2525")))
        .containsExactly(
            route("d.example", true, new Endpoint("h4", 25)),
            route("e.example", false, new Endpoint("h5", 2525)));
    assertThat(routes(file, Map.of(), "relay.routes=")).isEmpty();
    assertThat(routes("relay.routes = {}", Map.of())).isEmpty();
  }

  @Test
  void whatIsShownIsAFileThatSaysTheSame() throws Exception {
    Files.writeString(folder.resolve("secret"), "s3cret");
    String first =
        configuration(
                "[relay.routes]\nb.example = \"h2\"",
                Map.of(),
                "relay.routes.*.example.org=[::1]:25 tls=verify",
                "policy.relay-networks=10.0.0.0/8,::1",
                "relay.smart-host=h",
                "relay.user=ann",
                "relay.password-file=secret")
            .show();
    assertThat(first)
        .contains(
            "relay.routes = {\"b.example\" = \"h2\", \"*.example.org\" = \"[::1]:25 tls=verify\"}  #"
                + " --set relay.routes.*.example.org: other ways")
        .contains("queue.etrn-from = [\"127.0.0.0/8\", \"::1\"]")
        .contains("queue.deliver = \"at once\"")
        .contains("relay.password-file = \"secret\"")
        .doesNotContain("s3cret");
    assertThat(load(first)).isEqualTo(configuration("", Map.of(), again()).config());
  }

  private static String[] again() {
    return new String[] {
      "relay.routes=b.example=h2,*.example.org=[::1]:25 tls=verify",
      "policy.relay-networks=10.0.0.0/8,::1",
      "relay.smart-host=h:25",
      "relay.user=ann",
      "relay.password-file=secret"
    };
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          policy.relay-networks = ["10.0.0.0/8", "lan"] | policy.relay-networks: "lan" cannot stand here, it is no IP address or network: write 192.0.2.7, 192.0.2.0/24 or 2001:db8::/32
          policy.relay-networks = "10.1.0.0/8"          | policy.relay-networks: "10.1.0.0/8" cannot stand here, it has bits behind its prefix: write 10.0.0.0/8
          policy.sender-domain = "exists"               | policy.sender-domain: "exists" is not any or must-exist
          policy.sender = "mine"                        | policy.sender: "mine" is not any or ours
          policy.pop-before-smtp = "yes"                | policy.pop-before-smtp: "yes" is no duration: write a number and its unit, "30s", "5m" or "1h", or "off"
          relay.smart-host = "a b"                      | relay.smart-host: "a b" is no server: write mail.example.net, mail.example.net:587 or [2001:db8::1]:25
          relay.smart-host = "a:0"                      | relay.smart-host: "a:0": a port is 1 to 65535
          relay.smart-host = "a:65536"                  | relay.smart-host: "a:65536": a port is 1 to 65535
          relay.smart-host = "[12::"                    | relay.smart-host: "[12::" is no server: write mail.example.net, mail.example.net:587 or [2001:db8::1]:25
          relay.smart-host = "[1:2]:25"                 | relay.smart-host: "1:2" is no IPv6 address: write mail.example.net, mail.example.net:587 or [2001:db8::1]:25
          relay.tls = "yes"                             | relay.tls: "yes" is not opportunistic or require or verify
          relay.routes = "a.example"                    | relay.routes: "a.example" is no entry: write NAME=VALUE
          relay.routes = { "a..b" = "h" }               | relay.routes: "a..b" is no domain name: the domain has two dots in a row or begins with one
          relay.routes = { "*" = "h" }                  | relay.routes: "*" is no domain name: a domain has letters, digits, hyphens and dots only
          relay.routes = { "a.b" = "" }                 | relay.routes: "" is no route: write a server, such as mail.example.net:25, or mx for what the DNS says; tls=require or tls=verify may follow
          relay.routes = { "a.b" = "h verify" }         | relay.routes: "h verify" is no route: write a server, such as mail.example.net:25, or mx for what the DNS says; tls=require or tls=verify may follow
          relay.routes = { "a.b" = "h tls=yes" }        | relay.routes: "yes" is not opportunistic or require or verify
          relay.routes = { "a.b" = 25 }                 | relay.routes.a.b takes a text in quotes
          relay.port = 0                                | relay.port: "0" is out of range: 1 to 65535
          relay.user = "ann"                            | relay.user needs relay.password-file beside it
          relay.password-file = "none"                  | relay.password-file: there is no file FOLDER/none
          relay.password-file = "."                     | relay.password-file: FOLDER cannot be read: Is a directory
          queue.deliver = "often"                       | queue.deliver: "often" is no duration: write a number and its unit, "30s", "5m" or "1h", or "at once"
          queue.retry = []                              | queue.retry: this needs at least one duration; the last is repeated
          queue.retry = ["5m", "x"]                     | queue.retry: "x" is no duration: write a number and its unit, "30s", "5m" or "1h"
          queue.retry = "10ms"                          | queue.retry: "10ms" is out of range: 100ms to 7d
          queue.expire = "off"                          | queue.expire: "off" is no duration: write a number and its unit, "30s", "5m" or "1h"
          queue.double-bounce-to = "ann"                | queue.double-bounce-to: "ann" is no address: an address has an @ between the name and the domain
          dns.servers = "ns.example"                    | dns.servers: "ns.example": a server of the DNS is given by its address, such as 192.0.2.53
          dns.servers = "::1:x"                         | dns.servers: "::1:x" is no server: write an address, such as 192.0.2.53, 127.0.0.1:5353 or [::1]:53
          """)
  void eachMistakeHasItsSentence(String line, String sentence) {
    assertThat(mistakes(line))
        .hasSize(1)
        .allSatisfy(mistake ->
            assertThat(mistake).endsWith(": " + sentence.replace("FOLDER", folder.toString())));
  }

  @Test
  void aPasswordNeedsSomebodyToSayItTo() throws IOException {
    Files.writeString(folder.resolve("secret"), "s3cret");
    assertThat(mistakes("relay.user = \"ann\"\nrelay.password-file = \"secret\""))
        .containsExactly("ehlo.toml:1:1: relay.user is for relay.smart-host, which nobody has set");
    assertThat(mistakes("relay.password-file = \"secret\""))
        .containsExactly("ehlo.toml:1:1: relay.password-file needs relay.user beside it");
    Files.writeString(folder.resolve("secret"), "\n");
    assertThat(mistakes("relay.password-file = \"secret\""))
        .containsExactly(
            "ehlo.toml:1:1: relay.password-file: the first line of "
                + folder.resolve("secret")
                + " should be the password; it is empty");
  }

  private static Route route(String domain, boolean subdomains, Endpoint server) {
    return new Route(Domain.ofAscii(domain), subdomains, Optional.of(server), Optional.empty());
  }

  private List<Route> routes(String file, Map<String, String> environment, String... set)
      throws Exception {
    return configuration(file, environment, set).config().relay().routes();
  }

  private Config load(String file) throws Exception {
    return configuration(file, Map.of()).config();
  }

  private List<String> mistakes(String file) {
    Misconfigured e =
        catchThrowableOfType(Misconfigured.class, () -> configuration(file, Map.of()));
    return e.mistakes().stream()
        .map(mistake -> mistake.toString().replace(folder + "/ehlo.toml", "ehlo.toml"))
        .toList();
  }

  private Configuration configuration(String file, Map<String, String> environment, String... set)
      throws Misconfigured, IOException {
    Files.writeString(folder.resolve("ehlo.toml"), file);
    return Configuration.load(
        new Flags(Optional.empty(), Optional.empty(), List.of(set)),
        new Surroundings(
            environment, folder, folder.resolve("system.toml"), () -> "mx.example.org"));
  }
}
