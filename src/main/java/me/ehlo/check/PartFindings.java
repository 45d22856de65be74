package me.ehlo.check;

import java.util.ArrayList;
import java.util.List;
import me.ehlo.mime.LineEnds;
import me.ehlo.mime.Part;
import me.ehlo.mime.ReadMail;

/** What is odd about a mail's parts, and about its lines (RFC 2045, RFC 2046, RFC 5322 §2). */
final class PartFindings implements MailCheck {
  private static final Place BODY = Place.of("body");
  private static final int SHOWN_MAX = 100; // of a mail that has nothing but flaws

  @Override
  public List<String> ids() {
    return List.of(
        "parts",
        "boundary",
        "charset",
        "encoding",
        "eight-bit",
        "line-ends",
        "long-lines",
        "nul",
        "mbox");
  }

  @Override
  public List<Finding> findings(MailSeen seen) {
    ReadMail mail = seen.mail();
    List<Finding> findings = new ArrayList<>();
    flaws(mail.content(), findings);
    if (!mail.whole()) {
      findings.add(
          Finding.warn(
              "parts",
              BODY,
              "It has more parts, or parts within parts, than are followed here, or a part with a huge header.",
              "Many servers refuse such a mail, Ehlo among them (limits.mime-depth, limits.mime-parts).",
              ""));
    }
    if (findings.isEmpty()) {
      findings.add(Finding.ok("parts", BODY, "Its parts are as they should be."));
    }
    lines(mail.lines(), findings);
    if (mail.others()) {
      findings.add(
          Finding.note(
              "mbox",
              BODY,
              "More mails follow in the file; this is the first.",
              "It is an mbox file.",
              ""));
    }
    return findings;
  }

  private static void flaws(Part part, List<Finding> findings) {
    Place place = Place.of(part.number().isEmpty() ? "body" : "part " + part.number());
    part.flaws().stream().sorted().map(flaw -> flaw(flaw, part, place)).forEach(findings::add);
    if (findings.size() < SHOWN_MAX) {
      part.parts().forEach(inner -> flaws(inner, findings));
    }
  }

  private static Finding flaw(Part.Flaw flaw, Part part, Place place) {
    return switch (flaw) {
      case NO_END ->
          Finding.warn(
              "boundary",
              place,
              "The boundary that ends the " + part.type() + " never comes.",
              "The mail was cut off, or its program is wrong; the last part may be incomplete.",
              "Ask for it again, if something is missing.");
      case NO_BOUNDARY ->
          Finding.warn(
              "boundary",
              place,
              "The " + part.type() + " says no boundary, so its parts cannot be found.",
              "People see all of it as one text, or nothing.",
              "The program that sent it has to name it (RFC 2046 §5.1).");
      case UNKNOWN_CHARSET ->
          Finding.warn(
              "charset",
              place,
              "The charset " + Quoted.of(part.charset()) + " is not known.",
              "Programs guess, and people may see other characters.",
              "");
      case UNKNOWN_ENCODING ->
          Finding.warn(
              "encoding",
              place,
              "The encoding " + Quoted.of(part.encoding()) + " is not known (RFC 2045 §6).",
              "Nobody can decode it.",
              "");
      case EIGHT_BIT ->
          Finding.warn(
              "eight-bit",
              place,
              "It says " + part.encoding() + ", and has octets above 127.",
              "Servers and programs may alter or refuse it.",
              "The program that sent it has to say 8bit, or encode it.");
      case DAMAGED ->
          Finding.warn(
              "encoding",
              place,
              "Its " + part.encoding() + " is damaged.",
              "Part of it may be missing or wrong.",
              "Ask for it again, if you need it.");
      case ENCODED_PARTS ->
          Finding.warn(
              "encoding",
              place,
              "A "
                  + part.type()
                  + " is encoded as "
                  + part.encoding()
                  + ", which it may not be (RFC 2045 §6.4).",
              "Programs do not find its parts; some filters do not look into it.",
              "");
      case NOT_OPENED ->
          Finding.warn(
              "parts",
              place,
              "It is too deep within other parts, and was not opened.",
              "Some filters do not look into it either.",
              "");
    };
  }

  private static void lines(LineEnds lines, List<Finding> findings) {
    if (lines.isMixed()) {
      findings.add(
          Finding.warn(
              "line-ends",
              BODY,
              lines.crlf() + " lines end in CRLF, " + lines.bareLf() + " in LF alone.",
              "Servers refuse such a mail, since a line may begin at another place for another server (RFC 5321 §2.3.8).",
              "If it came so by SMTP, the server that took it should refuse it; else a program has changed the file."));
    }
    if (lines.bareCr() > 0) {
      findings.add(
          Finding.warn(
              "line-ends",
              BODY,
              "A CR without LF stands in it, " + lines.bareCr() + " times.",
              "Servers refuse such a mail (RFC 5321 §2.3.8).",
              ""));
    }
    if (lines.tooLong() > 0) {
      findings.add(
          Finding.warn(
              "long-lines",
              BODY,
              "Lines of more than 998 octets: "
                  + lines.tooLong()
                  + ", the longest has "
                  + lines.longest()
                  + ".",
              "Some servers cut or refuse them (RFC 5322 §2.1.1), and a signature no longer fits.",
              "The program that sent it has to encode the text (quoted-printable)."));
    }
    if (lines.nuls() > 0) {
      findings.add(
          Finding.warn(
              "nul",
              BODY,
              "An octet 0 stands in it, " + lines.nuls() + " times.",
              "Servers refuse it, and programs may show only what is in front (RFC 5322 §4).",
              ""));
    }
  }
}
