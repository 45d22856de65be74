package me.ehlo.talk;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import me.ehlo.trace.Lossless;
import me.ehlo.trace.Mark;
import me.ehlo.trace.Utterance;

/**
 * Lines from a pipe, or from a terminal that can do nothing but lines: no editing, no colour of its own, no cursor.
 *
 * <p>Who pipes sees what he said, with its mark; on a dumb terminal it stands there already, behind the prompt.
 */
public final class PipeDesk implements Desk {
  private static final int LINE_OCTETS_MAX = 1 << 20;

  private final InputStream in;
  private final PrintStream out;
  private final Painter painter;
  private final boolean person;
  private final Optional<Function<String, Optional<String>>> secrets;
  private boolean standsThere;

  /** What is asked for comes from the same input as all other lines. */
  public PipeDesk(InputStream in, PrintStream out, Looks looks, boolean person) {
    this(in, out, looks, person, Optional.empty());
  }

  /**
   * @param person whether somebody types, and sees what he types
   * @param secrets shows a prompt and reads a line that nobody sees
   */
  public PipeDesk(
      InputStream in,
      PrintStream out,
      Looks looks,
      boolean person,
      Optional<Function<String, Optional<String>>> secrets) {
    this.in = new BufferedInputStream(in);
    this.out = out;
    this.painter = new Painter(looks);
    this.person = person;
    this.secrets = secrets;
  }

  @Override
  public Typed type(Mark gutter) {
    if (person) {
      prompt(gutter.sign() + " ");
    }
    Optional<String> line = line();
    standsThere = person && line.isPresent();
    return line.<Typed>map(Typed.Line::new).orElseGet(Typed.End::new);
  }

  @Override
  public synchronized void show(Utterance utterance, Duration took) {
    if (standsThere && utterance.mark().isSent()) {
      standsThere = false;
      return;
    }
    painter.lines(utterance, took, 0).forEach(line -> out.print(line + "\n"));
    out.flush();
  }

  @Override
  public synchronized void mutter(String part) {
    prompt(painter.muttered(part));
  }

  @Override
  public Optional<String> ask(String prompt, boolean hidden) {
    if (hidden && secrets.isPresent()) {
      return secrets.get().apply(prompt);
    }
    prompt(person ? prompt : "");
    return line();
  }

  @Override
  public Optional<String> edit(String begun) {
    return Optional.empty();
  }

  @Override
  public int dropQueued() {
    return 0;
  }

  @Override
  public void giveBack(String line) {}

  @Override
  public boolean interrupted() {
    return false;
  }

  @Override
  public boolean isPerson() {
    return person;
  }

  @Override
  public void status(String text) {}

  @Override
  public void await(String text) {}

  @Override
  public void close() {
    out.flush();
  }

  private synchronized void prompt(String text) {
    out.print(text);
    out.flush();
  }

  private Optional<String> line() {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    try {
      int octet = in.read();
      if (octet < 0) {
        return Optional.empty();
      }
      while (octet >= 0 && octet != '\n') {
        line.write(octet);
        octet = line.size() < LINE_OCTETS_MAX ? in.read() : '\n'; // the rest is the next line
      }
    } catch (IOException e) {
      return Optional.empty();
    }
    String text = Lossless.text(line.toByteArray());
    return Optional.of(text.endsWith("\r") ? text.substring(0, text.length() - 1) : text);
  }
}
