package me.ehlo.check;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import me.ehlo.mime.DateParser;
import me.ehlo.mime.EncodedWords;
import me.ehlo.mime.HeaderField;
import me.ehlo.mime.ReadMail;

/** What is odd about a header: fields that are missing, too many, or not as they may be (RFC 5322 §3.6, RFC 2047). */
final class HeaderFindings implements MailCheck {
  private static final Place HEADER = Place.of("header");
  private static final List<String> ONCE =
      List.of(
          "From",
          "Sender",
          "Reply-To",
          "To",
          "Cc",
          "Bcc",
          "Date",
          "Subject",
          "Message-ID",
          "In-Reply-To",
          "References");
  private static final Duration FAR = Duration.ofDays(1);

  private static final int SHOWN_MAX = 5; // of the same kind

  @Override
  public List<String> ids() {
    return List.of(
        "missing",
        "twice",
        "date",
        "message-id",
        "subject",
        "bcc",
        "encoded",
        "raw-header",
        "size");
  }

  @Override
  public List<Finding> findings(MailSeen seen) {
    ReadMail mail = seen.mail();
    List<Finding> findings = new ArrayList<>();
    missing(mail, findings);
    ONCE.stream()
        .filter(name -> mail.all(name).size() > 1)
        .forEach(name -> findings.add(twice(mail, name)));
    date(seen, findings);
    messageId(mail, findings);
    subject(mail, findings);
    if (mail.first("Bcc").filter(field -> !field.octets().isBlank()).isPresent()) {
      findings.add(
          Finding.warn(
              "bcc",
              HEADER,
              "The field Bcc is still there: " + Quoted.of(mail.text("Bcc")),
              "Every recipient sees who else has got it, in secret (RFC 5322 §3.6.3).",
              "The program that sent it has to take it out."));
    }
    mail.fields().stream()
        .filter(field -> EncodedWords.hasBroken(field.characters()))
        .limit(SHOWN_MAX)
        .forEach(field -> findings.add(brokenWord(field)));
    List<HeaderField> raw = mail.fields().stream().filter(field -> !field.isAscii()).toList();
    if (!raw.isEmpty()) {
      findings.add(raw(raw));
    }
    if (!mail.wholeHeader()) {
      findings.add(
          Finding.warn(
              "size",
              HEADER,
              "The header is huge; what is told here is of its first "
                  + mail.fields().size()
                  + " fields.",
              "Many servers refuse such a mail, Ehlo among them (limits.header-size, limits.header-fields).",
              ""));
    }
    return findings;
  }

  private static void missing(ReadMail mail, List<Finding> findings) {
    for (String name : List.of("From", "Date")) {
      if (mail.first(name).isEmpty()) {
        findings.add(
            Finding.warn(
                "missing",
                HEADER,
                "There is no field " + name + ".",
                "Every mail has one (RFC 5322 §3.6); spam filters look for it, and some servers refuse the mail.",
                "The program that sent it has to write it, or its server has to add it."));
      }
    }
    if (mail.first("Message-ID").isEmpty()) {
      findings.add(
          Finding.note(
              "missing",
              HEADER,
              "There is no field Message-ID.",
              "Replies cannot refer to it, and no log can be searched for it; spam filters count it.",
              "The program that sent it should write one."));
    }
    if (findings.isEmpty()) {
      findings.add(Finding.ok("missing", HEADER, "From, Date and Message-ID are there."));
    }
  }

  private static Finding twice(ReadMail mail, String name) {
    String saw =
        "There are " + mail.all(name).size() + " fields " + name + ", and only one may be.";
    return name.equals("From")
        ? Finding.fail(
            "twice",
            HEADER,
            saw + " The first says " + Quoted.of(mail.text(name)),
            "One program shows this author, another that one: mails are forged so.",
            "Do not believe either; look at the hop by which it came.")
        : Finding.warn(
            "twice",
            HEADER,
            saw,
            "Programs differ in which they show.",
            "The program that sent it has to write it once.");
  }

  private static void date(MailSeen seen, List<Finding> findings) {
    Optional<HeaderField> field = seen.mail().first("Date");
    if (field.isEmpty()) {
      return;
    }
    Optional<Instant> date = DateParser.parse(field.get().octets()).map(OffsetDateTime::toInstant);
    if (date.isEmpty()) {
      findings.add(
          Finding.warn(
              "date",
              HEADER,
              "The date cannot be read: " + Quoted.of(field.get().text()),
              "Programs show none, or the day it arrived.",
              "The program that sent it has to write it as RFC 5322 §3.3 has it."));
      return;
    }
    Optional<Instant> first =
        seen.route().hops().stream()
            .filter(hop -> !hop.isSkewed())
            .flatMap(hop -> hop.field().at().stream())
            .map(OffsetDateTime::toInstant)
            .findFirst();
    Duration apart = Duration.between(date.get(), first.orElse(date.get()));
    if (apart.abs().compareTo(FAR) > 0) {
      findings.add(
          Finding.warn(
              "date",
              HEADER,
              "The date is "
                  + Spans.of(apart.abs())
                  + (apart.isNegative() ? " later" : " earlier")
                  + " than the first hop.",
              "The clock of whoever wrote it is wrong, it lay in an outbox, or it is to stand first (or last) in your list.",
              ""));
    } else {
      findings.add(Finding.ok("date", HEADER, "The date fits the first hop."));
    }
  }

  private static void messageId(ReadMail mail, List<Finding> findings) {
    Optional<HeaderField> field = mail.first("Message-ID");
    if (field.isEmpty()) {
      return;
    }
    String id = field.get().octets().strip();
    if (id.matches("<[^<>@\\s]+@[^<>@\\s]+>")) {
      findings.add(Finding.ok("message-id", HEADER, "The Message-ID is " + id));
    } else {
      findings.add(
          Finding.note(
              "message-id",
              HEADER,
              "The Message-ID is not as <something@domain>: " + Quoted.of(id),
              "It may not be unique, and some programs do not find replies to it (RFC 5322 §3.6.4).",
              "The program that sent it should write another."));
    }
  }

  private static void subject(ReadMail mail, List<Finding> findings) {
    if (mail.text("Subject").isEmpty()) {
      findings.add(
          Finding.note(
              "subject",
              HEADER,
              mail.first("Subject").isEmpty() ? "There is no subject." : "The subject is empty.",
              "Nothing forbids it; spam filters count it.",
              ""));
    }
  }

  private static Finding brokenWord(HeaderField field) {
    return Finding.warn(
        "encoded",
        HEADER,
        "In "
            + field.name()
            + " is an encoded word that cannot be read: "
            + Quoted.of(field.text()),
        "People see it as it stands there (RFC 2047).",
        "The program that sent it has to encode it anew, or somebody on the way has cut it.");
  }

  private static Finding raw(List<HeaderField> raw) {
    String names =
        String.join(", ", raw.stream().map(HeaderField::name).distinct().limit(SHOWN_MAX).toList());
    return raw.stream().allMatch(HeaderField::isUtf8)
        ? Finding.note(
            "raw-header",
            HEADER,
            "UTF-8 stands unencoded in " + names + ".",
            "That is right between servers that speak SMTPUTF8 (RFC 6532); others show nonsense, or refuse it.",
            "")
        : Finding.warn(
            "raw-header",
            HEADER,
            "Octets that are neither ASCII nor UTF-8 stand in " + names + ".",
            "Nobody can know which characters are meant.",
            "The program that sent it has to encode them (RFC 2047).");
  }
}
