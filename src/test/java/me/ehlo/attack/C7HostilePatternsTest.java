package me.ehlo.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import me.ehlo.lines.Line;
import me.ehlo.smtp.CommandParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** C7: no line is so crafted that reading it takes long: no backtracking patterns, and no parser worse than it looks. */
class C7HostilePatternsTest {
  private static final List<String> ROOMS =
      List.of(
          "mail", "lines", "smtp", "pop3", "sasl", "net", "front", "access", "spool", "trace",
          "relay", "dns", "dsn", "queue");

  /** Rooms that read a mail or an answer for one person, who waits. */
  private static final List<String> ROOMS_OF_PEOPLE =
      List.of("mime", "check", "call", "send", "talk", "script");

  private static final Pattern LITERALS =
      Pattern.compile(
          "(?:Pattern\\.compile|\\.split|\\.matches|\\.replaceAll|\\.replaceFirst)"
              + "\\(\\s*+(\"(?:\\\\.|[^\"\\\\])*+\"(?:\\s*+\\+\\s*+\"(?:\\\\.|[^\"\\\\])*+\")*+)");
  private static final Pattern EXPRESSION =
      Pattern.compile(
          "\\.(split|matches|replaceAll|replaceFirst)\\(\\s*(\"(?:\\\\.|[^\"\\\\])*\"|[^\")]*)");

  /** Patterns without a choice: a literal, or one class with at most one quantifier, begun at one place only. */
  private static final Set<String> HARMLESS =
      Set.of(
          "\" \"",
          "\"\\0\"",
          "\" +\"",
          "\"\\\\.\"",
          "\":\"",
          "\",\"",
          "\"[ \\t]+\"",
          "\"^([A-Z]+)[-_.]\"");

  @Test
  void noPatternWithMoreThanOneQuantifierReadsFromTheNetwork() throws IOException {
    List<String> offences = new ArrayList<>();
    for (Path source : sources(ROOMS)) {
      String text = Files.readString(source);
      if (text.contains("java.util.regex")) {
        offences.add(source + ": java.util.regex");
      }
      Matcher expression = EXPRESSION.matcher(text);
      while (expression.find()) {
        if (!HARMLESS.contains(expression.group(2))) {
          offences.add(source + ": " + expression.group(1) + " of " + expression.group(2));
        }
      }
    }
    assertThat(offences).isEmpty();
  }

  /** Whatever it is repeated, and whatever stands before. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("patternsForPeople")
  void aPatternForPeopleTakesLinearTime(String expression) {
    Pattern pattern = Pattern.compile(expression);
    long begin = cpu();
    for (String before :
        List.of(
            "",
            "From ",
            "From a 12:34",
            "using ",
            "version=",
            "(TLS",
            "1 Jan 2026 ",
            "AUTH ",
            "connecting to ",
            "given ",
            "<a@",
            "=?a?",
            "\u001b[",
            "[",
            "{")) {
      for (String thing :
          List.of(
              "a",
              "1",
              " ",
              "\t",
              "-",
              ".",
              ":",
              ";",
              "@",
              "<",
              "(",
              "[",
              "{",
              "=",
              "=?",
              "a@",
              "a.",
              "a ",
              "1 ",
              "1.",
              "1 Jan ",
              " 12:34",
              "0:",
              "a?",
              "\u001b[",
              "version=",
              "version=a ",
              "using ",
              "using a with ",
              "(TLS",
              "helo=",
              " in ",
              "(.",
              "X",
              "connecting to ")) {
        String hostile = before + thing.repeat(6000 / thing.length());
        assertThat(pattern.matcher(hostile).results().count()).isNotNegative();
        assertThat(pattern.matcher(hostile).matches()).isIn(true, false);
      }
    }
    assertThat(cpu() - begin).as("nanoseconds of CPU").isLessThan(5_000_000_000L);
  }

  static List<String> patternsForPeople() throws IOException {
    List<String> patterns = new ArrayList<>();
    for (Path source : sources(ROOMS_OF_PEOPLE)) {
      Matcher literal = LITERALS.matcher(Files.readString(source));
      while (literal.find()) {
        String joined = literal.group(1).replaceAll("\"\\n\\s*+\\+ \"", "");
        patterns.add(
            joined.substring(1, joined.length() - 1).replace("\\u001b", "\\33").translateEscapes());
      }
    }
    assertThat(patterns).hasSizeGreaterThan(40);
    return patterns.stream().distinct().toList();
  }

  private static long cpu() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        " ", "\t", "a", "a.", "a@", "@a,", "\"", "\\", "\\\"", "<", ">", "=", " =", " SIZE=1", "[",
        "IPv6:", ":", "::", "a-", "(", "ü", "xn--", "1", "1.", "{}", "%", "\u0301", "\u200D", "א"
      })
  void aLineOfOneThingRepeatedIsReadAtOnce(String thing) {
    CommandParser lenient = new CommandParser(false);
    CommandParser strict = new CommandParser(true);
    String repeated = thing.repeat(2000 / thing.length());
    long begin = cpu();
    for (String before :
        List.of(
            "",
            "MAIL FROM:",
            "MAIL FROM:<",
            "MAIL FROM:<a@",
            "MAIL FROM:<> ",
            "MAIL FROM:<> ENVID=",
            "RCPT TO:<a@b> NOTIFY=",
            "RCPT TO:<a@b> ORCPT=rfc822;",
            "RCPT TO:<a@b> ORCPT=utf-8;",
            "RCPT TO:<\"",
            "RCPT TO:<@a,",
            "RCPT TO:<a@[IPv6:",
            "EHLO ",
            "BDAT ",
            "HELP ",
            "VRFY ")) {
      for (String behind : List.of("", "\"", ">", "@b>", "\"@b>", ":a@b>", "]>")) {
        lenient.parse(new Line.Text(before + repeated + behind));
        strict.parse(new Line.Text(before + repeated + behind));
      }
    }
    assertThat(cpu() - begin).as("nanoseconds of CPU").isLessThan(5_000_000_000L);
  }

  private static List<Path> sources(List<String> rooms) throws IOException {
    List<Path> sources = new ArrayList<>();
    for (String room : rooms) {
      try (Stream<Path> files = Files.walk(Path.of("src/main/java/me/ehlo", room))) {
        files.filter(file -> file.toString().endsWith(".java")).forEach(sources::add);
      }
    }
    assertThat(sources).hasSizeGreaterThan(60);
    return sources;
  }
}
