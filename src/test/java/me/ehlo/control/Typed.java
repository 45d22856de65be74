package me.ehlo.control;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Streams for tests: what is on standard input, what somebody types when asked, and what was printed. */
public final class Typed implements Keyboard {
  private final Deque<String> answers = new ArrayDeque<>();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final StringBuilder prompts = new StringBuilder();
  private final InputStream in;
  private final boolean there;
  private OptionalInt columns = OptionalInt.empty();

  private Typed(boolean there, String input, List<String> answers) {
    this.there = there;
    this.in = new ByteArrayInputStream(input.getBytes(UTF_8));
    this.answers.addAll(answers);
  }

  /** A pipe. */
  public static Typed input(String text) {
    return new Typed(false, text, List.of());
  }

  /** A terminal, and the answers in order. */
  public static Typed answers(String... answers) {
    return new Typed(true, "", List.of(answers));
  }

  public Streams streams() {
    return new Streams(
        in, new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8), this);
  }

  @Override
  public boolean isThere() {
    return there;
  }

  @Override
  public Optional<String> line(String prompt) {
    prompts.append(prompt).append('\n');
    return Optional.ofNullable(answers.poll());
  }

  @Override
  public Optional<String> secret(String prompt) {
    return line(prompt);
  }

  @Override
  public OptionalInt columns() {
    return columns;
  }

  /** As wide as this from now on. */
  public Typed columns(int number) {
    columns = OptionalInt.of(number);
    return this;
  }

  public String prompts() {
    return prompts.toString();
  }

  public String out() {
    return out.toString(UTF_8);
  }

  public String err() {
    return err.toString(UTF_8);
  }
}
