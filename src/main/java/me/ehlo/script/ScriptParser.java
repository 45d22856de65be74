package me.ehlo.script;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import me.ehlo.script.Script.Exchange;
import me.ehlo.script.Script.Expected;
import me.ehlo.script.Script.Given;
import me.ehlo.script.Script.Place;
import me.ehlo.script.Script.Protocol;
import me.ehlo.script.Script.Said;
import me.ehlo.script.Script.Then;

/**
 * Reads a script, line by line.
 *
 * <pre>
 * # RFC 5321 §4.1.4: the rule, in a sentence             (comments may stand anywhere)
 * given  users  bob ann                                  (what the server is like; not for us to see to)
 * S: 220 * ESMTP *                                       (* is anything within the line)
 * C: EHLO client.example                                 (a line of the client, CRLF behind it)
 * S: 250-*
 * S: ...                                                 (any number of lines)
 * C| .\n.\r\n                                            (exact octets: \r \n \t \\ \xHH, and no CRLF but those)
 * S: 5xx                                                 (any reply of this class)
 * S| * ...                                               (exactly these characters)
 * C: MAIL FROM:&lt;{a*64}@client.example&gt;                   ({text*N} is N times the text)
 * repeat 100                                             (the lines up to "end", with {n} for 1, 2, 3)
 * ! stop                                                 (the server is stopped)
 * ! tls                                                  (the client's TLS handshake)
 * ! idle                                                 (the client says nothing for too long)
 * ! full                                                 (the disk; also "trouble" and "damaged"; "well" ends it)
 * then   maildrop bob has a mail that equals
 * | Subject: hello                                       (a block: lines, CRLF behind each)
 * </pre>
 */
public final class ScriptParser {
  private static final Pattern TIMES = Pattern.compile("\\{([^{}*]+)\\*(\\d{1,7})}");
  private static final Pattern GIVEN = Pattern.compile("given\\s+(\\S+)\\s*(.*)");
  private static final Pattern THEN = Pattern.compile("then\\s+(.+)");
  private static final Pattern REPEAT = Pattern.compile("repeat\\s+(\\d{1,7})");

  private static final Set<String> EVENTS =
      Set.of("stop", "idle", "tls", "full", "trouble", "damaged", "well");

  private final String file;
  private final List<Given> givens = new ArrayList<>();
  private final List<Exchange> exchanges = new ArrayList<>();
  private final List<Then> thens = new ArrayList<>();
  private List<Said> said = new ArrayList<>();
  private List<Expected> expected = new ArrayList<>();
  private List<String> block = new ArrayList<>();

  private ScriptParser(String file) {
    this.file = file;
  }

  /**
   * Reads one.
   *
   * @param file its name, for messages; {@code .pop3} at its end means POP3, else it is SMTP
   * @throws BadScript at the first mistake
   */
  public static Script parse(String file, String text) {
    return new ScriptParser(file).script(text.lines().toList());
  }

  private Script script(List<String> lines) {
    readAll(lines, 0, lines.size());
    endExchange();
    if (exchanges.isEmpty()) {
      throw place(lines.size() - 1).wrong("nobody says anything");
    }
    return new Script(file, protocol(), givens, exchanges, thens);
  }

  private Protocol protocol() {
    return file.endsWith(".pop3") ? Protocol.POP3 : Protocol.SMTP;
  }

  private void readAll(List<String> lines, int from, int to) {
    for (int i = from; i < to; i++) {
      Matcher repeat = REPEAT.matcher(lines.get(i));
      if (repeat.matches()) {
        int end = endOfRepeat(lines, i, to);
        for (int n = 1; n <= Integer.parseInt(repeat.group(1)); n++) {
          for (int j = i + 1; j < end; j++) {
            read(lines.get(j).replace("{n}", Integer.toString(n)), place(j));
          }
        }
        i = end;
      } else {
        read(lines.get(i), place(i));
      }
    }
  }

  private int endOfRepeat(List<String> lines, int from, int to) {
    for (int i = from; i < to; i++) {
      if (lines.get(i).equals("end")) {
        return i;
      }
    }
    throw place(from).wrong("'end' is missing behind 'repeat'");
  }

  private void read(String line, Place place) {
    if (line.startsWith("#") || line.isBlank()) {
      return;
    }
    String rest = line.length() > 2 ? line.substring(2) : "";
    String text = rest.startsWith(" ") ? rest.substring(1) : rest;
    switch (line.length() < 2 ? line : line.substring(0, 2)) {
      case "C:" -> says(new Said(place, line, latin1((times(text) + "\r\n").getBytes(UTF_8)), ""));
      case "C|" -> says(new Said(place, line, latin1(octets(times(text), place)), ""));
      case "! " -> says(new Said(place, line, "", event(text, place)));
      case "S:" -> expected.add(new Expected(place, line, LinePattern.parse(times(text))));
      case "S|" -> expected.add(new Expected(place, line, new LinePattern.Exactly(times(text))));
      case "| ", "|" -> block.add(times(line.length() > 2 ? line.substring(2) : ""));
      default -> setting(line, place);
    }
  }

  private void says(Said what) {
    if (!expected.isEmpty()) {
      endExchange();
    }
    said.add(what);
  }

  private void endExchange() {
    if (!said.isEmpty() || !expected.isEmpty()) {
      exchanges.add(new Exchange(said, expected));
      said = new ArrayList<>();
      expected = new ArrayList<>();
    }
  }

  private void setting(String line, Place place) {
    block = new ArrayList<>();
    Matcher given = GIVEN.matcher(line);
    Matcher then = THEN.matcher(line);
    if (given.matches()) {
      String words = times(given.group(2).strip());
      givens.add(
          new Given(
              place,
              given.group(1),
              words.isEmpty() ? List.of() : List.of(words.split("\\s+")),
              block));
    } else if (then.matches()) {
      thens.add(new Then(place, times(then.group(1).strip()), block));
    } else {
      throw place.wrong("a line begins with #, given, C:, C|, S:, S|, !, repeat, end, then or |");
    }
  }

  private static String event(String text, Place place) {
    if (EVENTS.contains(text)) {
      return text;
    }
    throw place.wrong("what happens is one of " + EVENTS);
  }

  private static String times(String text) {
    return TIMES
        .matcher(text)
        .replaceAll(found ->
            Matcher.quoteReplacement(found.group(1).repeat(Integer.parseInt(found.group(2)))));
  }

  private static String latin1(byte[] octets) {
    return new String(octets, ISO_8859_1);
  }

  private static byte[] octets(String text, Place place) {
    ByteArrayOutputStream octets = new ByteArrayOutputStream();
    int i = 0;
    while (i < text.length()) {
      int end = text.offsetByCodePoints(i, 1);
      if (text.charAt(i) != '\\') {
        octets.writeBytes(text.substring(i, end).getBytes(UTF_8));
      } else if (text.startsWith("x", i + 1) && text.length() >= i + 4) {
        octets.write(hex(text.substring(i + 2, i + 4), place));
        end = i + 4;
      } else {
        octets.write(escaped(text.startsWith("\\", i + 1) ? '\\' : at(text, i + 1), place));
        end = i + 2;
      }
      i = end;
    }
    return octets.toByteArray();
  }

  private static int hex(String digits, Place place) {
    try {
      return Integer.parseUnsignedInt(digits, 16);
    } catch (NumberFormatException e) {
      throw place.wrong("behind \\x stand two hexadecimal digits, not " + digits);
    }
  }

  private static char at(String text, int index) {
    return index < text.length() ? text.charAt(index) : ' ';
  }

  private static int escaped(char c, Place place) {
    return switch (c) {
      case 'r' -> '\r';
      case 'n' -> '\n';
      case 't' -> '\t';
      case '\\' -> '\\';
      default -> throw place.wrong("behind a backslash stands r, n, t, xHH or another backslash");
    };
  }

  private Place place(int index) {
    return new Place(file, index + 1);
  }
}
