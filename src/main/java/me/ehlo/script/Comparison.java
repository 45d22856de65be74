package me.ehlo.script;

import java.util.List;
import me.ehlo.script.Script.Expected;

/** Whether a server's lines are those that a script expects. */
public final class Comparison {
  private Comparison() {}

  /**
   * The index of the first expected line that was not said so, and the number of them if too much was said; -1 when all is as it
   * should be.
   */
  public static int firstDifference(List<Expected> expected, List<String> said) {
    int pattern = 0;
    int line = 0;
    int anyAt = -1; // the last "...", to which we come back when what follows it fits nowhere yet
    int lineAtAny = 0;
    int furthest = 0;
    while (line < said.size() || pattern < expected.size()) {
      furthest = Math.max(furthest, pattern);
      if (pattern < expected.size()
          && expected.get(pattern).pattern() instanceof LinePattern.AnyLines) {
        anyAt = pattern++;
        lineAtAny = line;
      } else if (pattern < expected.size()
          && line < said.size()
          && expected.get(pattern).pattern().matches(said.get(line))) {
        pattern++;
        line++;
      } else if (anyAt >= 0 && lineAtAny < said.size()) {
        line = ++lineAtAny;
        pattern = anyAt + 1;
      } else {
        return furthest;
      }
    }
    return -1;
  }
}
