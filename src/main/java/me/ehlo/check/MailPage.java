package me.ehlo.check;

import java.time.Duration;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import me.ehlo.check.Hop.Told;
import me.ehlo.mime.Part;
import me.ehlo.mime.ReadMail;
import me.ehlo.mime.ReceivedField;
import me.ehlo.mime.TransmissionType;
import me.ehlo.trace.Plain;

/** A mail explained as people read it: who sent what to whom, what is odd, its way, its parts. */
public final class MailPage {
  private static final int HOPS_MAX = 100;
  private static final int PARTS_MAX = 200;
  private static final int LABEL = 10;
  private static final int VALUE_MAX = 400;
  private static final Duration SLOW = Duration.ofMinutes(1);
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("EEE d MMM yyyy HH:mm:ss Z", Locale.ENGLISH);

  private final int width;
  private final boolean unicode;
  private final Paint paint;
  private final Page page;
  private final List<String> lines = new ArrayList<>();
  private int partsShown;

  /**
   * @param width of the screen, in columns
   * @param unicode whether signs that are not ASCII can be shown
   */
  public MailPage(int width, boolean unicode, boolean colour) {
    this.width = Math.max(Page.WIDTH_LEAST, width);
    this.unicode = unicode;
    this.paint = new Paint(colour);
    this.page = new Page(width, unicode, colour);
  }

  /**
   * The lines of the page.
   *
   * @param all whether what is fine is told too
   */
  public List<String> lines(Explained explained, boolean all) {
    lines.clear();
    partsShown = 0;
    head(explained);
    lines.add("");
    lines.addAll(page.lines(explained.report(), all));
    route(explained.route());
    lines.add("");
    lines.add("  Parts");
    part(explained.mail().content(), 0);
    return List.copyOf(lines);
  }

  private void head(Explained explained) {
    ReadMail mail = explained.mail();
    for (String name : List.of("From", "To", "Date", "Subject")) {
      labelled(name, mail.text(name));
    }
    Envelope envelope = Envelope.of(mail, explained.route());
    StringJoiner path = new StringJoiner(" ");
    path.setEmptyValue("");
    if (!envelope.sender().isEmpty()) {
      path.add("from").add(envelope.sender());
    }
    if (!envelope.recipients().isEmpty()) {
      path.add("to").add(String.join(", ", envelope.recipients()));
    }
    labelled("Envelope", path.toString());
    if (!explained.route().hops().isEmpty()) {
      labelled("Way", way(explained.route()));
    }
    labelled("Odd", odd(explained.report()));
  }

  private void labelled(String label, String value) {
    if (value.isEmpty()) {
      return;
    }
    String shown = value.length() > VALUE_MAX ? value.substring(0, VALUE_MAX) + "..." : value;
    List<String> said = Wrap.lines(harmless(shown), width - LABEL - 2);
    lines.add("  " + label + " ".repeat(LABEL - label.length()) + said.getFirst());
    said.stream().skip(1).forEach(line -> lines.add(" ".repeat(LABEL + 2) + line));
  }

  private static String way(Route route) {
    Map<Told, Long> told =
        route.hops().stream()
            .collect(
                Collectors.groupingBy(
                    Hop::encryption, () -> new EnumMap<>(Told.class), Collectors.counting()));
    int hops = route.hops().size();
    String count = hops == 1 ? "1 hop" : hops + " hops, " + Spans.of(route.took());
    String encryption =
        told.entrySet().stream()
            .map(entry -> entry.getValue() + " " + word(entry.getKey()))
            .collect(Collectors.joining(", "));
    return count + ": " + encryption;
  }

  private static String word(Told told) {
    return switch (told) {
      case YES -> "with TLS";
      case NO -> "without TLS";
      case LOCAL -> "on one machine";
      case UNTOLD -> "do not tell of TLS";
    };
  }

  private static String odd(Report report) {
    long wrong = report.findings().stream().filter(it -> it.result() == Result.FAIL).count();
    long odd = report.findings().stream().filter(it -> it.result() == Result.WARN).count();
    if (wrong > 0) {
      return "yes, somebody may want to deceive you: see below";
    }
    return odd > 0 ? "yes: see below" : "nothing";
  }

  private void route(Route route) {
    if (route.hops().isEmpty()) {
      return;
    }
    lines.add("");
    lines.add("  Route, the oldest hop first");
    int hidden = Math.max(0, route.hops().size() - HOPS_MAX);
    if (hidden > 0) {
      wrapped(hidden + " older hops are not shown; --json has them.", 2);
    }
    for (Hop hop : route.hops().subList(hidden, route.hops().size())) {
      if (hop.number() == route.entry() && hop.number() > 1) {
        wrapped(
            "What is above came with the mail, and anybody can write it; from here on "
                + hop.by()
                + " and its site write what they saw.",
            2);
      }
      hop(hop);
    }
  }

  private void hop(Hop hop) {
    String number = String.format(Locale.ROOT, "%2d  ", hop.number());
    if (!hop.field().isReadable()) {
      wrapped(number + "cannot be read: " + Quoted.of(hop.field().text()), 2);
      return;
    }
    wrapped(number + client(hop.field()) + (unicode ? " → " : " -> ") + hop.by(), 2);
    StringJoiner how = new StringJoiner(", ");
    how.setEmptyValue("");
    String with = hop.field().with();
    if (!with.isEmpty()) {
      String meaning = TransmissionType.of(with).meaning();
      how.add(with + (meaning.isEmpty() ? "" : " (" + meaning + ")"));
    }
    how.add(encryption(hop));
    if (!hop.field().id().isEmpty()) {
      how.add("id " + hop.field().id());
    }
    if (!hop.field().recipient().isEmpty()) {
      how.add("for " + hop.field().recipient());
    }
    wrapped(how.toString(), 6);
    time(hop);
  }

  private static String client(ReceivedField field) {
    ReceivedField.Client client = field.client();
    if (client.isUntold()) {
      return "(no client is named)";
    }
    String address = client.address().map(it -> it.getHostAddress()).orElse("");
    boolean saidIsAddress = client.said().startsWith("[") || client.said().equals(address);
    StringJoiner seen = new StringJoiner(" ", "(", ")");
    seen.setEmptyValue("");
    if (!client.reverse().isEmpty() && !client.reverse().equalsIgnoreCase(client.said())) {
      seen.add("is " + client.reverse() + (client.doubtful() ? "?" : ""));
    }
    if (!address.isEmpty() && !saidIsAddress) {
      seen.add("[" + address + "]");
    }
    return (client.said().isEmpty() ? "a client that says no name" : client.said())
        + (seen.length() == 0 ? "" : " " + seen);
  }

  private static String encryption(Hop hop) {
    return switch (hop.encryption()) {
      case YES -> {
        ReceivedField.Tls tls = hop.field().tls();
        String version = tls.version().isEmpty() ? "TLS" : tls.version();
        yield version + (tls.cipher().isEmpty() ? "" : " " + tls.cipher());
      }
      case NO -> "no TLS";
      case LOCAL -> "on one machine";
      case UNTOLD -> "TLS not told";
    };
  }

  private void time(Hop hop) {
    String time = " ".repeat(6) + hop.field().at().map(TIME::format).orElse("no time is told");
    String remark = remark(hop);
    boolean odd = hop.isSkewed() || hop.delay().filter(it -> it.compareTo(SLOW) >= 0).isPresent();
    String painted = odd ? paint.result(Result.WARN, remark) : remark;
    if (remark.isEmpty()) {
      lines.add(time);
    } else if (time.length() + 2 + remark.length() <= width) {
      lines.add(time + ", " + painted);
    } else {
      lines.add(time + ",");
      lines.add(" ".repeat(10) + painted);
    }
  }

  private static String remark(Hop hop) {
    if (hop.isSkewed()) {
      return "its clock is "
          + Spans.of(hop.skew().abs())
          + (hop.skew().isNegative() ? " behind" : " ahead");
    }
    return hop.delay()
        .map(delay -> "after " + Spans.of(delay) + (delay.compareTo(SLOW) >= 0 ? ", slow" : ""))
        .orElse("");
  }

  private void part(Part part, int depth) {
    if (++partsShown > PARTS_MAX) {
      if (partsShown == PARTS_MAX + 1) {
        wrapped("More parts are not shown; --json has them.", 2);
      }
      return;
    }
    StringJoiner text = new StringJoiner(", ");
    text.add((part.number().isEmpty() ? "" : part.number() + "  ") + part.type());
    if (!part.charset().isEmpty()) {
      text.add(part.charset());
    }
    if (part.parts().isEmpty()) {
      text.add(part.encoding()).add(size(part.decodedOctets()));
    }
    if (!part.disposition().isEmpty()) {
      text.add(part.disposition());
    }
    if (!part.fileName().isEmpty()) {
      text.add("\"" + part.fileName() + "\"");
    }
    wrapped(text.toString(), 2 + 2 * Math.min(depth, 10));
    part.parts().forEach(inner -> part(inner, depth + 1));
  }

  private static String size(long octets) {
    return octets < 10_000
        ? octets + (octets == 1 ? " octet" : " octets")
        : octets < 10_000_000 ? octets / 1000 + " kB" : octets / 1_000_000 + " MB";
  }

  private void wrapped(String text, int indent) {
    List<String> said = Wrap.lines(harmless(text.strip()), width - indent - 4);
    lines.add(" ".repeat(indent) + said.getFirst());
    said.stream().skip(1).forEach(line -> lines.add(" ".repeat(indent + 4) + line));
  }

  private static String harmless(String text) {
    return Plain.harmless(text);
  }
}
