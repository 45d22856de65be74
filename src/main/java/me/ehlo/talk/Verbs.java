package me.ehlo.talk;

import java.util.ArrayList;
import java.util.List;
import me.ehlo.call.Protocol;

/** Which commands may be said now: RFC 5321 §4.1.4 and RFC 1939 as a table, and what was offered. */
final class Verbs {
  private static final List<String> SMTP =
      List.of(
          "EHLO",
          "HELO",
          "MAIL",
          "RCPT",
          "DATA",
          "BDAT",
          "RSET",
          "NOOP",
          "QUIT",
          "HELP",
          "VRFY",
          "EXPN",
          "STARTTLS",
          "AUTH",
          "ETRN",
          "XCLIENT");
  private static final List<String> LMTP =
      List.of(
          "LHLO",
          "MAIL",
          "RCPT",
          "DATA",
          "BDAT",
          "RSET",
          "NOOP",
          "QUIT",
          "HELP",
          "VRFY",
          "STARTTLS",
          "AUTH");
  private static final List<String> POP3 =
      List.of(
          "USER", "PASS", "APOP", "STAT", "LIST", "RETR", "DELE", "NOOP", "RSET", "TOP", "UIDL",
          "CAPA", "STLS", "AUTH", "UTF8", "QUIT");

  private Verbs() {}

  /** Every command of the protocol. */
  static List<String> all(Protocol protocol) {
    return switch (protocol) {
      case SMTP -> SMTP;
      case LMTP -> LMTP;
      case POP3 -> POP3;
    };
  }

  /** Those that are in order now, the likeliest first, as they begin. */
  static List<String> now(Progress progress, boolean encrypted) {
    return progress.protocol() == Protocol.POP3
        ? pop3(progress, encrypted)
        : smtp(progress, encrypted);
  }

  private static List<String> smtp(Progress progress, boolean encrypted) {
    List<String> verbs = new ArrayList<>();
    boolean introduced = !progress.hello().isEmpty();
    boolean begun = progress.sender().isPresent();
    boolean addressed = !progress.recipients().isEmpty();
    add(verbs, addressed, "DATA");
    add(verbs, addressed && progress.offers("CHUNKING"), "BDAT ");
    add(verbs, begun, "RCPT TO:<");
    add(verbs, introduced && !begun, "MAIL FROM:<");
    add(verbs, !encrypted && progress.offers("STARTTLS"), "STARTTLS");
    add(verbs, !begun && !progress.loggedIn() && progress.offers("AUTH"), "AUTH ");
    verbs.add(progress.protocol().greeting() + " ");
    add(verbs, progress.protocol() == Protocol.SMTP, "HELO ");
    add(verbs, begun, "RSET");
    verbs.add("VRFY ");
    add(verbs, progress.offers("EXPN"), "EXPN ");
    add(verbs, progress.offers("ETRN"), "ETRN ");
    add(verbs, progress.offers("XCLIENT") && !begun, "XCLIENT ");
    verbs.addAll(List.of("NOOP", "HELP", "QUIT"));
    return verbs;
  }

  private static List<String> pop3(Progress progress, boolean encrypted) {
    if (progress.loggedIn()) {
      return List.of(
          "STAT", "LIST", "RETR ", "TOP ", "UIDL", "DELE ", "RSET", "NOOP", "CAPA", "QUIT");
    }
    List<String> verbs = new ArrayList<>(List.of("USER ", "PASS ", "CAPA"));
    add(verbs, !progress.mechanisms().isEmpty(), "AUTH ");
    add(verbs, progress.greetedWithTimestamp(), "APOP ");
    add(verbs, !encrypted && progress.offers("STLS"), "STLS");
    verbs.add("QUIT");
    return verbs;
  }

  private static void add(List<String> verbs, boolean may, String verb) {
    if (may) {
      verbs.add(verb);
    }
  }
}
