package me.ehlo.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import me.ehlo.call.Reach;
import me.ehlo.check.ScriptedHost.Manners;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class OutgoingTest {
  private static final Duration LONG = Duration.ofSeconds(10);
  private static final Reach SILENT = new Reach.NoAnswer(LONG);
  private static final Reach REFUSED = new Reach.Refused();
  private static final Reach CONNECTED = new Reach.Connected(Duration.ofMillis(20));

  /** What ports 25 and 587 of three hosts do, whether a control answers, and what follows. */
  static Stream<Arguments> ways() {
    return Stream.of(
        Arguments.of(SILENT, CONNECTED, false, Result.FAIL, "filtered"),
        Arguments.of(SILENT, REFUSED, false, Result.FAIL, "filtered"),
        Arguments.of(SILENT, SILENT, true, Result.FAIL, "filtered"),
        Arguments.of(SILENT, SILENT, false, Result.UNKNOWN, "no way out at all"),
        Arguments.of(REFUSED, CONNECTED, false, Result.FAIL, "rejected"),
        Arguments.of(REFUSED, REFUSED, false, Result.UNKNOWN, "no way out at all"),
        Arguments.of(CONNECTED, SILENT, false, Result.FAIL, "resets them"),
        Arguments.of(new Reach.NoRoute(), SILENT, false, Result.SKIP, "no way out by IPv4"));
  }

  @ParameterizedTest
  @MethodSource("ways")
  void silenceRefusalAndNoWayAreToldApart(
      Reach smtp, Reach other, boolean control, Result result, String said) {
    List<Visited> visits =
        Stream.of("5.0.0.1", "5.0.0.2", "5.0.0.3").map(it -> visited(it, smtp, other)).toList();
    Finding finding = new Outgoing("IPv4", visits, control).finding();
    assertThat(finding.result()).isEqualTo(result);
    assertThat(finding.saw()).contains(said);
  }

  @Test
  void whatIsChangedOnTheWayIsSeen() throws IOException {
    Manners one = World.healthy().name("one.test");
    Manners two = World.healthy().name("two.test");
    assertThat(told(one, two)).startsWith("OK: Outgoing port 25 is open: 2 of 2 greet, intact");
    assertThat(told(one, one)).startsWith("FAIL: Port 25 of every host is answered by the same");
    Manners masked = one.greeting("220 ****************\r\n");
    assertThat(told(masked, masked))
        .startsWith("FAIL: Port 25 is open, and the greeting is REWRITTEN");
    List<String> none = List.of("SIZE 1000");
    assertThat(told(one.offers(none), two.offers(none)))
        .startsWith("FAIL: Port 25 is open, and no host offers STARTTLS");
    assertThat(told(one.offers(none), two)).startsWith("OK");
  }

  /** One provider's hosts may greet with one name; those of two that do so are one server. */
  @ParameterizedTest
  @CsvSource({
    "mx1.a.test,    mx2.a.test,     OK",
    "mx1.a.test,    mx1.b.test,     FAIL",
    "mx1.a.test,    MX2.A.test,     OK",
    "mx.a.co.uk,    mx.b.co.uk,     FAIL",
    "mx1.a.co.uk,   mx2.a.co.uk,    OK",
    "mx1.in.a.test, mx.out.a.test,  OK",
  })
  void oneServerIsSeenWhereTheHostsBelongToTwo(String first, String second, String said)
      throws IOException {
    Manners same = World.healthy().name("mx.provider.test");
    assertThat(told(same, same, first, second)).startsWith(said);
  }

  @Test
  void withoutProbeNobodyIsCalled() throws IOException {
    try (World world = World.of(World.healthy())) {
      Report report = new Port25(world.visitor(), world.dns()).unprobed();
      assertThat(report.findings()).hasSize(2).allMatch(it -> it.check().equals("port25"));
      assertThat(report.rows()).isEmpty();
      assertThat(world.heard()).isEmpty();
      assertThat(world.dns().asked()).isEmpty();
    }
  }

  private static String told(Manners first, Manners second) throws IOException {
    return told(first, second, "a.test", "b.test");
  }

  private static String told(Manners first, Manners second, String one, String other)
      throws IOException {
    try (World world = World.of(first)) {
      world.host("127.0.0.2", second);
      world.dns().withAddresses(one, "127.0.0.1").withAddresses(other, "127.0.0.2");
      Report report =
          new Port25(world.visitor(), world.dns()).probed(List.of(one, other), Optional.empty());
      assertThat(report.rows()).hasSize(2);
      Finding finding = report.findings().getFirst();
      return finding.result() == Result.SKIP
          ? report.findings().toString()
          : finding.result() + ": " + finding.saw();
    }
  }

  private static Visited visited(String address, Reach smtp, Reach other) {
    return new Visited(
        new Target(0, "host.test", InetAddress.ofLiteral(address)),
        smtp,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        new Encryption.NotReached(),
        Optional.empty(),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Map.of(587, new Visited.Knock(other, false)));
  }
}
