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
   * @param etrn whether this client may have the queue started (RFC 1985)
   */
  public static List<String> offered(long sizeMax, int recipientsMax, boolean etrn) {
    List<String> lines =
        new ArrayList<>(
            List.of(
                "PIPELINING", // RFC 2920
                "SIZE " + sizeMax, // RFC 1870
                "8BITMIME", // RFC 6152
                "SMTPUTF8", // RFC 6531
                "DSN", // RFC 3461
                "CHUNKING", // RFC 3030 §2
                "ENHANCEDSTATUSCODES", // RFC 2034
                "LIMITS RCPTMAX=" + recipientsMax, // RFC 9422
                "HELP")); // RFC 5321 §4.1.1.8
    if (etrn) {
      lines.add("ETRN"); // RFC 1985
    }
    return lines;
  }
}
