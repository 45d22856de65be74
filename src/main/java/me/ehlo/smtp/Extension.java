package me.ehlo.smtp;

import java.util.ArrayList;
import java.util.List;

/** What EHLO offers: exactly what is accepted (RFC 5321 §2.2). */
public final class Extension {

  private Extension() {}

  /**
   * The lines of EHLO's answer behind the first.
   *
   * @param sizeMax octets a mail may have (RFC 1870)
   * @param recipientsMax recipients a mail may have (RFC 9422)
   */
  public static List<String> offered(long sizeMax, int recipientsMax, Here here) {
    List<String> lines =
        new ArrayList<>(
            List.of(
                "PIPELINING", // RFC 2920
                "SIZE " + sizeMax, // RFC 1870
                "8BITMIME", // RFC 6152
                "SMTPUTF8", // RFC 6531
                "DSN", // RFC 3461
                "CHUNKING", // RFC 3030 §2
                "ENHANCEDSTATUSCODES")); // RFC 2034
    add(lines, here.startTls(), "STARTTLS"); // RFC 3207
    add(
        lines,
        !here.mechanisms().isEmpty(),
        "AUTH " + String.join(" ", here.mechanisms())); // RFC 4954 §3
    lines.add("LIMITS RCPTMAX=" + recipientsMax); // RFC 9422
    lines.add("HELP"); // RFC 5321 §4.1.1.8
    add(lines, here.etrn(), "ETRN"); // RFC 1985
    add(
        lines,
        here.xclient(),
        "XCLIENT NAME ADDR PORT PROTO HELO DESTADDR DESTPORT"); // XCLIENT_README
    return lines;
  }

  private static void add(List<String> lines, boolean offered, String line) {
    if (offered) {
      lines.add(line);
    }
  }

  /**
   * What depends on who asks, and over what.
   *
   * @param startTls whether TLS can begin now
   * @param mechanisms how the client may log in, the best first
   * @param etrn whether it may have the queue started
   * @param xclient whether it may say who its own client is
   */
  public record Here(boolean startTls, List<String> mechanisms, boolean etrn, boolean xclient) {
    public Here {
      mechanisms = List.copyOf(mechanisms);
    }
  }
}
