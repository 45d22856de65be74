package me.ehlo.dns;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Stream;
import me.ehlo.dns.Dns.Answer;
import me.ehlo.dns.Dns.Mx;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

class ResolverTest {
  private static final Duration LONG = Duration.ofSeconds(10);
  private static final Duration SHORT = Duration.ofMillis(300);
  private static final String MX = "example.org 300 MX 10 mx.example.org";

  @TempDir Path folder;
  private ScriptedDns server;
  private Instant now = Instant.parse("2026-11-22T10:00:00Z");

  @BeforeEach
  void start() throws IOException {
    server =
        ScriptedDns.serve(
            new Zone()
                .with(
                    """
                    example.org 300 MX 10 mx.example.org
                    mx.example.org 300 A 192.0.2.1
                    mx.example.org 300 A 192.0.2.2
                    mx.example.org 300 AAAA 2001:db8::1
                    four.example.org 300 A 192.0.2.4
                    alias.example.org 300 CNAME four.example.org
                    zero.example.org 0 A 192.0.2.5
                    1.2.0.192.in-addr.arpa 300 PTR MX.example.org
                    1.2.0.192.in-addr.arpa 300 PTR other.example.org
                    %s.ip6.arpa 300 PTR mx.example.org
                    """
                        .formatted("1" + ".0".repeat(23) + ".8.b.d.0.1.0.0.2")));
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  @Test
  void findsAddressesOfBothKinds() {
    Resolver resolver = resolver(LONG, server.address());
    assertThat(addresses(resolver, "mx.example.org"))
        .startsWith("2001:db8:0:0:0:0:0:1")
        .containsExactlyInAnyOrder("2001:db8:0:0:0:0:0:1", "192.0.2.1", "192.0.2.2");
    assertThat(addresses(resolver, "four.example.org")).containsExactly("192.0.2.4");
    assertThat(addresses(resolver, "alias.example.org")).containsExactly("192.0.2.4");
    assertThat(resolver.addresses("example.org")).isEqualTo(new Answer.None<InetAddress>());
    assertThat(resolver.addresses("no.example.org"))
        .isEqualTo(new Answer.NoSuchName<InetAddress>());
  }

  @Test
  void findsWhatADiagnosisWantsToKnow() {
    Resolver resolver = resolver(LONG, server.address());
    assertThat(resolver.ipv6("mx.example.org"))
        .isEqualTo(new Answer.Found<>(List.of(InetAddress.ofLiteral("2001:db8::1"))));
    assertThat(resolver.ipv6("four.example.org")).isEqualTo(new Answer.None<InetAddress>());
    assertThat(resolver.alias("alias.example.org"))
        .isEqualTo(new Answer.Found<>(List.of("four.example.org")));
    assertThat(resolver.alias("mx.example.org")).isEqualTo(new Answer.None<String>());
    assertThat(resolver.names(InetAddress.ofLiteral("192.0.2.1")))
        .isEqualTo(new Answer.Found<>(List.of("mx.example.org", "other.example.org")));
    assertThat(resolver.names(InetAddress.ofLiteral("2001:db8::1")))
        .isEqualTo(new Answer.Found<>(List.of("mx.example.org")));
    assertThat(resolver.names(InetAddress.ofLiteral("192.0.2.9")))
        .isEqualTo(new Answer.NoSuchName<String>());
  }

  @Test
  void oneKindOfAddressIsEnoughAndTroubleWithBothIsTrouble() {
    server.script(
        "half.example.org",
        (question, tcp) ->
            question.getQuestion().getType() == Type.AAAA
                ? Faults.says(Rcode.SERVFAIL).answer(question, tcp)
                : Faults.says(Rcode.NOERROR, "half.example.org 9 A 192.0.2.7")
                    .answer(question, tcp));
    assertThat(addresses(resolver(LONG, server.address()), "half.example.org"))
        .containsExactly("192.0.2.7");
    server.script(
        "worse.example.org",
        (question, tcp) ->
            Faults.says(
                    question.getQuestion().getType() == Type.AAAA ? Rcode.SERVFAIL : Rcode.NOERROR)
                .answer(question, tcp));
    assertThat(resolver(LONG, server.address()).addresses("worse.example.org"))
        .isInstanceOf(Answer.Trouble.class);
  }

  @Test
  void anAddressIsNoQuestion() {
    Resolver resolver = resolver(LONG, server.address());
    assertThat(resolver.addresses("192.0.2.1")).isEqualTo(new Answer.NoSuchName<InetAddress>());
    assertThat(resolver.mx("2001:db8::1")).isEqualTo(new Answer.NoSuchName<Mx>());
    assertThat(server.asked()).isEmpty();
  }

  @Test
  void anotherServerIsAskedWhenOneIsSilentBrokenOrGone() throws IOException {
    try (ScriptedDns silent = scripted(Faults.silence());
        ScriptedDns refusing = scripted(Faults.says(Rcode.REFUSED));
        ScriptedDns lost = scripted(Faults.says(Rcode.SERVFAIL))) {
      InetSocketAddress gone = gone();
      for (InetSocketAddress first : List.of(silent.address(), refusing.address(), gone)) {
        Resolver resolver =
            new Resolver(
                () -> List.of(first, lost.address(), server.address()),
                new SecureRandom(),
                () -> now,
                new Resolver.Patience(SHORT, LONG));
        assertThat(resolver.mx("example.org"))
            .isEqualTo(new Answer.Found<>(List.of(new Mx(10, "mx.example.org"))));
      }
      assertThat(refusing.asked()).isNotEmpty();
    }
  }

  @Test
  void aServerThatWasSilentIsAskedAgain() throws IOException {
    List<Integer> times = new CopyOnWriteArrayList<>();
    try (ScriptedDns forgetful =
        scripted((question, tcp) -> {
          times.add(1);
          return times.size() < 3
              ? List.of()
              : Faults.says(Rcode.NOERROR, MX).answer(question, tcp);
        })) {
      Resolver resolver =
          new Resolver(
              () -> List.of(forgetful.address()),
              new SecureRandom(),
              () -> now,
              new Resolver.Patience(SHORT, LONG));
      assertThat(resolver.mx("example.org")).isInstanceOf(Answer.Found.class);
      assertThat(times).hasSizeGreaterThanOrEqualTo(3);
    }
  }

  @Test
  void withoutServersThereIsTrouble() {
    assertThat(resolver(LONG).mx("example.org"))
        .isEqualTo(new Answer.Trouble<Mx>("no server of the DNS is known"));
  }

  @Test
  void troubleTellsWhoWasAskedWhatAndSaidWhat() {
    server.script("example.org", Faults.says(Rcode.SERVFAIL));
    assertThat(resolver(LONG, server.address()).mx("example.org"))
        .isEqualTo(
            new Answer.Trouble<Mx>("127.0.0.1, asked for MX of example.org: it says SERVFAIL"));
  }

  @Test
  void answersAreRememberedAsLongAsTheyHold() {
    Resolver resolver = resolver(LONG, server.address());
    assertThat(questionsAfter(resolver::mx, "example.org", 0)).isEqualTo(1);
    assertThat(questionsAfter(resolver::mx, "EXAMPLE.org", 299)).isZero();
    assertThat(questionsAfter(resolver::mx, "example.org", 1)).isEqualTo(1);
  }

  @Test
  void noIsRememberedAsLongAsTheZoneSays() {
    Resolver resolver = resolver(LONG, server.address());
    for (String name : List.of("no.example.org", "mx.example.org")) {
      assertThat(questionsAfter(resolver::mx, name, 0)).isEqualTo(1);
      assertThat(questionsAfter(resolver::mx, name, 59)).isZero();
      assertThat(questionsAfter(resolver::mx, name, 1)).isEqualTo(1);
    }
  }

  @Test
  void troubleAndTtlZeroAreRememberedForFiveSeconds() {
    Resolver resolver = resolver(LONG, server.address());
    server.script("example.org", Faults.says(Rcode.SERVFAIL));
    for (String name : List.of("example.org", "zero.example.org")) {
      assertThat(questionsAfter(resolver::mx, name, 0)).isEqualTo(1);
    }
    assertThat(questionsAfter(resolver::mx, "example.org", 4)).isZero();
    server.script("example.org", Faults.says(Rcode.NOERROR, MX));
    assertThat(questionsAfter(resolver::mx, "example.org", 1)).isEqualTo(1);
    assertThat(resolver.mx("example.org")).isInstanceOf(Answer.Found.class);
    assertThat(questionsAfter(resolver::addresses, "zero.example.org", 0)).isEqualTo(2);
    assertThat(questionsAfter(resolver::addresses, "zero.example.org", 4)).isZero();
    assertThat(questionsAfter(resolver::addresses, "zero.example.org", 1)).isEqualTo(1);
  }

  @Test
  void whatIsRememberedIsBounded() {
    List<Integer> asked = new ArrayList<>();
    Remembered<Integer, Integer> remembered = new Remembered<>(() -> now, 3);
    Function<Integer, Remembered.Lasting<Integer>> ask =
        key -> {
          asked.add(key);
          return new Remembered.Lasting<>(-key, LONG);
        };
    for (int key : List.of(1, 2, 3, 1, 4, 1, 2)) {
      assertThat(remembered.get(key, ask)).isEqualTo(-key);
    }
    assertThat(asked).containsExactly(1, 2, 3, 4, 2);
  }

  /** RFC 5452 §9: whoever cannot see a question has to guess the id and the port. */
  @Test
  void idsAndPortsAreHardToGuess() {
    Resolver resolver = resolver(LONG, server.address());
    for (int i = 0; i < 100; i++) {
      resolver.mx("n" + i + ".example.org");
    }
    List<ScriptedDns.Asked> asked = server.asked();
    assertThat(asked).hasSize(100);
    assertThat(asked.stream().map(ScriptedDns.Asked::id).distinct()).hasSizeGreaterThan(90);
    assertThat(asked.stream().map(ScriptedDns.Asked::port).distinct()).hasSizeGreaterThan(80);
  }

  /** Were they to hold the threads that carry them, two hundred waits would stand in line. */
  @Test
  @Timeout(20)
  void manyWaitAtOnce() throws Exception {
    try (ScriptedDns silent = scripted(Faults.silence());
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Resolver resolver = resolver(Duration.ofSeconds(1), silent.address());
      List<Future<Answer<InetAddress>>> waiting =
          Stream.iterate(0, i -> i + 1)
              .limit(200)
              .map(i -> threads.submit(() -> resolver.addresses("n" + i + ".example.org")))
              .toList();
      for (Future<Answer<InetAddress>> one : waiting) {
        assertThat(one.get()).isInstanceOf(Answer.Trouble.class);
      }
    }
  }

  @Test
  void theHostsFileComesFirstForServersOfOurOwn() throws IOException {
    Path file = folder.resolve("hosts");
    Files.writeString(file, "127.0.0.7 relay four.example.org # ours\n::7 relay\n");
    Dns hosts = new HostsFile(file, resolver(LONG, server.address()));
    assertThat(addresses(hosts, "relay")).containsExactly("0:0:0:0:0:0:0:7", "127.0.0.7");
    assertThat(addresses(hosts, "four.example.org")).containsExactly("127.0.0.7");
    assertThat(addresses(hosts, "192.0.2.9")).containsExactly("192.0.2.9");
    assertThat(addresses(hosts, "2001:db8::9")).containsExactly("2001:db8:0:0:0:0:0:9");
    assertThat(server.asked()).isEmpty();
    assertThat(addresses(hosts, "alias.example.org")).containsExactly("192.0.2.4");
    Dns without = new HostsFile(folder.resolve("none"), resolver(LONG, server.address()));
    assertThat(addresses(without, "four.example.org")).containsExactly("192.0.2.4");
  }

  private int questionsAfter(Function<String, Answer<?>> ask, String name, long seconds) {
    now = now.plusSeconds(seconds);
    int before = server.asked().size();
    assertThat(ask.apply(name)).isNotNull();
    return server.asked().size() - before;
  }

  private Resolver resolver(Duration patience, InetSocketAddress... servers) {
    return new Resolver(
        () -> List.of(servers),
        new SecureRandom(),
        () -> now,
        new Resolver.Patience(patience, patience));
  }

  private static ScriptedDns scripted(ScriptedDns.Script script) throws IOException {
    ScriptedDns server = ScriptedDns.serve(new Zone());
    Stream.concat(
            Stream.of("example.org"),
            Stream.iterate(0, i -> i + 1).limit(200).map(i -> "n" + i + ".example.org"))
        .forEach(name -> server.script(name, script));
    return server;
  }

  /** Where nobody listens. */
  private static InetSocketAddress gone() throws IOException {
    InetAddress loopback = InetAddress.ofLiteral("127.0.0.1");
    try (DatagramSocket socket = new DatagramSocket(0, loopback)) {
      return new InetSocketAddress(loopback, socket.getLocalPort());
    }
  }

  private static List<String> addresses(Dns dns, String name) {
    return dns.addresses(name) instanceof Answer.Found<InetAddress>(var found)
        ? found.stream().map(InetAddress::getHostAddress).toList()
        : List.of();
  }
}
