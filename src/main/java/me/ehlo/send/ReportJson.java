package me.ehlo.send;

import java.net.InetAddress;
import java.util.Locale;
import java.util.Optional;
import me.ehlo.call.Destination;
import me.ehlo.call.Heard;
import me.ehlo.call.Stage;
import me.ehlo.mail.EnhancedStatus;
import me.ehlo.trace.Json;

/** A report as one JSON document; fields are only ever added. */
final class ReportJson {
  private ReportJson() {}

  /**
   * The document.
   *
   * @param messageId without brackets
   */
  static String document(Order order, Report report, String messageId) {
    return Json.object(it -> {
      it.number("v", 1)
          .number("exit", report.exitCode())
          .put("result", result(report))
          .put("stage", Optional.of(report.stage().toString()).filter(_ -> report.exitCode() != 0));
      retryable(it, report.retryable());
      it.put("why", report.ended().map(Trouble::why))
          .put("from", order.envelope().from().toString())
          .put("message_id", Optional.of(messageId).filter(_ -> order.mail().whole().isEmpty()))
          .objects("recipients", report.results(), ReportJson::recipient);
    });
  }

  private static String result(Report report) {
    if (report.isStopped()) {
      return "stopped";
    }
    return switch (report.exitCode()) {
      case 0 -> "accepted";
      case Report.PARTLY -> "partly accepted";
      default -> report.count(Result.State.IN_DOUBT) > 0 ? "in doubt" : "not accepted";
    };
  }

  private static void recipient(Json json, Result result) {
    json.put("recipient", result.recipient().toString())
        .put("state", result.state().toString().toLowerCase(Locale.ROOT).replace('_', ' '))
        .put("stage", result.stage().toString())
        .number("code", result.heard().map(Heard::code).filter(it -> it > 0))
        .put("enhanced", result.heard().flatMap(it -> it.status()).map(EnhancedStatus::toString))
        .put("text", result.heard().map(it -> it.text()).orElse(result.why()));
    retryable(
        json,
        switch (result.state()) {
          case STOPPED -> result.stage() == Stage.DOT ? Optional.empty() : Optional.of(false);
          case ACCEPTED, REFUSED -> Optional.of(false);
          case DEFERRED -> Optional.of(true);
          case IN_DOUBT -> Optional.empty();
        });
    Optional<Destination> server = result.server();
    json.put("mx", server.map(Destination::name))
        .put("ip", server.flatMap(Destination::address).map(InetAddress::getHostAddress))
        .number("port", server.map(Destination::port).filter(it -> it > 0));
  }

  private static void retryable(Json json, Optional<Boolean> is) {
    if (is.isPresent()) {
      json.flag("retryable", is.get());
    } else {
      json.put("retryable", "unknown");
    }
  }
}
