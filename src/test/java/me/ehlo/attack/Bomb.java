package me.ehlo.attack;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.List;
import java.util.function.IntFunction;
import java.util.function.ObjIntConsumer;

/**
 * A mail that is made to cost a lot: a beginning, and something behind it very often.
 *
 * @param reply how the reply to it begins
 */
record Bomb(String name, String beginning, IntFunction<String> unit, int times, String reply) {
  private static final String TAKEN = "250 2.0.0";
  private static final String TOO_BIG = "552 5.3.4";
  private static final String TOO_MUCH = "554 5.6.0";
  private static final String MIXED = "Content-Type: multipart/mixed; boundary=b\r\n\r\n";
  private static final String MESSAGE = "Content-Type: message/rfc822\r\n\r\n";
  private static final String X_250 = "x".repeat(250);
  private static final int PIECE = 32 * 1024;

  private Bomb(String name, String beginning, String unit, int times, String reply) {
    this(name, beginning, _ -> unit, times, reply);
  }

  /** Every shape we know of. */
  static List<Bomb> all() {
    return List.of(
        new Bomb("header lines", "", "A: b\r\n", 500_000, TOO_MUCH),
        new Bomb("Received fields", "", "Received: x\r\n", 500_000, TOO_MUCH),
        new Bomb("Delivered-To fields", "", i -> "Delivered-To: a" + i + "\r\n", 4999, TAKEN),
        new Bomb("lines that are no fields", "A: b\r\n", "text\r\n", 500_000, TOO_MUCH),
        new Bomb("folded lines", "A: b\r\n", " c\r\n", 500_000, TOO_BIG),
        new Bomb("folded lines of blanks", "A: b\r\n", "\t\r\n", 500_000, TOO_BIG),
        new Bomb("a header of 100 MB", "A: ", "x".repeat(1000), 100_000, TOO_BIG),
        new Bomb("a header of 100 MB, folded", "A: ", "x".repeat(997) + "\r\n ", 100_000, TOO_BIG),
        new Bomb("a name of 100 MB", "", "x".repeat(1000), 100_000, TAKEN),
        new Bomb("address fields", "", i -> "To: a" + i + "@b.example\r\n", 100_000, TOO_MUCH),
        new Bomb("addresses in a field", "To: a", i -> ", a" + i + "@b.example", 100_000, TOO_BIG),
        new Bomb(
            "addresses within the limit",
            "To: a",
            i -> ",\r\n a" + i + "@b.example",
            40_000,
            TAKEN),
        new Bomb("addresses without a domain", "To: a", ",a", 500_000, TAKEN),
        new Bomb("fields of them", "", "To: a" + ",a".repeat(99) + "\r\n", 4999, TAKEN),
        new Bomb(
            "fields of them that break off", "", "To: a" + ",a".repeat(98) + ",\r\n", 4999, TAKEN),
        new Bomb("authors without a domain", "From: a", ",a", 500_000, TAKEN),
        new Bomb("comments in From", "From: ", "(", 1_000_000, TAKEN),
        new Bomb("mails in mails", "", MESSAGE, 10_000, TOO_MUCH),
        new Bomb("multiparts in multiparts", "", Bomb::nested, 10_000, TOO_MUCH),
        new Bomb("the same multipart in itself", "", MIXED + "--b\r\n", 10_000, TOO_MUCH),
        new Bomb(
            "a mail that seems to hold itself", "", MIXED + "--b\r\n" + MESSAGE, 10_000, TOO_MUCH),
        new Bomb("parts", MIXED, "--b\r\n\r\nx\r\n", 1_000_000, TOO_MUCH),
        new Bomb("parts of nothing", MIXED, "--b\r\n", 1_000_000, TOO_MUCH),
        new Bomb("parts of parts", MIXED, i -> "--b\r\n" + nested(i), 100_000, TOO_MUCH),
        new Bomb(
            "mails in a digest",
            MIXED.replace("mixed", "digest"),
            "--b\r\n\r\n",
            1_000_000,
            TOO_MUCH),
        new Bomb(
            "headers of parts", MIXED, "--b\r\nA: " + "x".repeat(997) + "\r\n\r\n", 9_000, TOO_BIG),
        new Bomb("a header within", MESSAGE + "A: ", "x".repeat(997) + "\r\n ", 100_000, TOO_BIG),
        new Bomb("never closed", MIXED + "--b\r\n\r\n", "--\r\n--c\r\n", 1_000_000, TAKEN),
        new Bomb("closed again and again", MIXED, "--b--\r\n", 1_000_000, TAKEN),
        new Bomb(
            "what is nearly a boundary, on 99 levels",
            nest(99),
            "--" + X_250 + "y\r\n",
            100_000,
            TAKEN),
        new Bomb("empty lines", MIXED, "\r\n", 10_000_000, TAKEN),
        new Bomb("hyphens", MIXED, "-".repeat(1000), 30_000, TAKEN),
        new Bomb("hyphens in lines", MIXED, "-\r\n", 5_000_000, TAKEN),
        new Bomb("one long line", MIXED, "x".repeat(1000), 50_000, TAKEN),
        new Bomb("base64", MIXED + "--b\r\n\r\n", "QUJD".repeat(19) + "\r\n", 500_000, TAKEN),
        new Bomb(
            "a mail in base64, without an empty line",
            MESSAGE,
            "QUJD".repeat(19) + "\r\n",
            30_000,
            TAKEN),
        new Bomb("continued boundaries", "Content-Type: multipart/x", Bomb::section, 30_000, TAKEN),
        new Bomb("more of them", "Content-Type: multipart/x", Bomb::section, 100_000, TOO_BIG),
        new Bomb("parameters", "Content-Type: multipart/x", "; a=b", 180_000, TAKEN),
        new Bomb("comments in a type", "Content-Type: ", "(", 900_000, TAKEN),
        new Bomb(
            "backslashes in a type",
            "Content-Type: multipart/x; boundary=\"",
            "\\",
            900_000,
            TAKEN),
        new Bomb("a long boundary", "Content-Type: multipart/x; boundary=", "x", 900_000, TAKEN));
  }

  /** How many octets it has. */
  long octets() {
    long[] octets = {0};
    pieces((_, length) -> octets[0] += length);
    return octets[0];
  }

  /** Gives all of it, CRLF at the end; no line begins with a dot. The array is used again. */
  void pieces(ObjIntConsumer<byte[]> sink) {
    byte[] piece = new byte[PIECE];
    int filled = 0;
    for (int i = -1; i <= times; i++) {
      byte[] next = (i < 0 ? beginning : i < times ? unit.apply(i) : "\r\n").getBytes(ISO_8859_1);
      for (int at = 0; at < next.length; ) {
        int some = Math.min(next.length - at, PIECE - filled);
        System.arraycopy(next, at, piece, filled, some);
        filled += some;
        at += some;
        if (filled == PIECE) {
          sink.accept(piece, filled);
          filled = 0;
        }
      }
    }
    sink.accept(piece, filled);
  }

  @Override
  public String toString() {
    return name;
  }

  private static String nested(int level) {
    return "Content-Type: multipart/mixed; boundary=n" + level + "\r\n\r\n--n" + level + "\r\n";
  }

  private static String section(int number) {
    return "; boundary*" + number + "=ab";
  }

  /** Multiparts in multiparts whose boundaries differ at their end only. */
  private static String nest(int levels) {
    StringBuilder mail = new StringBuilder();
    for (int i = 0; i < levels; i++) {
      String boundary = X_250 + (char) ('A' + i / 10) + i % 10;
      mail.append("Content-Type: multipart/mixed;\r\n boundary=").append(boundary);
      mail.append("\r\n\r\n--").append(boundary).append("\r\n");
    }
    return mail.append("\r\n").toString();
  }
}
