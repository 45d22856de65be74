package me.ehlo.lines;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Parts and levels of parts, as a table; {@code |} stands for CRLF, and every mail comes cut in two at every place. */
class ContentShapeTest {
  private static final String MIXED = "Content-Type: multipart/mixed; boundary=b||";

  @ParameterizedTest(name = "{0}: {2} parts, {3} levels")
  @CsvSource(
      delimiter = '~',
      value = {
        "no octet ~ '' ~ 0 ~ 0",
        "a text ~ Subject: x||--b|--b-- ~ 0 ~ 0",
        "two parts ~ M--b||one|--b|A: b||two|--b--| ~ 2 ~ 1",
        "a part without a header ~ M--b|--b|--b--| ~ 2 ~ 1",
        "blanks behind a boundary ~ M--b \t||one|--b-- | ~ 1 ~ 1",
        "never closed ~ M--b||one|--b||two ~ 2 ~ 1",
        "closed, then more ~ M--b||one|--b--|--b||--b|| ~ 1 ~ 1",
        "not at the start of a line ~ M --b||-b||---b||-|--|- -b| ~ 0 ~ 0",
        "another that begins so ~ M--bc||--b.||--b| ~ 1 ~ 1",
        "cut off behind the boundary ~ M--b ~ 0 ~ 0",
        "quoted ~ Content-Type: multipart/x; boundary=\"a \\\"b\"||--a \"b||x ~ 1 ~ 1",
        "quoted and never closed ~ Content-Type: multipart/x; boundary=\"b||--b||x ~ 1 ~ 1",
        "in any case ~ CONTENT-TYPE:MULTIPART/X;BOUNDARY=b||--b||x ~ 1 ~ 1",
        "folded, with comments ~ Content-Type: (a(b\\)))|  multipart / x (;) ;| (c) boundary = b (d)||--b||x ~ 1 ~ 1",
        "unquoted, though it must be quoted ~ Content-Type: multipart/x; boundary=a=b/c:d||--a=b/c:d||x ~ 1 ~ 1",
        "other parameters ~ Content-Type: multipart/x; a=\"; boundary=c\"; type=d; boundary=b||--b||--c|| ~ 1 ~ 1",
        "rubbish between ~ Content-Type: multipart/x; ;;=; a=; \"b\" ; boundary=b||--b||x ~ 1 ~ 1",
        "two boundaries: the first ~ Content-Type: multipart/x; boundary=b; boundary=c||--c||--b||x ~ 1 ~ 1",
        "two fields: the first ~ Content-Type: text/plain|Content-Type: multipart/x; boundary=b||--b||x ~ 0 ~ 0",
        "continued ~ Content-Type: multipart/x; boundary*0=a; boundary*1=\"b c\"||--ab c||x ~ 1 ~ 1",
        "continued, escaped ~ Content-Type: multipart/x; boundary*0*=us-ascii'en'a%2E; boundary*1=b||--a.b||x ~ 1 ~ 1",
        "continued, escaped wrongly ~ Content-Type: multipart/x; boundary*=''a%2||--a%2||x ~ 1 ~ 1",
        "continued out of turn ~ Content-Type: multipart/x; boundary*1=b; boundary*0=a||--a||--ab||x ~ 1 ~ 1",
        "no boundary ~ Content-Type: multipart/x||--||--b|| ~ 0 ~ 0",
        "an empty boundary ~ Content-Type: multipart/x; boundary=\"\"||--||x ~ 0 ~ 0",
        "no subtype ~ Content-Type: multipart; boundary=b||--b||x ~ 0 ~ 0",
        "not a type ~ Content-Type: ;boundary=b||--b||x ~ 0 ~ 0",
        "a multipart in one ~ M--b|N--c||x|--c--|--b||y|--b-- ~ 3 ~ 2",
        "its end left out ~ M--b|N--c||x|--b||--c||y ~ 3 ~ 2",
        "the inner one like the outer ~ M--b|M--b||x|--b--|--b||y|--b-- ~ 3 ~ 2",
        "the inner one begins like the outer ~ M--b|Content-Type: multipart/x; boundary=bc||--bc||--b||--bc|| ~ 3 ~ 2",
        "a mail in a mail ~ Content-Type: message/rfc822||Subject: x||y ~ 1 ~ 1",
        "a mail in a mail in a mail ~ R|R|x ~ 2 ~ 2",
        "mails in parts ~ M--b|R|Subject: x||y|--b|R|R|z|--b-- ~ 5 ~ 3",
        "a multipart in a mail ~ R|M--b||x|--b-- ~ 2 ~ 2",
        "of other languages ~ Content-Type: message/global||Subject: x||y ~ 1 ~ 1",
        "a report's status is no mail ~ Content-Type: message/delivery-status||R||x ~ 0 ~ 0",
        "a digest ~ Content-Type: multipart/digest; boundary=b||--b||Subject: x||y|--b|Content-Type: text/plain||z ~ 3 ~ 2",
        "a header cut off by a boundary ~ M--b|R--b||x ~ 2 ~ 1",
        "a part that begins with text ~ M--b|text|N--c|| ~ 1 ~ 1",
        "no header ~ text|M--b||x ~ 0 ~ 0",
        "a hyphen begins a field's name ~ M--b|-a: x|--a: y|R|z ~ 2 ~ 2",
      })
  void partsAndLevels(String what, String mail, int parts, int levels) {
    byte[] octets = octets(mail);
    for (int cut = 0; cut <= octets.length; cut++) {
      ContentShape shape = new ContentShape(ContentLimits.DEFAULT);
      shape.see(octets, 0, cut);
      shape.see(octets, cut, octets.length - cut);
      assertThat(shape.parts()).as("parts, cut at " + cut).isEqualTo(parts);
      assertThat(shape.depth()).as("levels, cut at " + cut).isEqualTo(levels);
      assertThat(shape.excess()).isEqualTo(ContentShape.Excess.NONE);
    }
  }

  @Test
  void aBoundaryIsBounded() {
    for (int length : new int[] {1, 70, Boundary.OCTETS_MAX, Boundary.OCTETS_MAX + 1}) {
      String boundary = "x".repeat(length);
      String mail = MIXED.replace("=b", "=" + boundary) + "--" + boundary + "||x|--" + boundary;
      assertThat(seen(mail, ContentLimits.DEFAULT).parts())
          .isEqualTo(length <= Boundary.OCTETS_MAX ? 1 : 0);
      assertThat(
              seen(mail + "x|--" + boundary + "--|--" + boundary + "|", ContentLimits.DEFAULT)
                  .parts())
          .isEqualTo(length <= Boundary.OCTETS_MAX ? 1 : 0);
    }
  }

  @ParameterizedTest(name = "{0} of {1} octets, {2} fields, {3} levels, {4} parts: {5}")
  @CsvSource(
      delimiter = '~',
      value = {
        "A: b|| ~ 8 ~ 1 ~ 0 ~ 0 ~ NONE",
        "A: b|| ~ 7 ~ 1 ~ 0 ~ 0 ~ HEADER_OCTETS",
        "A: b||text ~ 8 ~ 1 ~ 0 ~ 0 ~ NONE",
        "A: b|B: c|| ~ 99 ~ 1 ~ 0 ~ 0 ~ HEADER_FIELDS",
        "A: b| c|| ~ 99 ~ 1 ~ 0 ~ 0 ~ NONE",
        "A: b|text|| ~ 99 ~ 1 ~ 0 ~ 0 ~ HEADER_FIELDS",
        "R|x ~ 99 ~ 9 ~ 0 ~ 9 ~ DEPTH",
        "R|x ~ 99 ~ 9 ~ 1 ~ 0 ~ PARTS",
        "R|R|x ~ 99 ~ 9 ~ 1 ~ 9 ~ DEPTH",
        "M--b||x|--b||y ~ 99 ~ 9 ~ 1 ~ 1 ~ PARTS",
        "M--b||x|--b||y ~ 99 ~ 9 ~ 1 ~ 2 ~ NONE",
        "R|A: b|B: c|| ~ 99 ~ 1 ~ 9 ~ 9 ~ HEADER_FIELDS",
        "R|A: b|C: d|| ~ 45 ~ 9 ~ 9 ~ 9 ~ HEADER_OCTETS",
        "R|A: b|C: d|| ~ 46 ~ 9 ~ 9 ~ 9 ~ NONE",
        "M--b|A: b|| ~ 60 ~ 9 ~ 9 ~ 9 ~ NONE",
      })
  void limitsHold(
      String mail, long octets, int fields, int depth, int parts, ContentShape.Excess excess) {
    ContentLimits limits = new ContentLimits(octets, fields, depth, parts);
    assertThat(seen(mail, limits).excess()).isEqualTo(excess);
  }

  private static ContentShape seen(String mail, ContentLimits limits) {
    byte[] octets = octets(mail);
    ContentShape shape = new ContentShape(limits);
    shape.see(octets, 0, octets.length);
    return shape;
  }

  private static byte[] octets(String mail) {
    return mail.replace("M--", MIXED + "--")
        .replace("N--", MIXED.replace("=b", "=c") + "--")
        .replace("R|", "Content-Type: message/rfc822||")
        .replace("R--", "Content-Type: message/rfc822|--")
        .replace("|", "\r\n")
        .getBytes(ISO_8859_1);
  }
}
