package me.ehlo.dns;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import me.ehlo.access.DomainLookup.Existence;
import me.ehlo.mail.Domain;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 5321 §5.1 as a table, and RFC 7505. */
class MxLookupTest {
  private final RamDns dns =
      new RamDns()
          .withMx("two.example", "20 b.example", "10 a.example")
          .withMx("one-dead.example", "10 none.example", "20 b.example")
          .withMx("one-unknown.example", "10 silent.example", "20 b.example")
          .withMx("dead.example", "10 none.example", "20 empty.example")
          .withMx("dead-or-unknown.example", "10 none.example", "20 silent.example")
          .withMx("null.example", "0 ")
          .withMx("null-twice.example", "0 ", "10 ")
          .withMx("null-and-more.example", "0 ", "10 a.example")
          .withMx("literal.example", "10 127.0.0.9")
          .withMx("literal-and-more.example", "10 192.0.2.9", "20 b.example")
          .withMx("no-host.example", "10 a b.example", "10 [192.0.2.1]", "10 \\000.example")
          .withMx("twice.example", "10 a.example", "20 a.example")
          .withMx("itself.example", "10 itself.example")
          .withAddresses("itself.example", "192.0.2.8")
          .withAddresses("a.example", "2001:db8::a", "192.0.2.10")
          .withAddresses("b.example", "192.0.2.11")
          .withAddresses("plain.example", "192.0.2.12", "192.0.2.13")
          .withAddresses("empty.example")
          .withTrouble("silent.example");

  private final MxLookup lookup = new MxLookup(dns, new Random(1));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          two.example              | 10 a.example [2001:db8:0:0:0:0:0:a, 192.0.2.10], 20 b.example [192.0.2.11]
          one-dead.example         | 20 b.example [192.0.2.11]
          one-unknown.example      | 20 b.example [192.0.2.11]
          dead.example             | NoAddress
          dead-or-unknown.example  | Trouble
          null.example             | NullMx
          null-twice.example       | NullMx
          null-and-more.example    | 10 a.example [2001:db8:0:0:0:0:0:a, 192.0.2.10]
          literal.example          | NoAddress
          literal-and-more.example | 20 b.example [192.0.2.11]
          no-host.example          | NoAddress
          twice.example            | 10 a.example [2001:db8:0:0:0:0:0:a, 192.0.2.10]
          itself.example           | 10 itself.example [192.0.2.8]
          plain.example            | 0 plain.example [192.0.2.12, 192.0.2.13]
          empty.example            | NoAddress
          no.example               | NoSuchDomain
          silent.example           | Trouble
          """)
  void findsWhoTakesMail(String domain, String expected) {
    assertThat(shown(hosts(domain))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "two.example,Exists",
    "dead.example,Exists",
    "plain.example,Exists",
    "null.example,NullMx",
    "null-and-more.example,Exists",
    "empty.example,Missing",
    "no.example,Missing",
    "silent.example,Trouble"
  })
  void tellsWhetherASendersDomainExists(String domain, String expected) {
    Existence existence = new SenderDomains(dns).find(Domain.ofAscii(domain));
    assertThat(existence.getClass().getSimpleName()).isEqualTo(expected);
  }

  @Test
  void asksNobodyForAnAddress() {
    hosts("literal-and-more.example");
    assertThat(dns.asked()).containsExactlyInAnyOrder("literal-and-more.example", "b.example");
  }

  @Test
  void troubleWithMxIsNotTakenForNone() {
    // RFC 5321 §5.1: the address is for domains without MX, not for those that nobody can tell
    // about.
    dns.withTrouble("half.example").withAddresses("half.example", "192.0.2.1");
    assertThat(shown(hosts("half.example"))).isEqualTo("Trouble");
  }

  @Test
  void equalPreferencesAreSharedByChanceAndOthersKeepTheirOrder() {
    dns.withMx(
        "many.example", "10 a.example", "10 b.example", "10 plain.example", "5 itself.example");
    Set<List<String>> orders = new HashSet<>();
    for (int i = 0; i < 200; i++) {
      orders.add(names(hosts("many.example")));
    }
    assertThat(orders)
        .hasSize(6)
        .allSatisfy(order -> assertThat(order).startsWith("itself.example"));
  }

  @Test
  void ofThreeHundredHostsTwentyAreEnough() {
    String[] records =
        IntStream.range(0, 300).mapToObj(i -> i + " h" + i + ".example").toArray(String[]::new);
    dns.withMx("huge.example", records);
    IntStream.range(0, 300).forEach(i -> dns.withAddresses("h" + i + ".example", "192.0.2.1"));
    assertThat(names(hosts("huge.example")))
        .hasSize(20)
        .startsWith("h0.example")
        .endsWith("h19.example");
  }

  private MailHosts hosts(String domain) {
    return lookup.hosts(Domain.ofAscii(domain));
  }

  private static List<String> names(MailHosts hosts) {
    return ((MailHosts.Hosts) hosts).hosts().stream().map(MailHosts.Host::name).toList();
  }

  private static String shown(MailHosts hosts) {
    return hosts instanceof MailHosts.Hosts(var found)
        ? String.join(
            ", ",
            found.stream()
                .map(host ->
                    host.preference()
                        + " "
                        + host.name()
                        + " "
                        + host.addresses().stream().map(a -> a.getHostAddress()).toList())
                .toList())
        : hosts.getClass().getSimpleName();
  }
}
