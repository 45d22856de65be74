package me.ehlo.talk;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jline.keymap.KeyMap;
import org.jline.reader.Binding;
import org.jline.reader.Candidate;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.Reference;
import org.jline.reader.UserInterruptException;
import org.jline.reader.Widget;
import org.jline.reader.impl.history.DefaultHistory;
import org.jline.terminal.Attributes;
import org.jline.terminal.Attributes.ControlChar;
import org.jline.terminal.Attributes.InputFlag;
import org.jline.terminal.Attributes.LocalFlag;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStyle;

/** JLine as {@code ehlo talk} wants it: nothing is expanded, quoted or escaped, and a line is a line. */
final class Screen implements AutoCloseable {
  private static final int HISTORY_MAX = 1000;
  private static final int STATUS_COLUMNS_MIN = 60;
  private static final String EDITOR = "ehlo-editor";
  private static final String WIPED = "\r\033[K";
  private static final String SUSPEND = "ehlo-suspend";

  private final Terminal terminal;
  private final LineEditor reader;
  private final Attributes before;
  private final boolean statusLine;
  private final AtomicBoolean interrupted = new AtomicBoolean();
  private volatile boolean awaiting;
  private volatile boolean asking;
  private volatile boolean editor;
  private volatile boolean pasted;
  private volatile Function<String, List<String>> completions = _ -> List.of();
  private volatile Predicate<String> secrets = _ -> false;

  Screen(Terminal terminal, boolean statusLine, Optional<Path> history) {
    this.terminal = terminal;
    this.statusLine = statusLine;
    this.before = terminal.getAttributes();
    this.reader = reader(history);
    beQuiet();
    terminal.handle(Terminal.Signal.INT, _ -> interrupted.set(true));
    terminal.handle(Terminal.Signal.CONT, _ -> beQuiet());
    widgets();
  }

  /** The terminal of this process. */
  static Screen ofProcess(boolean statusLine, Optional<Path> history) throws IOException {
    return new Screen(terminal(), statusLine, history.filter(Screen::isKept));
  }

  /** By JNI, which is ready 200 ms before the others; where its library cannot be loaded, as JLine sees fit. */
  private static Terminal terminal() throws IOException {
    // Ctrl-C is a key while somebody types; JLine would make a signal of it too, and at times hear
    // both.
    System.setProperty(TerminalBuilder.PROP_SOFTWARE_SIGNALS, "false");
    try {
      return builder().provider(TerminalBuilder.PROP_PROVIDER_JNI).dumb(false).build();
    } catch (IOException | IllegalStateException e) { // the latter is JLine's word for "none found"
      return builder().build();
    }
  }

  private static TerminalBuilder builder() {
    return TerminalBuilder.builder()
        .name("ehlo")
        .system(true)
        .graphemeCluster(false) // a terminal that knows none is waited for in vain
        .nativeSignals(true);
  }

  /**
   * What somebody types.
   *
   * @param hidden whether no letter of it is shown
   * @param begun what stands there already
   * @throws UserInterruptException at Ctrl-C
   * @throws EndOfFileException at Ctrl-D on an empty line
   */
  String readLine(String prompt, boolean hidden, String begun) {
    try {
      return reader.readLine(prompt, null, hidden ? '\0' : null, begun);
    } finally {
      if (Thread.interrupted()) { // a Ctrl-C in the moment in which the line was done
        interrupted.set(true);
      }
    }
  }

  int width() {
    return terminal.getColumns();
  }

  /** A line that stays. */
  void show(AttributedString line) {
    wipe();
    reader.printAbove(line);
  }

  void write(String text) {
    terminal.writer().print(text);
    terminal.flush();
  }

  void learn(Function<String, List<String>> what, Predicate<String> secret) {
    completions = what;
    secrets = secret;
  }

  /** Whether what is typed next is nobody's business another time. */
  void asking(boolean is) {
    asking = is;
  }

  /** In a mail Ctrl-E opens the editor; elsewhere it goes to the end of the line, as everywhere. */
  void inContent(boolean is) {
    keys().bind(new Reference(is ? EDITOR : LineReader.END_OF_LINE), KeyMap.ctrl('E'));
  }

  boolean takeEditor() {
    boolean was = editor;
    editor = false;
    return was;
  }

  /** Whether the line ends because a paste held a line ending. */
  boolean takePaste() {
    boolean was = pasted;
    pasted = false;
    return was;
  }

  boolean takeInterrupt() {
    return interrupted.getAndSet(false);
  }

  /** Below what is typed; from any thread, drawn between two keys. */
  void status(String text) {
    reader.below(statusLine(text));
    if (reader.isReading()) {
      try {
        reader.callWidget(LineReader.REDISPLAY);
      } catch (IllegalStateException e) {
        // The line has just ended; it is drawn below the next.
      }
    }
  }

  /** In the place of the next line, while nobody types. */
  void await(String text) {
    AttributedString line = statusLine(text);
    if (line.length() > 0) {
      write(WIPED + line.toAnsi(terminal));
      awaiting = true;
    }
  }

  private AttributedString statusLine(String text) {
    int columns = terminal.getColumns();
    return statusLine && columns >= STATUS_COLUMNS_MIN
        ? new AttributedString(" " + text + " ", AttributedStyle.INVERSE)
            .columnSubSequence(0, columns - 1)
        : AttributedString.EMPTY;
  }

  /** Takes away what said that somebody waits. */
  void wipe() {
    if (awaiting) {
      awaiting = false;
      write(WIPED);
    }
  }

  /** Lends the terminal to another program; returns how that has ended. */
  int run(ProcessBuilder program) throws IOException {
    wipe();
    Attributes quiet = terminal.getAttributes();
    terminal.setAttributes(before);
    try {
      return program.start().waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("nobody waits for it any more");
    } finally {
      terminal.setAttributes(quiet);
      interrupted.set(false); // a Ctrl-C there was meant for that program
    }
  }

  @Override
  public void close() {
    wipe();
    try {
      reader.getHistory().save();
    } catch (IOException e) {
      // A history that cannot be kept is not worth a word at the end of a conversation.
    }
    terminal.setAttributes(before);
    try {
      terminal.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private LineEditor reader(Optional<Path> history) {
    LineEditor made = new LineEditor(terminal, "ehlo");
    made.setParser((line, cursor, _) -> new WholeLine(line, cursor));
    made.setCompleter((_, line, candidates) -> complete(line.word(), candidates));
    made.setHistory(new Remembered());
    made.option(LineReader.Option.DISABLE_EVENT_EXPANSION, true);
    made.option(LineReader.Option.ERASE_LINE_ON_FINISH, true);
    made.option(LineReader.Option.CASE_INSENSITIVE, true);
    made.option(LineReader.Option.AUTO_FRESH_LINE, false);
    made.option(LineReader.Option.HISTORY_TIMESTAMPED, false);
    made.option(LineReader.Option.INSERT_TAB, false);
    made.variable(LineReader.HISTORY_SIZE, HISTORY_MAX);
    made.variable(LineReader.HISTORY_FILE_SIZE, HISTORY_MAX);
    made.variable(LineReader.SECONDARY_PROMPT_PATTERN, "    ");
    history.ifPresent(file -> made.variable(LineReader.HISTORY_FILE, file));
    return made;
  }

  private void complete(String begun, List<Candidate> candidates) {
    int shown = Math.max(0, begun.lastIndexOf(' ') + 1);
    for (String line : completions.apply(begun)) {
      candidates.add(
          new Candidate(
              line, line.substring(Math.min(shown, line.length())), null, null, null, null, false));
    }
  }

  /** What is typed ahead is not echoed into what is heard; Ctrl-C and Ctrl-Z do what they do everywhere. */
  private void beQuiet() {
    Attributes quiet = new Attributes(before);
    quiet.setLocalFlags(EnumSet.of(LocalFlag.ICANON, LocalFlag.ECHO, LocalFlag.IEXTEN), false);
    quiet.setInputFlags(EnumSet.of(InputFlag.IXON, InputFlag.ICRNL, InputFlag.INLCR), false);
    quiet.setControlChar(ControlChar.VMIN, 1);
    quiet.setControlChar(ControlChar.VTIME, 0);
    terminal.setAttributes(quiet);
  }

  /** Stops the whole group of processes, as the terminal itself would do if JLine let it. */
  private boolean suspend() {
    try {
      write("\r\n");
      run(new ProcessBuilder("sh", "-c", "kill -TSTP 0"));
      reader.callWidget(LineReader.REDRAW_LINE);
    } catch (IOException e) {
      return false; // no shell, no stopping
    }
    return true;
  }

  private void widgets() {
    reader.getWidgets().put(SUSPEND, this::suspend);
    keys().bind(new Reference(SUSPEND), KeyMap.ctrl('Z'));
    reader
        .getWidgets()
        .put(
            EDITOR,
            () -> {
              editor = true;
              reader.callWidget(LineReader.ACCEPT_LINE);
              return true;
            });
    Widget paste = reader.getWidgets().get(LineReader.BEGIN_PASTE);
    if (paste != null) {
      reader.getWidgets().put(LineReader.BEGIN_PASTE, () -> paste(paste));
    }
  }

  /** Whole lines that were pasted go at once, one after the other, as they would if they were typed. */
  private boolean paste(Widget original) {
    boolean did = original.apply();
    if (reader.getBuffer().toString().indexOf('\n') >= 0) {
      pasted = true;
      reader.callWidget(LineReader.ACCEPT_LINE);
    }
    return did;
  }

  private KeyMap<Binding> keys() {
    return Objects.requireNonNull(reader.getKeyMaps().get(LineReader.MAIN));
  }

  /** Made before it is written, so that nobody else can ever read it; false: it cannot be kept. */
  private static boolean isKept(Path file) {
    try {
      Path folder = file.toAbsolutePath().getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      if (Files.notExists(file)) {
        Files.createFile(
            file,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      }
      return Files.isWritable(file);
    } catch (IOException e) {
      return false;
    }
  }

  /** Lines for another time, but for those with secrets. */
  private final class Remembered extends DefaultHistory {
    @Override
    public void add(Instant time, String line) {
      if (!asking && line.indexOf('\n') < 0 && !secrets.test(line)) {
        super.add(time, line);
      }
    }
  }
}
