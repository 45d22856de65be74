package me.ehlo.mime;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import me.ehlo.lines.ContentLimits;
import me.ehlo.lines.HeaderScan;
import me.ehlo.mail.Parsed;

/**
 * Reads a mail from a file: what is it, and where does it end?
 *
 * <p>A mail of which more than the limits would have to be kept in memory is read as far as they go.
 */
public final class MailReader {
  private static final Pattern MBOX_LINE = // RFC 4155: an address and a date as asctime writes it
      Pattern.compile("From \\S*+ (?>.*?\\d\\d:\\d\\d)(?>.*? \\d{4}).*+");
  private static final Set<String> USUAL =
      Set.of("from", "to", "subject", "date", "message-id", "received", "return-path", "sender");
  private static final int LINE_SHOWN_MAX = 200;

  private final ContentLimits limits;

  public MailReader(ContentLimits limits) {
    this.limits = limits;
  }

  /** Reads; wrong is what is no mail. */
  public Parsed<ReadMail> read(byte[] file) {
    if (file.length == 0) {
      return new Parsed.Wrong<>("it is empty");
    }
    String mbox = MBOX_LINE.matcher(line(file, 0)).matches() ? line(file, 0) : "";
    int begin = mbox.isEmpty() ? 0 : afterLine(file, 0);
    int end = mbox.isEmpty() ? file.length : nextMail(file, begin);
    byte[] mail = begin == 0 && end == file.length ? file : Arrays.copyOfRange(file, begin, end);
    HeaderScan scan = new HeaderScan();
    int headerEnd = scan.see(mail, 0, mail.length);
    if (scan.absent() || scan.fields() == 0) {
      return new Parsed.Wrong<>(
          "it begins with no header field, such as \"Subject: hello\", but with \""
              + line(file, 0)
              + "\"");
    }
    boolean wholeHeader = headerEnd <= limits.headerOctets();
    PartReader parts = new PartReader(limits).read(wholeHeader ? mail : shortened(mail, headerEnd));
    if (parts.fields().stream().noneMatch(field -> USUAL.contains(lower(field.name())))) {
      return new Parsed.Wrong<>("none of its fields is one of a mail's: From, Date, Received");
    }
    return new Parsed.Right<>(
        new ReadMail(
            mbox,
            end < file.length,
            parts.fields(),
            wholeHeader && parts.allFields(),
            parts.content(),
            parts.whole(),
            LineEnds.of(mail)));
  }

  /** With as many of its fields as may be kept. */
  private byte[] shortened(byte[] mail, int headerEnd) {
    int to = (int) limits.headerOctets();
    while (to > 0 && mail[to - 1] != '\n') {
      to--;
    }
    byte[] kept = Arrays.copyOf(mail, to + 2 + mail.length - headerEnd);
    kept[to] = '\r';
    kept[to + 1] = '\n';
    System.arraycopy(mail, headerEnd, kept, to + 2, mail.length - headerEnd);
    return kept;
  }

  /** Where the next mail of an mbox begins: behind an empty line, a line that begins with From and has a date. */
  private static int nextMail(byte[] file, int begin) {
    boolean afterEmpty = false;
    for (int at = begin; at < file.length; at = afterLine(file, at)) {
      if (afterEmpty && file[at] == 'F' && MBOX_LINE.matcher(line(file, at)).matches()) {
        return at;
      }
      afterEmpty = file[at] == '\n' || file[at] == '\r';
    }
    return file.length;
  }

  private static int afterLine(byte[] file, int from) {
    int at = from;
    while (at < file.length && file[at] != '\n') {
      at++;
    }
    return Math.min(at + 1, file.length);
  }

  /** The line without its end, of a long one the beginning. */
  private static String line(byte[] file, int from) {
    int to = from;
    while (to < file.length && to - from < LINE_SHOWN_MAX && file[to] != '\n' && file[to] != '\r') {
      to++;
    }
    return new String(file, from, to - from, ISO_8859_1);
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
