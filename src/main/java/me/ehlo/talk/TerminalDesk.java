package me.ehlo.talk;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.function.Function;
import java.util.function.Predicate;
import me.ehlo.trace.Lossless;
import me.ehlo.trace.Mark;
import me.ehlo.trace.Utterance;
import org.jline.reader.EndOfFileException;
import org.jline.reader.UserInterruptException;
import org.jline.utils.AttributedString;

/**
 * A terminal with all it can do: editing, history, completion, lines above the prompt.
 *
 * <p>The prompt is the gutter. What was typed is wiped from the screen when it is done and comes back as what was said, so
 * that the screen is the transcript, whether a line was typed, pasted among twenty, or held a secret. The terminal is got
 * ready while the connection is made.
 */
public final class TerminalDesk implements Desk {
  private static final int USUAL_WIDTH = 80;

  private final PrintStream early;
  private final Painter painter;
  private final Optional<String> editor;
  private final FutureTask<Screen> preparing;
  private final Deque<String> queued = new ArrayDeque<>();
  private Optional<Screen> screen = Optional.empty();
  private Function<String, List<String>> completions = _ -> List.of();
  private Predicate<String> secrets = _ -> false;
  private String unfinished = "";
  private boolean midLine;

  /**
   * @param early where is written until somebody is asked for a line
   * @param history where typed lines are kept for another time; empty: nowhere
   * @param editor the command of the person's editor
   */
  public TerminalDesk(
      PrintStream early, Looks looks, Optional<Path> history, Optional<String> editor) {
    this(
        early,
        looks,
        editor,
        new FutureTask<>(() -> Screen.ofProcess(looks.statusLine(), history)));
    Thread.ofPlatform().daemon().name("terminal").start(preparing);
  }

  /** On this screen. */
  TerminalDesk(PrintStream early, Looks looks, Screen screen, Optional<String> editor) {
    this(early, looks, editor, new FutureTask<>(() -> screen));
    preparing.run();
  }

  private TerminalDesk(
      PrintStream early, Looks looks, Optional<String> editor, FutureTask<Screen> preparing) {
    this.early = early;
    this.painter = new Painter(looks);
    this.editor = editor;
    this.preparing = preparing;
  }

  /**
   * What is only known when there is a conversation.
   *
   * @param completions what a line that was begun may become
   * @param secrets the lines that are not kept for another time
   */
  public void learn(Function<String, List<String>> completions, Predicate<String> secrets) {
    this.completions = completions;
    this.secrets = secrets;
  }

  @Override
  public Typed type(Mark gutter) {
    if (interrupted()) {
      return new Typed.Interrupt("");
    }
    if (!queued.isEmpty()) {
      return new Typed.Line(queued.poll());
    }
    Screen here = ready();
    here.wipe();
    here.inContent(gutter == Mark.CONTENT);
    try {
      String line = here.readLine(gutter.sign() + " ", false, unfinished);
      unfinished = "";
      return here.takeEditor() ? new Typed.Editor(line) : lines(line, here.takePaste());
    } catch (UserInterruptException e) {
      unfinished = "";
      return new Typed.Interrupt(e.getPartialLine());
    } catch (EndOfFileException e) {
      return new Typed.End();
    }
  }

  @Override
  public void show(Utterance utterance, Duration took) {
    boolean wraps = utterance.mark() == Mark.ADVICE;
    int width = screen.map(Screen::width).orElseGet(() -> earlyWidth(wraps));
    for (String line : painter.lines(utterance, took, width)) {
      if (screen.isPresent()) {
        screen.get().show(AttributedString.fromAnsi(line));
      } else {
        early.print(line + "\n");
        early.flush();
      }
    }
  }

  @Override
  public void mutter(String part) {
    String shown = painter.muttered(part);
    midLine = !part.endsWith("\n");
    if (screen.isPresent()) {
      screen.get().wipe();
      screen.get().write(shown);
    } else {
      early.print(shown);
      early.flush();
    }
  }

  @Override
  public Optional<String> ask(String prompt, boolean hidden) {
    Screen here = ready();
    here.wipe();
    here.asking(true);
    try {
      return Optional.of(here.readLine(prompt, hidden, ""));
    } catch (UserInterruptException | EndOfFileException e) {
      return Optional.empty();
    } finally {
      here.asking(false);
    }
  }

  @Override
  public Optional<String> edit(String begun) {
    if (editor.isEmpty()) {
      return Optional.empty();
    }
    try {
      Path file = Files.createTempFile("ehlo-", ".eml");
      try {
        Files.write(file, Lossless.octets(begun));
        int code = ready().run(command(editor.get(), file).inheritIO());
        return code == 0 ? Optional.of(Lossless.text(Files.readAllBytes(file))) : Optional.of("");
      } finally {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  @Override
  public int dropQueued() {
    int dropped = queued.size() + (unfinished.isEmpty() ? 0 : 1);
    queued.clear();
    unfinished = "";
    return dropped;
  }

  @Override
  public void giveBack(String line) {
    unfinished = line;
  }

  @Override
  public boolean interrupted() {
    return isPrepared() && preparing.resultNow().takeInterrupt();
  }

  @Override
  public boolean isPerson() {
    return true;
  }

  @Override
  public void status(String text) {
    screen.ifPresent(here -> here.status(text));
  }

  @Override
  public void await(String text) {
    if (screen.isEmpty() && isPrepared()) {
      ready(); // somebody waits before the first prompt
    }
    if (!midLine) {
      screen.ifPresent(here -> here.await(text));
    }
  }

  @Override
  public void close() {
    screen.ifPresent(Screen::close);
    screen = Optional.empty();
  }

  /** Several lines come of a paste, and wait; what stands behind the last line ending is not finished. */
  private Typed lines(String typed, boolean pasted) {
    if (typed.indexOf('\n') < 0) {
      return new Typed.Line(typed);
    }
    String[] lines = typed.split("\n", -1);
    queued.addAll(Arrays.asList(lines).subList(0, lines.length - 1));
    if (pasted) {
      unfinished = lines[lines.length - 1];
    } else {
      queued.add(lines[lines.length - 1]);
    }
    return new Typed.Line(queued.removeFirst());
  }

  private Screen ready() {
    if (screen.isEmpty()) {
      Screen made = prepared();
      made.learn(line -> completions.apply(line), line -> secrets.test(line));
      screen = Optional.of(made);
    }
    return screen.get();
  }

  private Screen prepared() {
    try {
      return preparing.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("nobody interrupts this thread", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("the terminal cannot be used", e.getCause());
    }
  }

  /** Of the terminal if it is ready, for which is waited where it matters; else what every terminal has. */
  private int earlyWidth(boolean matters) {
    return isPrepared() || matters ? prepared().width() : USUAL_WIDTH;
  }

  private boolean isPrepared() {
    return preparing.state() == Future.State.SUCCESS;
  }

  private static ProcessBuilder command(String editor, Path file) {
    // As every program does it: EDITOR may have arguments, so a shell reads it.
    return new ProcessBuilder("sh", "-c", editor + " \"$1\"", "sh", file.toString());
  }
}
