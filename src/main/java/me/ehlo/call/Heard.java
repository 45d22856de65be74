package me.ehlo.call;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import me.ehlo.mail.EnhancedStatus;
import me.ehlo.smtp.Answer;

/**
 * What a server has said at once, as it said it: a reply of SMTP or LMTP, the first line of a response of POP3, or what is
 * neither.
 *
 * @param lines as they came, without line ending, harmless to a terminal; at least one
 * @param kind what it means for the conversation
 * @param code of SMTP and LMTP; 0: there is none
 * @param status the enhanced status code (RFC 2034), if the first line has one
 * @param texts the lines without code and status
 * @param took how long it was awaited
 * @param flaw what is wrong with its form, as a clause; empty: nothing
 */
public record Heard(
    List<String> lines,
    Kind kind,
    int code,
    Optional<EnhancedStatus> status,
    List<String> texts,
    Duration took,
    String flaw) {

  /** What an answer means. */
  public enum Kind {
    /** 2xx, +OK. */
    DONE,
    /** 3xx, or a challenge: the server wants to hear more. */
    GO_ON,
    /** 4xx, or -ERR with [SYS/TEMP] or [IN-USE]: later, perhaps. */
    NOT_NOW,
    /** 5xx, -ERR. */
    NEVER,
    /** No answer that the protocol knows. */
    NONSENSE
  }

  public Heard {
    lines = List.copyOf(lines);
    texts = List.copyOf(texts);
  }

  /** Whether things go on as hoped. */
  public boolean isGood() {
    return kind == Kind.DONE || kind == Kind.GO_ON;
  }

  /** The text of all lines in one, for a sentence. */
  public String text() {
    return String.join(" ", texts.stream().map(String::strip).toList()).strip();
  }

  /** A reply of SMTP or LMTP; {@code lines} have the same code, which stands before each. */
  static Heard reply(int code, List<String> lines, Duration took, String flaw) {
    List<String> texts = lines.stream().map(Heard::behindCode).toList();
    Optional<EnhancedStatus> status = new Answer.Said(code, texts).remote().status();
    String repeated = status.map(EnhancedStatus::toString).orElse("");
    List<String> words =
        texts.stream()
            .map(text -> text.startsWith(repeated) ? text.substring(repeated.length()) : text)
            .map(String::stripLeading)
            .toList();
    return new Heard(lines, kind(code), code, status, words, took, flaw);
  }

  /** A line of POP3. */
  static Heard response(String line, Duration took) {
    Kind kind = Kind.NONSENSE;
    int words = 0;
    if (line.equals("+OK") || line.startsWith("+OK ")) {
      kind = Kind.DONE;
      words = 3;
    } else if (line.equals("-ERR") || line.startsWith("-ERR ")) {
      words = 4;
      kind =
          line.contains("[IN-USE]") || line.contains("[SYS/TEMP]") || line.contains("[LOGIN-DELAY]")
              ? Kind.NOT_NOW
              : Kind.NEVER;
    } else if (line.equals("+") || line.startsWith("+ ")) { // RFC 5034 §4
      kind = Kind.GO_ON;
      words = 1;
    }
    return new Heard(
        List.of(line),
        kind,
        0,
        Optional.empty(),
        List.of(line.substring(words).stripLeading()),
        took,
        kind == Kind.NONSENSE ? "it begins with neither +OK nor -ERR" : "");
  }

  /** What is no reply. */
  static Heard nonsense(List<String> lines, Duration took, String flaw) {
    return new Heard(lines, Kind.NONSENSE, 0, Optional.empty(), lines, took, flaw);
  }

  private static Kind kind(int code) {
    return switch (code / 100) {
      case 2 -> Kind.DONE;
      case 3 -> Kind.GO_ON;
      case 4 -> Kind.NOT_NOW;
      default -> Kind.NEVER;
    };
  }

  private static String behindCode(String line) {
    return line.length() > HeardLines.CODE_DIGITS ? line.substring(HeardLines.CODE_DIGITS + 1) : "";
  }
}
