package me.ehlo.send;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import me.ehlo.send.Order.Content;
import me.ehlo.send.Order.Loudness;
import me.ehlo.send.Order.Show;
import me.ehlo.trace.Folded;
import me.ehlo.trace.Mark;
import me.ehlo.trace.Plain;
import me.ehlo.trace.Utterance;

/** Shows a conversation while it happens, as much of it as was asked for. */
final class Screen implements Consumer<Utterance> {
  private final Show show;
  private final PrintStream out;
  private final PrintStream err;
  private final boolean colour;
  private final int width;
  private final List<Utterance> held = new ArrayList<>();
  private boolean wrong;

  /**
   * @param out for the conversation
   * @param err for what goes wrong, where the conversation is not shown; often a file, and never in colour
   * @param width of the terminal in columns; 0: there is none
   */
  Screen(Show show, PrintStream out, PrintStream err, boolean colour, int width) {
    this.show = show;
    this.out = out;
    this.err = err;
    this.colour = colour;
    this.width = width;
  }

  @Override
  public void accept(Utterance utterance) {
    if (show.json()) {
      return;
    }
    boolean isWrong = isWrong(utterance.mark());
    switch (show.loudness()) {
      case ALL -> print(out, utterance);
      case WHEN_WRONG -> hold(utterance, isWrong);
      case WRONG -> {
        if (isWrong) {
          print(err, utterance);
        }
      }
      case NOTHING -> {}
    }
  }

  private void hold(Utterance utterance, boolean isWrong) {
    wrong |= isWrong;
    held.add(utterance);
    if (wrong) {
      held.forEach(each -> print(err, each));
      held.clear();
    }
  }

  private void print(PrintStream to, Utterance utterance) {
    if (isShown(utterance.mark())) {
      boolean unicode = to.charset().newEncoder().canEncode('\u2026');
      String line = unicode ? utterance.line() : Plain.ascii(utterance.line());
      for (String part : parts(line, utterance.mark())) {
        to.println(colour && to.equals(out) ? painted(part, utterance.mark()) : part);
      }
      to.flush();
    }
  }

  private boolean isShown(Mark mark) {
    if (isWrong(mark)) {
      return true;
    }
    if (mark == Mark.CONTENT) {
      return show.sent() && show.content() != Content.NOTHING;
    }
    if (mark.isSent()) {
      return show.sent();
    }
    return mark.isReceived() ? show.received() : show.info();
  }

  private static boolean isWrong(Mark mark) {
    return mark == Mark.ERROR || mark == Mark.REFUSED || mark == Mark.REFUSED_TLS;
  }

  /** What is ours fits the width; what was said is one line, which the terminal lays out. */
  private List<String> parts(String line, Mark mark) {
    return switch (mark) {
      case ADVICE, INFO, ERROR -> width > 0 ? Folded.lines(line, width) : List.of(line);
      default -> List.of(line);
    };
  }

  private static String painted(String line, Mark mark) {
    return switch (mark) {
      case ERROR, REFUSED, REFUSED_TLS -> "\u001b[1;31m" + line + "\u001b[0m";
      case ADVICE, INFO -> "\u001b[2m" + line + "\u001b[0m";
      default -> line;
    };
  }

  /** Whether explanations make sense here. */
  boolean isLoud() {
    return !show.json() && show.loudness() == Loudness.ALL;
  }
}
