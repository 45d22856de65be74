package me.ehlo.send;

import java.util.HexFormat;
import java.util.Optional;
import java.util.stream.Collectors;
import me.ehlo.call.Destination;
import me.ehlo.call.Stage;
import me.ehlo.mail.EnhancedStatus;

/** A report as one JSON document (RFC 8259); fields are only ever added. */
final class ReportJson {
  private ReportJson() {}

  /**
   * The document.
   *
   * @param messageId without brackets
   */
  static String document(Order order, Report report, String messageId) {
    return "{\"v\":1,\"exit\":"
        + report.exitCode()
        + ",\"result\":"
        + text(result(report))
        + ",\"stage\":"
        + (report.exitCode() == 0 ? "null" : text(report.stage().toString()))
        + ",\"retryable\":"
        + report.retryable().map(String::valueOf).orElse("\"unknown\"")
        + ",\"why\":"
        + report.ended().map(it -> text(it.why())).orElse("null")
        + ",\"from\":"
        + text(order.envelope().from().toString())
        + ",\"message_id\":"
        + (order.mail().whole().isPresent() ? "null" : text(messageId))
        + ",\"recipients\":["
        + report.results().stream().map(ReportJson::object).collect(Collectors.joining(","))
        + "]}";
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

  private static String object(Result result) {
    Optional<EnhancedStatus> status = result.heard().flatMap(it -> it.status());
    return "{\"recipient\":"
        + text(result.recipient().toString())
        + ",\"state\":"
        + text(
            switch (result.state()) {
              case ACCEPTED -> "accepted";
              case REFUSED -> "refused";
              case DEFERRED -> "deferred";
              case IN_DOUBT -> "in doubt";
              case STOPPED -> "stopped";
            })
        + ",\"stage\":"
        + text(result.stage().toString())
        + ",\"code\":"
        + result.heard().filter(it -> it.code() > 0).map(it -> "" + it.code()).orElse("null")
        + ",\"enhanced\":"
        + status.map(it -> text(it.toString())).orElse("null")
        + ",\"text\":"
        + text(result.heard().map(it -> it.text()).orElse(result.why()))
        + ",\"retryable\":"
        + retryable(result)
        + ",\"mx\":"
        + result.server().map(it -> text(it.name())).orElse("null")
        + ",\"ip\":"
        + result
            .server()
            .flatMap(Destination::address)
            .map(it -> text(it.getHostAddress()))
            .orElse("null")
        + ",\"port\":"
        + result
            .server()
            .map(Destination::port)
            .filter(it -> it > 0)
            .map(it -> "" + it)
            .orElse("null")
        + "}";
  }

  private static String retryable(Result result) {
    return switch (result.state()) {
      case STOPPED -> result.stage() == Stage.DOT ? "\"unknown\"" : "false";
      case ACCEPTED, REFUSED -> "false";
      case DEFERRED -> "true";
      case IN_DOUBT -> "\"unknown\"";
    };
  }

  private static String text(String text) {
    StringBuilder json = new StringBuilder(text.length() + 2).append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c < ' ' || c >= 0x7F && c < 0xA0 || Character.isSurrogate(c)) {
        json.append("\\u").append(HexFormat.of().toHexDigits(c));
      } else {
        json.append(c);
      }
    }
    return json.append('"').toString();
  }
}
