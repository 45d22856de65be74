package me.ehlo.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import me.ehlo.dns.Dns.Answer;
import me.ehlo.dns.Dns.Mx;
import me.ehlo.dns.MxLookup;
import me.ehlo.dns.Resolver;
import me.ehlo.dns.ScriptedDns;
import me.ehlo.dns.Zone;
import me.ehlo.mail.Domain;
import me.ehlo.relay.NextHop;
import me.ehlo.relay.Routes;
import me.ehlo.relay.Self;
import me.ehlo.relay.Way;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;

/**
 * G8: an answer that nobody asked for, is broken, or means harm is not believed, breaks nothing, and gets no further. What each
 * broken answer comes to is a table of its own in {@code dns.FaultyServersTest}.
 */
@Timeout(60)
class G8HostileDnsTest {
  private static final Answer<Mx> RIGHT =
      new Answer.Found<>(List.of(new Mx(10, "mx.example.test")));

  private ScriptedDns server;

  @BeforeEach
  void start() throws IOException {
    server = ScriptedDns.serve(new Zone().with("example.test 60 MX 10 mx.example.test"));
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  @Test
  void anAnswerFromAnotherPlaceIsNotHeardHoweverRightItsId() {
    server.script(
        "example.test",
        (question, tcp) -> {
          Message forged = answer(question, "example.test 60 MX 1 evil.test");
          send(forged.toWire(), server.asked().getLast().port());
          return List.of(answer(question, "example.test 60 MX 10 mx.example.test").toWire());
        });
    assertThat(resolver(Duration.ofSeconds(10)).mx("example.test")).isEqualTo(RIGHT);
  }

  @Test
  void whoGuessesIdsIsNotBelievedAndNotListenedToForLong() {
    server.script(
        "example.test",
        (question, tcp) ->
            IntStream.range(0, 5000)
                .filter(id -> id != question.getHeader().getID())
                .mapToObj(id -> withId(answer(question, "example.test 60 MX 1 evil.test"), id))
                .toList());
    assertThat(resolver(Duration.ofSeconds(10)).mx("example.test"))
        .isInstanceOf(Answer.Trouble.class);
  }

  @Test
  void recordsOfOthersPoisonNothing() {
    Resolver resolver = resolver(Duration.ofSeconds(10));
    server.script(
        "evil.test",
        (question, tcp) ->
            List.of(
                answer(
                        question,
                        "evil.test 60 MX 10 mx.evil.test",
                        "example.test 9999 MX 1 evil.test",
                        "mx.evil.test 9999 A 192.0.2.66")
                    .toWire()));
    assertThat(resolver.mx("evil.test"))
        .isEqualTo(new Answer.Found<>(List.of(new Mx(10, "mx.evil.test"))));
    assertThat(resolver.mx("example.test")).isEqualTo(RIGHT);
    assertThat(resolver.addresses("mx.evil.test")).isEqualTo(new Answer.NoSuchName<InetAddress>());
  }

  /** 64 KB of records over TCP, again and again: time and memory stay small. */
  @Test
  void theLargestAnswersAreOnlyLarge() {
    List<Record> many =
        IntStream.range(0, 2000)
            .mapToObj(i -> Zone.record("example.test 60 MX " + i + " mx" + i + ".a-long-name.test"))
            .toList();
    server.script(
        "example.test",
        (question, tcp) -> {
          Message answer = answer(question);
          if (tcp) {
            many.forEach(record -> answer.addRecord(record, Section.ANSWER));
            return List.of(Zone.framed(answer.toWire(65_535)));
          }
          answer.getHeader().setFlag(Flags.TC);
          return List.of(answer.toWire());
        });
    for (int i = 0; i < 20; i++) {
      Answer<Mx> answer = resolver(Duration.ofSeconds(10)).mx("example.test");
      assertThat(answer instanceof Answer.Found<Mx>(var records) ? records.size() : 0)
          .isEqualTo(2000);
    }
  }

  @Test
  void anEndlessStreamIsReadAsFarAsItsLengthSays() {
    server.script(
        "example.test",
        (question, tcp) -> {
          if (!tcp) {
            Message cut = answer(question);
            cut.getHeader().setFlag(Flags.TC);
            return List.of(cut.toWire());
          }
          return Collections.nCopies(1000, Zone.framed(new byte[65_535]));
        });
    assertThat(resolver(Duration.ofSeconds(10)).mx("example.test"))
        .isInstanceOf(Answer.Trouble.class);
  }

  /** What a zone calls its hosts reaches logs, reports and replies only where it is a host's name. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil\\013\\010250.test", "\\000.test", "a\\032b.test", "\\027[2J.test",
            "\\036\\040id\\041.test",
        "<script>.test", "\\\"quoted\\\".test", "-rf.test", "\\046\\046\\092.test", "a\\.b@c.test"
      })
  void namesThatAreNoneGetNoFurther(String exchange) {
    server.script(
        "example.test",
        (question, tcp) -> List.of(answer(question, "example.test 60 MX 10 " + exchange).toWire()));
    NextHop hop = routes(resolver(Duration.ofSeconds(10))).nextHop(Domain.ofAscii("example.test"));
    assertThat(hop)
        .isInstanceOfSatisfying(
            NextHop.Nowhere.class,
            nowhere ->
                assertThat(nowhere.cause().said())
                    .isEqualTo(
                        "No server takes mail for example.test: none of its hosts has an address"));
    assertThat(server.asked()).extracting(ScriptedDns.Asked::name).containsOnly("example.test");
  }

  @Test
  void whatIsToldOfTroubleIsPrintable() {
    server.script(
        "example.test",
        (question, tcp) ->
            List.of(
                answer(question, "example.test 60 CNAME evil\\013\\010250\\027[2J.test").toWire()));
    server.script(
        "evil\\013\\010250\\027[2J.test",
        (question, tcp) -> List.of(Zone.empty(question, Rcode.SERVFAIL).toWire()));
    NextHop hop = routes(resolver(Duration.ofSeconds(10))).nextHop(Domain.ofAscii("example.test"));
    assertThat(hop)
        .isInstanceOfSatisfying(
            NextHop.Nowhere.class,
            nowhere -> assertThat(nowhere.cause().said()).matches("[ -~]+").contains("SERVFAIL"));
  }

  private Resolver resolver(Duration patience) {
    return new Resolver(
        () -> List.of(server.address()),
        new SecureRandom(),
        InstantSource.system(),
        new Resolver.Patience(patience, patience));
  }

  private static Routes routes(Resolver resolver) {
    return new Routes(
        Set.of(),
        List.of(),
        new Way.ByDns(NextHop.TlsDemand.OPPORTUNISTIC),
        25,
        new Self("mail.ehlo.test", List::of),
        resolver,
        new MxLookup(resolver, new SecureRandom()));
  }

  private static Message answer(Message question, String... records) {
    Message answer = Zone.empty(question, Rcode.NOERROR);
    for (String record : records) {
      answer.addRecord(Zone.record(record), Section.ANSWER);
    }
    return answer;
  }

  private static byte[] withId(Message message, int id) {
    message.getHeader().setID(id);
    return message.toWire();
  }

  private static void send(byte[] octets, int port) {
    InetAddress loopback = InetAddress.ofLiteral("127.0.0.1");
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.send(new DatagramPacket(octets, octets.length, new InetSocketAddress(loopback, port)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
