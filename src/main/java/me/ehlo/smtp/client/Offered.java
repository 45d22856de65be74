package me.ehlo.smtp.client;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.StringTokenizer;

/**
 * What a server offers in its answer to EHLO (RFC 5321 §4.1.1.1); what we do not know or cannot read is as if not said.
 *
 * @param keywords in upper case
 * @param mechanisms behind AUTH, in upper case (RFC 4954 §3)
 * @param sizeMax octets a mail may have (RFC 1870); 0: it does not say
 * @param recipientsMax recipients a transaction may have (RFC 9422); 0: it does not say
 */
public record Offered(
    Set<String> keywords, Set<String> mechanisms, long sizeMax, int recipientsMax) {

  /** Before EHLO, after TLS has begun, and by a server that only knows HELO: nothing. */
  public static final Offered NOTHING = new Offered(Set.of(), Set.of(), 0, 0);

  private static final int DIGITS_MAX = 18;

  public Offered {
    keywords = Set.copyOf(keywords);
    mechanisms = Set.copyOf(mechanisms);
  }

  /** Reads the lines of EHLO's answer; the first is the server's name. */
  public static Offered read(List<String> lines) {
    Set<String> keywords = new HashSet<>();
    Set<String> mechanisms = new HashSet<>();
    long size = 0;
    long recipients = 0;
    for (String line : lines.subList(1, lines.size())) {
      StringTokenizer words =
          new StringTokenizer(line.toUpperCase(Locale.ROOT).replace("AUTH=", "AUTH "), " ");
      String keyword = words.hasMoreTokens() ? words.nextToken() : "";
      keywords.add(keyword);
      while (words.hasMoreTokens()) {
        String word = words.nextToken();
        switch (keyword) {
          case "SIZE" -> size = number(word);
          case "AUTH" -> mechanisms.add(word);
          case "LIMITS" ->
              recipients =
                  word.startsWith("RCPTMAX=")
                      ? number(word.substring("RCPTMAX=".length()))
                      : recipients;
          default -> {} // no other parameter matters to us
        }
      }
    }
    return new Offered(keywords, mechanisms, size, (int) Math.min(recipients, Integer.MAX_VALUE));
  }

  /** Whether this extension is among them, by its keyword in upper case. */
  public boolean has(String keyword) {
    return keywords.contains(keyword);
  }

  boolean pipelining() {
    return keywords.contains("PIPELINING"); // RFC 2920
  }

  boolean size() {
    return keywords.contains("SIZE"); // RFC 1870
  }

  boolean eightBitMime() {
    return keywords.contains("8BITMIME"); // RFC 6152
  }

  boolean smtpUtf8() {
    return keywords.contains("SMTPUTF8"); // RFC 6531
  }

  boolean chunking() {
    return keywords.contains("CHUNKING"); // RFC 3030
  }

  boolean dsn() {
    return keywords.contains("DSN"); // RFC 3461
  }

  boolean startTls() {
    return keywords.contains("STARTTLS"); // RFC 3207
  }

  /** A number of the size that numbers have here, else 0. */
  private static long number(String word) {
    boolean digits = !word.isEmpty() && word.length() <= DIGITS_MAX;
    for (int i = 0; i < word.length() && digits; i++) {
      digits = word.charAt(i) >= '0' && word.charAt(i) <= '9';
    }
    return digits ? Long.parseLong(word) : 0;
  }
}
