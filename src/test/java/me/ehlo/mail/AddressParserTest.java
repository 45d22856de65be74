package me.ehlo.mail;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressParserTest {

  /** The address, its local part without quotes, and its host. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "ann@client.example | ann | client.example",
        "Ann.O'Neil+list@Client.Example | Ann.O'Neil+list | Client.Example",
        "!#$%&'*+-/=?^_`{|}~@d | x | d",
        "a@b | a | b",
        "1@2 | 1 | 2",
        "\"ann\"@d | ann | d",
        "\"a b\"@d | a b | d",
        "\"a@b\"@d | a@b | d",
        "\"a\\\"b\"@d | a\"b | d",
        "\"a\\\\\"@d | a\\ | d",
        "\"\\a\"@d | a | d",
        "\".\"@d | . | d",
        "\"a..b\"@d | a..b | d",
        "\"<>,:;()[]\"@d | <>,:;()[] | d",
        "@r.example:ann@d | ann | d",
        "@r.example,@s.example:ann@d | ann | d",
        "@r.example:\"a:b\"@d | a:b | d",
        "u@[192.0.2.1] | u | [192.0.2.1]",
        "u@[IPv6:2001:db8::1] | u | [IPv6:2001:db8::1]",
        "a%b@d | a%b | d",
        "a!b@d | a!b | d",
        "jürgen@münchen.example | jürgen | münchen.example",
        "\"ü ü\"@d | ü ü | d",
        "😀@d | 😀 | d",
        "a@xn--mnchen-3ya.example | a | xn--mnchen-3ya.example",
        "a@under_score.example | a | under_score.example",
      })
  void reads(String text, String local, String host) {
    if (text.startsWith("!#$%")) { // its characters are also the table's
      assertThat(mailbox("!#$%&'*+-/=?^_`{|}~@d").localPart().text())
          .isEqualTo("!#$%&'*+-/=?^_`{|}~");
      return;
    }
    Mailbox mailbox = mailbox(text);
    assertThat(mailbox.localPart().text()).isEqualTo(local);
    assertThat(mailbox.host()).hasToString(host);
    assertThat(mailbox(mailbox.toString())).isEqualTo(mailbox);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "@",
        "a",
        "a@",
        "@d",
        "a@@d",
        "a@b@d",
        ".a@d",
        "a.@d",
        "a..b@d",
        "a b@d",
        " a@d",
        "a@d ",
        "a@d.",
        "a@.d",
        "a@b..d",
        "a@-b",
        "a@b-",
        "a@b_-",
        "a@b c",
        "a@b,c",
        "a@b;c",
        "a@(b)",
        "a(c)@d",
        "a@b\0",
        "a\0@d",
        "a\t@d",
        "a\r\n@d",
        "\"\"@d",
        "\"a@d",
        "\"a\"b@d",
        "\"a\\\"@d",
        "\"a\"",
        "\"a\".b@d",
        "a.\"b\"@d",
        "\"a\nb\"@d",
        "\"a\u007F\"@d",
        "\"a\\\0\"@d",
        "<a@d>",
        "a@<d>",
        "a:b@d",
        "a,b@d",
        "a\\b@d",
        "a[b]@d",
        "@r.example,ann@d",
        "@r.example:",
        "@:a@d",
        "@r.example,:a@d",
        "r.example:a@d",
        "@r.example;a@d",
        "@[127.0.0.1]:a@d",
        "@@r:a@d",
        "a@[1.2.3.4",
        "a@1.2.3.4]",
        "a@[]",
        "a@d/e",
        "a@ünder_score.example",
        "a@\u200D",
        "a@d\u00AD\u3002",
        "a@💩..de"
      })
  void refuses(String text) {
    assertThat(AddressParser.path(text)).isInstanceOf(Parsed.Wrong.class);
  }

  @Test
  void lengthsAreThoseOfTheRfc() {
    String l63 = "d".repeat(63);
    assertRight("l".repeat(64) + "@d"); // §4.5.3.1.1
    assertWrong("l".repeat(65) + "@d");
    assertWrong("ü".repeat(33) + "@d"); // octets, not characters
    assertRight("ü".repeat(32) + "@d");
    assertRight("a@" + l63 + ".de");
    assertWrong("a@d" + l63 + ".de"); // RFC 1035 §2.3.4
    String domain = l63 + "." + l63 + "." + l63 + ".";
    assertRight("a@" + domain + "d".repeat(60)); // a path of 254 octets between its brackets
    assertWrong("a@" + domain + "d".repeat(61));
    assertWrong("@" + domain + "d".repeat(60) + ":a@b"); // the route counts
  }

  @Test
  void aDomainAloneMayHave255Octets() {
    String domain = ("d".repeat(62) + ".").repeat(4);
    assertThat(DomainParser.parse(domain + "ddd")).isInstanceOf(Parsed.Right.class);
    assertThat(DomainParser.parse(domain + "dddd")).isInstanceOf(Parsed.Wrong.class);
  }

  @ParameterizedTest
  @CsvSource({
    "MÜNCHEN.example, xn--mnchen-3ya.example",
    "XN--MNCHEN-3YA.example, münchen.EXAMPLE",
    "mu\u0308nchen.example, münchen.example",
    "ＥＨＬＯ.test, ehlo.test",
    "ehlo。test, ehlo.test",
    "straße.example, xn--strae-oqa.example"
  })
  void domainsAreTheSameWhenTheirALabelsAre(String one, String other) {
    assertThat(domain(one)).isEqualTo(domain(other)).hasSameHashCodeAs(domain(other));
  }

  @ParameterizedTest
  @CsvSource({
    "ehlo.test, ehlо.test",
    "strasse.example, straße.example",
    "a.b, ab",
    "ehlo.test, ehlo.test.test"
  })
  void andOtherwiseNot(String one, String other) {
    assertThat(domain(one)).isNotEqualTo(domain(other));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a", "a.b", "a b", "a\"b", "a\\", "\\", "\"", ".a", "a.", "a..b", "@", "<>", "ü", "ü ü",
        "a+b", "+", "()", ","
      })
  void localPartsAreWrittenSoThatTheyCanBeRead(String text) {
    LocalPart local = new LocalPart(text);
    assertThat(AddressParser.localPart(local.toString())).isEqualTo(new Parsed.Right<>(local));
  }

  @ParameterizedTest
  @CsvSource({"bob+list, bob", "bob, bob", "bob+a+b, bob", "+list, +list", "bob+, bob"})
  void theDetailIsWhatFollowsTheFirstPlus(String whole, String plain) {
    assertThat(new LocalPart(whole).withoutDetail()).isEqualTo(new LocalPart(plain));
  }

  private static Mailbox mailbox(String text) {
    return switch (AddressParser.path(text)) {
      case Parsed.Right<Mailbox>(var mailbox) -> mailbox;
      case Parsed.Wrong<Mailbox>(var why) -> throw new AssertionError(text + ": " + why);
    };
  }

  private static Domain domain(String text) {
    return switch (DomainParser.parse(text)) {
      case Parsed.Right<Domain>(var domain) -> domain;
      case Parsed.Wrong<Domain>(var why) -> throw new AssertionError(text + ": " + why);
    };
  }

  private static void assertRight(String text) {
    assertThat(AddressParser.path(text)).as(text).isInstanceOf(Parsed.Right.class);
  }

  private static void assertWrong(String text) {
    assertThat(AddressParser.path(text)).as(text).isInstanceOf(Parsed.Wrong.class);
  }
}
