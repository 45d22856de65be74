package me.ehlo.dns;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static me.ehlo.dns.Faults.both;
import static me.ehlo.dns.Faults.cutAt;
import static me.ehlo.dns.Faults.octet;
import static me.ehlo.dns.Faults.octets;
import static me.ehlo.dns.Faults.overTcp;
import static me.ehlo.dns.Faults.overTcpInOctets;
import static me.ehlo.dns.Faults.pointerTo;
import static me.ehlo.dns.Faults.says;
import static me.ehlo.dns.Faults.silence;
import static me.ehlo.dns.Faults.times;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import me.ehlo.dns.Dns.Answer;
import me.ehlo.dns.Dns.Mx;
import me.ehlo.dns.ScriptedDns.Script;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.NSRecord;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** Every way in which a server may answer wrongly, and the class of answer that follows: never a wrong one. */
class FaultyServersTest {
  private static final String RIGHT = "example.org 300 MX 10 mx.example.org";
  private static final String FOUND = "[10 mx.example.org]";
  private static final String NONE = "None";
  private static final String NO_SUCH_NAME = "NoSuchName";
  private static final String TROUBLE = "Trouble";
  private static final Script WELL = says(Rcode.NOERROR, RIGHT);

  record Fault(String what, Script script, String expected) {
    @Override
    public String toString() {
      return what + ": " + expected;
    }
  }

  static Stream<Fault> faults() {
    return Stream.of(saying(), forging(), breaking(), cuttingOff(), aliases())
        .flatMap(faults -> faults);
  }

  private static Stream<Fault> saying() {
    return Stream.of(
        fault("the right answer", WELL, FOUND),
        fault("the right answer twice", times(2, WELL), FOUND),
        fault("NXDOMAIN", says(Rcode.NXDOMAIN), NO_SUCH_NAME),
        fault("NXDOMAIN with SOA", says(with(Rcode.NXDOMAIN, Zone.soa(60))), NO_SUCH_NAME),
        fault("NODATA with SOA", says(with(Rcode.NOERROR, Zone.soa(60))), NONE),
        fault("NODATA without SOA", says(Rcode.NOERROR), NONE),
        fault("SERVFAIL", says(Rcode.SERVFAIL), TROUBLE),
        fault("SERVFAIL with records", says(Rcode.SERVFAIL, RIGHT), TROUBLE),
        fault("REFUSED", says(Rcode.REFUSED), TROUBLE),
        fault("FORMERR", says(Rcode.FORMERR), TROUBLE),
        fault("NOTIMP", says(Rcode.NOTIMP), TROUBLE),
        fault("YXDOMAIN", says(Rcode.YXDOMAIN), TROUBLE),
        fault("REFUSED without the question", says(bare(Rcode.REFUSED)), TROUBLE),
        fault("NXDOMAIN without the question", says(bare(Rcode.NXDOMAIN)), TROUBLE),
        fault("NXDOMAIN with records", says(Rcode.NXDOMAIN, RIGHT), TROUBLE),
        fault("lame: a referral", says(with(Rcode.NOERROR, referral())), TROUBLE),
        fault("only records of another name", says(Rcode.NOERROR, "a.example 9 MX 1 b"), NONE),
        fault(
            "only records of another type", says(Rcode.NOERROR, "example.org 9 A 127.0.0.1"), NONE),
        fault("records of others beside", says(Rcode.NOERROR, "a.example 9 MX 1 b", RIGHT), FOUND),
        fault("TTL 0", says(Rcode.NOERROR, "example.org 0 MX 10 mx.example.org"), FOUND),
        fault(
            "the longest TTL",
            says(Rcode.NOERROR, "example.org 2147483647 MX 10 mx.example.org"),
            FOUND),
        fault("capitals", says(Rcode.NOERROR, "eXample.ORG 9 MX 10 MX.example.Org"), FOUND),
        fault("a null MX", says(Rcode.NOERROR, "example.org 9 MX 0 ."), "[0 ]"),
        fault("silence", silence(), TROUBLE));
  }

  private static Stream<Fault> forging() {
    Script wrongId =
        says(message -> message.getHeader().setID(message.getHeader().getID() ^ 1), RIGHT);
    Script wrongName = says(asking("example.net", Type.MX, DClass.IN), RIGHT);
    Script wrongType = says(asking("example.org", Type.A, DClass.IN), RIGHT);
    Script wrongClass = says(asking("example.org", Type.MX, DClass.CH), RIGHT);
    Script question = says(message -> message.getHeader().unsetFlag(Flags.QR), RIGHT);
    Script update = says(message -> message.getHeader().setOpcode(Opcode.UPDATE), RIGHT);
    return Stream.of(
        fault("another id", wrongId, TROUBLE),
        fault("another id, then the right one", both(wrongId, WELL), FOUND),
        fault("another name asked", wrongName, TROUBLE),
        fault("another name asked, then the right one", both(wrongName, WELL), FOUND),
        fault("another type asked", wrongType, TROUBLE),
        fault("another class asked", wrongClass, TROUBLE),
        fault("a question", question, TROUBLE),
        fault("the answer to an update", update, TROUBLE),
        fault(
            "capitals in the question",
            says(asking("EXAMPLE.org", Type.MX, DClass.IN), RIGHT),
            FOUND),
        fault("a hundred forgeries", times(100, wrongId), TROUBLE));
  }

  private static Stream<Fault> breaking() {
    Script garbage = octets(_ -> "HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(US_ASCII));
    return Stream.of(
        fault("garbage", garbage, TROUBLE),
        fault("garbage, then the right answer", both(garbage, WELL), FOUND),
        fault("an empty datagram", octets(cutAt(0), RIGHT), TROUBLE),
        fault("half a header", octets(cutAt(6), RIGHT), TROUBLE),
        fault("half a question", octets(cutAt(20), RIGHT), TROUBLE),
        fault(
            "half a record", octets(whole -> cutAt(whole.length - 3).apply(whole), RIGHT), TROUBLE),
        fault("a name that points to itself", octets(pointerTo(29), RIGHT), TROUBLE),
        fault("a name that points ahead", octets(pointerTo(60), RIGHT), TROUBLE),
        fault("a name that points beyond the end", octets(pointerTo(16_000), RIGHT), TROUBLE),
        fault("a name that points to the header", octets(pointerTo(0), RIGHT), TROUBLE),
        fault("an exchange that points to itself", octets(octet(-1, 45), RIGHT), TROUBLE),
        fault("a label of a kind there is not", octets(octet(12, 0x80), RIGHT), TROUBLE),
        fault("65535 records promised", octets(octet(6, 0xff), RIGHT), TROUBLE),
        fault("data longer than the message", octets(octet(39, 0xff), RIGHT), TROUBLE),
        fault("data of no length", octets(octet(40, 0), RIGHT), TROUBLE),
        fault("a datagram of 60000 octets", says(Rcode.NOERROR, many(1800)), TROUBLE),
        fault("300 records in one datagram", says(Rcode.NOERROR, many(100)), "100"));
  }

  private static Stream<Fault> cuttingOff() {
    return Stream.of(
        fault("cut off, whole over TCP", overTcp(whole -> whole, RIGHT), FOUND),
        fault("cut off, over TCP octet by octet", overTcpInOctets(RIGHT), FOUND),
        fault("cut off, 300 records over TCP", overTcp(whole -> whole, many(300)), "300"),
        fault("cut off, TCP closed at once", closedTcp(), TROUBLE),
        fault("cut off, half a length over TCP", overTcp(cutAt(1), RIGHT), TROUBLE),
        fault("cut off, half a message over TCP", overTcp(cutAt(30), RIGHT), TROUBLE),
        fault("cut off, no octets over TCP", overTcp(_ -> new byte[2], RIGHT), TROUBLE),
        fault("cut off, garbage over TCP", overTcp(_ -> new byte[] {0, 4, 9, 9, 9, 9}), TROUBLE),
        fault(
            "cut off, another id over TCP",
            overTcp(octet(2, 0x55).andThen(octet(3, 0x55))::apply, RIGHT),
            TROUBLE),
        fault(
            "cut off over TCP too",
            says(message -> message.getHeader().setFlag(Flags.TC)),
            TROUBLE),
        fault("cut off, silence over TCP", overTcpSilence(), TROUBLE));
  }

  private static Stream<Fault> aliases() {
    return Stream.of(
        fault(
            "a CNAME and its target",
            says(Rcode.NOERROR, "example.org 9 CNAME b", "b 9 MX 10 mx.example.org"),
            FOUND),
        fault("16 CNAMEs", says(Rcode.NOERROR, chain(16)), FOUND),
        fault("17 CNAMEs", says(Rcode.NOERROR, chain(17)), TROUBLE),
        fault(
            "CNAMEs in any order",
            says(Rcode.NOERROR, "b 9 MX 10 mx.example.org", "example.org 9 CNAME b"),
            FOUND),
        fault(
            "a CNAME to a name that does not exist",
            says(Rcode.NXDOMAIN, "example.org 9 CNAME b"),
            NO_SUCH_NAME),
        fault("a CNAME to itself", says(Rcode.NOERROR, "example.org 9 CNAME example.org"), TROUBLE),
        fault(
            "two CNAMEs in a circle",
            says(Rcode.NOERROR, "example.org 9 CNAME b", "b 9 CNAME example.org"),
            TROUBLE),
        fault("a CNAME alone", says(Rcode.NOERROR, "example.org 9 CNAME well.example"), FOUND),
        fault(
            "a CNAME alone, to a name without MX",
            says(Rcode.NOERROR, "example.org 9 CNAME a.example"),
            NONE),
        fault(
            "a CNAME alone, to no name",
            says(Rcode.NOERROR, "example.org 9 CNAME no.example"),
            NO_SUCH_NAME),
        fault(
            "CNAMEs one by one in a circle",
            says(Rcode.NOERROR, "example.org 9 CNAME back.example"),
            TROUBLE));
  }

  @ParameterizedTest
  @MethodSource
  void faults(Fault fault) throws IOException {
    try (ScriptedDns server = server()) {
      server.script("example.org", fault.script);
      Duration patience = Duration.ofMillis(fault.expected.equals(TROUBLE) ? 250 : 10_000);
      assertThat(shown(resolver(server, patience).mx("example.org"))).isEqualTo(fault.expected);
    }
  }

  @Test
  void thereAreMoreThanFortyOfThem() {
    assertThat(faults()).hasSizeGreaterThan(60).extracting(Fault::what).doesNotHaveDuplicates();
  }

  /** Whatever octets come, reading them ends, in an answer or in none. */
  @Test
  void noMutationOfAnAnswerDoesHarm() throws IOException {
    Random random = new Random(20261122);
    try (ScriptedDns server = server()) {
      server.script(
          "example.org",
          (question, tcp) -> {
            byte[] whole = WELL.answer(question, tcp).getFirst();
            for (int i = random.nextInt(4); i >= 0; i--) {
              whole[2 + random.nextInt(whole.length - 2)] = (byte) random.nextInt(256);
            }
            return List.of(whole, WELL.answer(question, tcp).getFirst());
          });
      for (int i = 0; i < 2000; i++) {
        assertThat(resolver(server, Duration.ofSeconds(10)).mx("example.org")).isNotNull();
      }
    }
  }

  private static ScriptedDns server() throws IOException {
    ScriptedDns server =
        ScriptedDns.serve(
            new Zone().with("well.example 300 MX 10 mx.example.org\na.example 300 A 127.0.0.9"));
    server.script("back.example", says(Rcode.NOERROR, "back.example 9 CNAME example.org"));
    return server;
  }

  private static Resolver resolver(ScriptedDns server, Duration patience) {
    return new Resolver(
        () -> List.of(server.address()),
        new Random(1),
        InstantSource.system(),
        new Resolver.Patience(patience.dividedBy(2), patience));
  }

  private static String shown(Answer<Mx> answer) {
    return switch (answer) {
      case Answer.Found<Mx>(var records) when records.size() > 1 -> String.valueOf(records.size());
      case Answer.Found<Mx>(var records) ->
          records.stream().map(mx -> mx.preference() + " " + mx.exchange()).toList().toString();
      default -> answer.getClass().getSimpleName();
    };
  }

  private static Fault fault(String what, Script script, String expected) {
    return new Fault(what, script, expected);
  }

  private static Consumer<Message> with(int rcode, Record authority) {
    return message -> {
      message.getHeader().setRcode(rcode);
      message.addRecord(authority, Section.AUTHORITY);
    };
  }

  private static Record referral() {
    return new NSRecord(
        ScriptedDns.absolute("org"), DClass.IN, 9, ScriptedDns.absolute("ns.example.org"));
  }

  private static Consumer<Message> bare(int rcode) {
    return message -> {
      message.getHeader().setRcode(rcode);
      message.removeAllRecords(Section.QUESTION);
    };
  }

  private static Consumer<Message> asking(String name, int type, int dclass) {
    return message -> {
      message.removeAllRecords(Section.QUESTION);
      message.addRecord(
          Record.newRecord(ScriptedDns.absolute(name), type, dclass), Section.QUESTION);
    };
  }

  private static String[] many(int records) {
    return IntStream.range(0, records)
        .mapToObj(i -> "example.org 9 MX " + i + " mx" + i + ".a-rather-long-name.example")
        .toArray(String[]::new);
  }

  private static String[] chain(int links) {
    return Stream.concat(
            IntStream.range(0, links)
                .mapToObj(i -> (i == 0 ? "example.org" : "c" + i) + " 9 CNAME c" + (i + 1)),
            Stream.of("c" + links + " 9 MX 10 mx.example.org"))
        .toArray(String[]::new);
  }

  private static Script closedTcp() {
    Script cut = overTcp(whole -> whole, RIGHT);
    return (question, tcp) -> tcp ? List.of() : cut.answer(question, false);
  }

  private static Script overTcpSilence() {
    Script cut = overTcp(whole -> whole, RIGHT);
    return (question, tcp) -> tcp ? List.of(new byte[0]) : cut.answer(question, false);
  }
}
