package me.ehlo.send;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.AbstractMap;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import me.ehlo.call.Directions;
import me.ehlo.call.Means;
import me.ehlo.dns.MxLookup;
import me.ehlo.dns.RamDns;
import me.ehlo.net.Dialer;
import me.ehlo.net.UnusableCertificate;

/** {@code ehlo send} as a test types it, and what came of it. */
final class Sent implements AutoCloseable {
  static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

  final RamDns dns = new RamDns();
  final Map<String, String> environment =
      new HashMap<>(Map.of("LOGNAME", "me", "HOME", "/nowhere"));
  final Deque<String> typedByPerson = new ArrayDeque<>();
  private final Dialer dialer = new Dialer("test");
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private String input = "";
  private boolean terminal;
  private int width;
  private InstantSource clock = () -> NOW;

  Sent withInput(String text) {
    input = text;
    return this;
  }

  /** Somebody sits at a terminal and answers so. */
  Sent atTerminal(String... answers) {
    terminal = true;
    typedByPerson.addAll(Arrays.asList(answers));
    return this;
  }

  /** It is as late as it is: certificates that a test has made are valid. */
  Sent now() {
    clock = InstantSource.system();
    return this;
  }

  /** The terminal has so many columns. */
  Sent columns(int number) {
    width = number;
    return this;
  }

  /** Types options, {@code --name value} or {@code --name}; returns the exit code. */
  int send(String... words) {
    out.reset();
    err.reset();
    try {
      return new Send(means(), surroundings()).carryOut(options(words));
    } catch (Misused e) {
      err.writeBytes(e.sentence().getBytes(UTF_8));
      return 2;
    } catch (UnusableCertificate e) {
      err.writeBytes(String.join("\n", e.sentences()).getBytes(UTF_8));
      return 2;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** What was shown. */
  String out() {
    return out.toString(UTF_8);
  }

  String err() {
    return err.toString(UTF_8);
  }

  List<String> lines() {
    return out().lines().toList();
  }

  @Override
  public void close() {
    dialer.close(Duration.ofSeconds(1));
  }

  static List<Map.Entry<String, String>> options(String... words) {
    List<Map.Entry<String, String>> options = new ArrayList<>();
    for (int i = 0; i < words.length; i++) {
      boolean hasValue = i + 1 < words.length && !words[i + 1].startsWith("-") || isInput(words, i);
      options.add(new AbstractMap.SimpleEntry<>(words[i], hasValue ? words[i + 1] : ""));
      i += hasValue ? 1 : 0;
    }
    return options;
  }

  private static boolean isInput(String[] words, int i) {
    return i + 1 < words.length && words[i + 1].equals("-");
  }

  private Means means() {
    return new Means(
        dialer, new Directions(dns, new MxLookup(dns, new Random(1))), dns, "client.test", clock);
  }

  private Surroundings surroundings() {
    return new Surroundings(
        new ByteArrayInputStream(input.getBytes(UTF_8)),
        new PrintStream(out, true, UTF_8),
        new PrintStream(err, true, UTF_8),
        terminal,
        false,
        width,
        new Person(),
        environment,
        "Ehlo test",
        ZoneOffset.UTC,
        new Random(1));
  }

  private final class Person implements Asking {
    @Override
    public boolean isThere() {
      return terminal;
    }

    @Override
    public Optional<String> line(String prompt) {
      return Optional.ofNullable(typedByPerson.poll());
    }

    @Override
    public Optional<String> secret(String prompt) {
      return Optional.ofNullable(typedByPerson.poll());
    }
  }
}
