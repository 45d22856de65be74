package me.ehlo.lines;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** What a mail means, written as plainly as the RFC says it and without any thought for speed: the tests' oracle. */
public final class NaiveDots {
  private static final String LINE_END = "\r\n";
  private static final String END = "\r\n.\r\n";

  private NaiveDots() {}

  /**
   * What stands in a stream behind DATA.
   *
   * @param behind the index behind CRLF.CRLF, or -1 if that has not come
   * @param content the mail, its dots unstuffed; empty if it has not ended
   */
  public record Read(int behind, String content) {
    public boolean ended() {
      return behind >= 0;
    }
  }

  /** RFC 5321 §4.1.1.4 and §4.5.2; the CRLF that ended DATA begins the first line. */
  public static Read read(String stream) {
    String lines = LINE_END + stream;
    int end = lines.indexOf(END);
    if (end < 0) {
      return new Read(-1, "");
    }
    String stuffed = lines.substring(0, end + LINE_END.length());
    String content = stuffed.replace(LINE_END + ".", LINE_END).substring(LINE_END.length());
    return new Read(end + END.length() - LINE_END.length(), content);
  }

  /** The first thing that must not stand in a mail. */
  public static ContentScan.Flaw flaw(String content) {
    for (int i = 0; i < content.length(); i++) {
      char c = content.charAt(i);
      if (c == 0) {
        return ContentScan.Flaw.NUL;
      }
      if (c == '\r' && !content.startsWith("\n", i + 1)) {
        return ContentScan.Flaw.BARE_CR;
      }
      if (c == '\n' && (i == 0 || content.charAt(i - 1) != '\r')) {
        return ContentScan.Flaw.BARE_LF;
      }
    }
    return ContentScan.Flaw.NONE;
  }

  /** Every string of these lengths over CR, LF, dot, NUL and x. */
  public static void everyString(int shortest, int longest, Consumer<String> seen) {
    List<String> level = List.of("");
    for (int length = 0; length <= longest; length++) {
      if (length >= shortest) {
        level.forEach(seen);
      }
      List<String> next = new ArrayList<>(level.size() * 5);
      for (String string : level) {
        for (char c : new char[] {'\r', '\n', '.', 0, 'x'}) {
          next.add(string + c);
        }
      }
      level = next;
    }
  }
}
