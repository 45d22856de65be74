package me.ehlo.send;

import java.util.function.Consumer;
import me.ehlo.trace.Mark;
import me.ehlo.trace.Utterance;

/** Tells on all that is said, but of the lines of a mail only those that fit on a screen, and how many more there were. */
final class Shortened implements Consumer<Utterance> {
  private static final int LINES_MAX = 40;

  private static final String REST = " more lines of the mail (--show-data shows them)";

  private final Consumer<Utterance> to;
  private int lines;

  Shortened(Consumer<Utterance> to) {
    this.to = to;
  }

  /** Whether this is told in the place of lines that were left out. */
  static boolean isRest(String told) {
    return told.endsWith(REST);
  }

  @Override
  public void accept(Utterance utterance) {
    if (utterance.mark() == Mark.CONTENT && !utterance.text().equals(".")) {
      lines++;
    } else {
      tellOfTheRest(utterance);
    }
    if (lines <= LINES_MAX) {
      to.accept(utterance);
    }
  }

  private void tellOfTheRest(Utterance next) {
    int more = lines - LINES_MAX;
    lines = 0;
    if (more > 0) {
      to.accept(new Utterance(next.at(), Mark.INFO, more + REST));
    }
  }
}
