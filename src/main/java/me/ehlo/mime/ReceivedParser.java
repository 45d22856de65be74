package me.ehlo.mime;

import java.net.InetAddress;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import me.ehlo.mail.Network;
import me.ehlo.mail.Parsed;
import me.ehlo.mime.ReceivedField.Client;
import me.ehlo.mime.ReceivedField.Tls;

/**
 * Reads Received fields as the servers of this world write them (RFC 5321 §4.4, RFC 8314 §7.4).
 *
 * <p>The clauses are common to all; where the client's name, its address and the encryption stand is not. Everything is
 * taken that can be made out, and a field that says nothing is a field all the same.
 */
public final class ReceivedParser {
  private static final int LENGTH_MAX =
      8000; // of what is looked at; whole fields have a few hundred
  private static final Set<String> CLAUSES =
      Set.of("from", "by", "via", "with", "id", "for", "tls", "group");

  /** Postfix, Dovecot: {@code (using TLSv1.3 with cipher X (256/256 bits))}. */
  private static final Pattern USING = Pattern.compile("using (\\S+) with cipher ([^\\s()]+)");

  /** Sendmail, Gmail, Exchange, Ehlo: {@code (version=TLS1_3 cipher=X ...)}. */
  private static final Pattern VERSION =
      Pattern.compile("(?<![^\\s,;()])version=([^\\s,;()]++),?+ ++cipher=([^\\s,;()]++)");

  /** OpenSMTPD, Exim: {@code (TLSv1.3:X:256:NO)}. */
  private static final Pattern COLONS =
      Pattern.compile("\\(((?:TLS|SSL)[-v]*[0-9._]+):([A-Za-z0-9_-]+)");

  /** Courier: {@code (TLS: TLSv1.3,256bits,X)}. */
  private static final Pattern COMMAS =
      Pattern.compile("\\(TLS: ([^\\s,;()]+),[0-9]+bits,([^\\s,;()]+)\\)");

  /** Exim since 4.93: {@code (TLS1.3) tls X}. */
  private static final Pattern ALONE = Pattern.compile("\\((TLS[-v]*[0-9._]+)\\)()");

  /** qmail: {@code with (X encrypted) SMTP}. */
  private static final Pattern ENCRYPTED = Pattern.compile("\\(()([A-Z0-9_-]+) encrypted\\)");

  private static final List<Pattern> ENCRYPTION =
      List.of(USING, VERSION, COLONS, COMMAS, ALONE, ENCRYPTED);
  private static final Pattern NUMBERS = Pattern.compile("([0-9]+)(?:[._]([0-9]+))?");

  private static final Pattern ADDRESS =
      Pattern.compile("\\[(?:IPv6:)?([0-9A-Fa-f:.]+)\\]", Pattern.CASE_INSENSITIVE);
  private static final Pattern HELO =
      Pattern.compile("(?:^|\\s)(?:helo=|(?:HELO|EHLO) )([^\\s()]+)", Pattern.CASE_INSENSITIVE);
  private static final Pattern REVERSE = Pattern.compile("^([^\\s\\[=]+)\\s+\\[");

  private final String text;
  private final Map<String, List<String>> words = new HashMap<>();
  private final List<String> clientComments = new ArrayList<>();
  private String clause = "";
  private int at;
  private int semicolon = -1;

  private ReceivedParser(String text) {
    this.text = text;
  }

  /**
   * Reads what stands behind the colon.
   *
   * @param value folded or not
   */
  public static ReceivedField parse(String value) {
    String whole = value.replaceAll("[\\r\\n]", "").strip();
    return new ReceivedParser(whole.length() > LENGTH_MAX ? whole.substring(0, LENGTH_MAX) : whole)
        .read(whole);
  }

  private ReceivedField read(String whole) {
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '(') {
        comment();
      } else if (c == ';') {
        semicolon = at++;
        clause = ""; // behind it stands the date
      } else if (c == ' ' || c == '\t') {
        at++;
      } else {
        word();
      }
    }
    return new ReceivedField(
        client(),
        withoutDot(first("by")),
        with(),
        tls(),
        first("id"),
        angled(String.join(" ", words.getOrDefault("for", List.of()))),
        date(),
        whole);
  }

  /** With all that is nested in it; one that does not close is a word. */
  private void comment() {
    int depth = 0;
    int i = at;
    do {
      char c = text.charAt(i);
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      i += c == '\\' ? 2 : 1;
    } while (depth > 0 && i < text.length());
    if (depth > 0 || i > text.length()) {
      word();
      return;
    }
    if (clause.equals("from")) {
      clientComments.add(text.substring(at + 1, i - 1).strip());
    }
    at = i;
  }

  private void word() {
    int from = at++;
    while (at < text.length() && " \t;(".indexOf(text.charAt(at)) < 0) {
      at++;
    }
    String word = text.substring(from, at);
    String key = word.toLowerCase(Locale.ROOT);
    if (CLAUSES.contains(key)) {
      clause = key;
    } else {
      words.computeIfAbsent(clause, _ -> new ArrayList<>()).add(word);
    }
  }

  private String first(String name) {
    return words.getOrDefault(name, List.of("")).getFirst();
  }

  private String with() {
    return String.join(" ", words.getOrDefault("with", List.of()));
  }

  private Client client() {
    String name = withoutDot(first("from"));
    String comments = String.join(" ", clientComments);
    Optional<InetAddress> address =
        inBrackets(comments)
            .or(() -> clientComments.stream().flatMap(it -> bare(it).stream()).findFirst())
            .or(() -> inBrackets(name))
            .or(() -> bare(name));
    Matcher helo = HELO.matcher(comments);
    if (helo.find()) { // Exim, qmail: in front of it stands the name of the address
      boolean isAddress = inBrackets(name).or(() -> bare(name)).isPresent();
      return new Client(helo.group(1), isAddress ? "" : known(name), address, false);
    }
    String reverse =
        clientComments.stream()
            .map(REVERSE::matcher)
            .filter(Matcher::find)
            .map(matcher -> matcher.group(1))
            .findFirst()
            .orElse("");
    String host = reverse.substring(reverse.lastIndexOf('@') + 1); // Sendmail: ident@host
    return new Client(
        known(name), known(withoutDot(host)), address, comments.contains("may be forged"));
  }

  private static String known(String name) {
    return name.equalsIgnoreCase("unknown") ? "" : name;
  }

  private static Optional<InetAddress> inBrackets(String text) {
    Matcher matcher = ADDRESS.matcher(text);
    return matcher.find() ? bare(matcher.group(1)) : Optional.empty();
  }

  private static Optional<InetAddress> bare(String text) {
    String address = text.substring(text.lastIndexOf('@') + 1); // qmail: ident@address
    return address.indexOf('/') < 0
            && Network.parse(address) instanceof Parsed.Right<Network>(var one)
        ? Optional.of(one.first())
        : Optional.empty();
  }

  private Tls tls() {
    for (Pattern pattern : ENCRYPTION) {
      Matcher matcher = pattern.matcher(text);
      if (matcher.find()) {
        String cipher = matcher.group(2);
        return new Tls(version(matcher.group(1)), cipher.isEmpty() ? first("tls") : cipher);
      }
    }
    String cipher = first("tls");
    return cipher.isEmpty() ? Tls.UNTOLD : new Tls("", cipher);
  }

  /** TLS1_3, TLS1.3, TLS-1.3 and TLSv1.3 are one. */
  private static String version(String written) {
    Matcher numbers = NUMBERS.matcher(written);
    if (!numbers.find()) {
      return written;
    }
    String minor = numbers.group(2) == null ? "" : "." + numbers.group(2);
    String family = written.startsWith("SSL") ? "SSLv" : "TLSv";
    return family + numbers.group(1) + minor;
  }

  private Optional<OffsetDateTime> date() {
    return DateParser.parse(semicolon < 0 ? text : text.substring(semicolon + 1));
  }

  private static String angled(String text) {
    int open = text.indexOf('<');
    int close = text.indexOf('>', open);
    return open >= 0 && close > open ? text.substring(open + 1, close) : text;
  }

  private static String withoutDot(String name) {
    return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
  }
}
