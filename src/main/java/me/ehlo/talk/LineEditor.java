package me.ehlo.talk;

import java.util.HashMap;
import java.util.List;
import org.jline.reader.impl.LineReaderImpl;
import org.jline.terminal.Terminal;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;

/**
 * JLine's editor with a line below the one that is typed, which goes when that is done.
 *
 * <p>It is part of what the editor draws. JLine's own status line takes a row from the terminal instead, and when the window
 * changes its size, lines above are lost.
 */
final class LineEditor extends LineReaderImpl {
  private volatile AttributedString below = AttributedString.EMPTY;
  private boolean finishing;

  LineEditor(Terminal terminal, String name) {
    super(terminal, name, new HashMap<>());
  }

  /** What stands there from the next drawing on. */
  void below(AttributedString line) {
    below = line;
  }

  @Override
  public AttributedString getDisplayedBufferWithPrompts(List<AttributedString> secondaryPrompts) {
    AttributedString typed = super.getDisplayedBufferWithPrompts(secondaryPrompts);
    boolean taken = finishing || post != null; // by what may be completed, or a search
    return taken || below.length() == 0
        ? typed
        : new AttributedStringBuilder()
            .append(typed)
            .append("\n")
            .append(below)
            .toAttributedString();
  }

  @Override
  protected void cleanup() {
    finishing = true;
    super.cleanup();
    finishing = false;
  }
}
