package me.ehlo.pop3;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What people and programs say here that is not ours to answer, and what they probably mean. */
final class Mistaken {
  private static final Set<String> SMTP =
      Set.of("EHLO", "HELO", "HELLO", "MAIL", "RCPT", "DATA", "BDAT", "VRFY", "EXPN", "ETRN");
  private static final Set<String> HTTP =
      Set.of("GET", "POST", "HEAD", "PUT", "DELETE", "OPTIONS", "CONNECT", "PATCH", "TRACE", "PRI");
  private static final Map<String, String> NOT_OFFERED =
      Map.of(
          "APOP", "it needs passwords that are kept readable. Log in with USER and PASS",
          "LANG", "only English is spoken here",
          "LAST", "RFC 1939 has dropped it. UIDL tells old messages from new ones",
          "RPOP", "RFC 1939 has dropped it. Log in with USER and PASS",
          "XTND", "mail is sent by SMTP");
  private static final Map<Verb, Set<String>> MEANT =
      Map.ofEntries(
          Map.entry(Verb.USER, Set.of("LOGIN", "USERNAME", "NAME", "LOGON")),
          Map.entry(Verb.PASS, Set.of("PASSWORD", "PASSWD", "PWD")),
          Map.entry(Verb.STLS, Set.of("STARTTLS", "TLS", "SSL", "STARTSSL")),
          Map.entry(Verb.AUTH, Set.of("AUTHENTICATE")),
          Map.entry(Verb.STAT, Set.of("STATUS", "COUNT", "SIZE")),
          Map.entry(Verb.LIST, Set.of("DIR", "LS", "LISTE", "MESSAGES", "MAILS", "INBOX", "SCAN")),
          Map.entry(Verb.UIDL, Set.of("UID", "UIDS", "IDS")),
          Map.entry(Verb.RETR, Set.of("READ", "GET", "SHOW", "FETCH", "RETRIEVE", "OPEN", "CAT")),
          Map.entry(Verb.TOP, Set.of("HEAD", "HEADER", "HEADERS", "PEEK")),
          Map.entry(Verb.DELE, Set.of("DELETE", "DEL", "RM", "ERASE", "REMOVE")),
          Map.entry(Verb.RSET, Set.of("UNDELETE", "UNDELE", "UNDO", "ROLLBACK")),
          Map.entry(Verb.CAPA, Set.of("CAPABILITY", "CAPABILITIES")),
          Map.entry(Verb.HELP, Set.of("?", "COMMANDS", "INFO")),
          Map.entry(Verb.QUIT, Set.of("EXIT", "BYE", "LOGOUT", "CLOSE", "END", "Q", "LOGOFF")));

  private Mistaken() {}

  static boolean isSmtp(String word) {
    return SMTP.contains(word);
  }

  /** A request line of HTTP, not a person who types GET 1. */
  static boolean isHttp(String word, String rest) {
    return HTTP.contains(word)
        && (rest.startsWith("/") || rest.startsWith("*") || rest.contains("HTTP/"));
  }

  /** What a proxy says first that nobody here trusts. */
  static boolean isProxy(String word, String rest) {
    return word.equals("PROXY") && !rest.isEmpty();
  }

  /** Why this command of POP3 is not offered, if it is one. */
  static Optional<String> whyNotOffered(String word) {
    return Optional.ofNullable(NOT_OFFERED.get(word));
  }

  /** The verb that was probably meant. */
  static Optional<Verb> meant(String word) {
    return MEANT.entrySet().stream()
        .filter(entry -> entry.getValue().contains(word))
        .map(Map.Entry::getKey)
        .findAny()
        .or(() -> Verb.near(word));
  }
}
