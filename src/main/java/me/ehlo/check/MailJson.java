package me.ehlo.check;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Locale;
import me.ehlo.mime.Part;
import me.ehlo.mime.ReadMail;
import me.ehlo.mime.ReceivedField;
import me.ehlo.mime.TransmissionType;
import me.ehlo.trace.Json;

/** A mail explained as one JSON document: a report, and beside it the mail, its way and its parts. */
public final class MailJson {
  private MailJson() {}

  /**
   * The document, without a line ending.
   *
   * @param exit the exit code that goes with it
   */
  public static String of(Explained explained, int exit) {
    return Json.object(json -> {
      ReportJson.report(json, explained.report(), exit);
      json.object("mail", it -> mail(it, explained))
          .object("route", it -> route(it, explained.route()))
          .object("parts", it -> part(it, explained.mail().content()));
    });
  }

  private static void mail(Json json, Explained explained) {
    ReadMail mail = explained.mail();
    Envelope envelope = Envelope.of(mail, explained.route());
    json.put("from", mail.text("From"))
        .put("to", mail.text("To"))
        .put("date", mail.text("Date"))
        .put("subject", mail.text("Subject"))
        .put("messageId", mail.text("Message-ID"))
        .put("sender", envelope.sender())
        .texts("recipients", envelope.recipients());
  }

  private static void route(Json json, Route route) {
    json.number("entry", route.entry())
        .number("seconds", route.took().toSeconds())
        .objects("hops", route.hops(), (it, hop) -> hop(it, hop, hop.number() >= route.entry()));
  }

  private static void hop(Json json, Hop hop, boolean own) {
    ReceivedField field = hop.field();
    json.number("hop", hop.number())
        .flag("own", own)
        .put("from", field.client().said())
        .put("reverse", field.client().reverse())
        .put("address", hop.address())
        .put("by", field.by())
        .put("with", field.with())
        .put("meaning", TransmissionType.of(field.with()).meaning())
        .object(
            "tls",
            tls ->
                tls.put("told", hop.encryption().name().toLowerCase(Locale.ROOT))
                    .put("version", field.tls().version())
                    .put("cipher", field.tls().cipher()))
        .put("id", field.id())
        .put("for", field.recipient())
        .put("time", field.at().map(OffsetDateTime::toString))
        .number("delay", hop.delay().map(Duration::toSeconds))
        .number("skew", hop.skew().toSeconds())
        .put("text", field.text());
  }

  private static void part(Json json, Part part) {
    json.put("number", part.number())
        .put("type", part.type())
        .put("charset", part.charset())
        .put("encoding", part.encoding())
        .put("disposition", part.disposition())
        .put("fileName", part.fileName())
        .number("octets", part.octets())
        .number("decoded", part.decodedOctets())
        .texts(
            "flaws",
            part.flaws().stream().sorted().map(it -> it.name().toLowerCase(Locale.ROOT)).toList())
        .objects("parts", part.parts(), MailJson::part);
  }
}
