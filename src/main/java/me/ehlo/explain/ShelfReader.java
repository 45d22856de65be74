package me.ehlo.explain;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads one file of explanations.
 *
 * <pre>
 * # a remark
 *
 * 550: no such mailbox, or not for you
 * &gt; how a command is written
 * What it means, in sentences,
 * over as many lines as they need.
 * - the sender: what can be done
 *   and more of it
 * - the postmaster: what else
 * = RFC 5321 §4.2.3
 * ~ 5.1.1, 5.7.1
 * </pre>
 *
 * Explanations stand apart by empty lines. {@code =} says where it is defined, {@code ~} what else to look at.
 */
final class ShelfReader {
  private final Kind kind;
  private final Map<String, Explanation> shelf = new LinkedHashMap<>();
  private int line;

  private ShelfReader(Kind kind) {
    this.kind = kind;
  }

  /**
   * The explanations by their keys, in the file's order.
   *
   * @throws IllegalArgumentException naming file and line of what is not as above
   */
  static Map<String, Explanation> read(Kind kind, String text) {
    ShelfReader reader = new ShelfReader(kind);
    List<String> block = new ArrayList<>();
    for (String line : text.split("\n", -1)) {
      if (line.isEmpty()) {
        reader.explain(block);
        block.clear();
      } else if (!line.startsWith("# ")) {
        block.add(line);
      }
      reader.line++;
    }
    reader.explain(block);
    return Collections.unmodifiableMap(reader.shelf);
  }

  private void explain(List<String> block) {
    if (block.isEmpty()) {
      return;
    }
    int colon = block.getFirst().indexOf(": ");
    must(colon > 0, "begins with a word, a colon and a title");
    Explanation explanation =
        new Block(block.subList(1, block.size()))
            .explanation(
                block.getFirst().substring(0, colon), block.getFirst().substring(colon + 2));
    Explanation before = shelf.put(Catalogue.key(explanation.subject()), explanation);
    must(before == null, "stands there for the first time");
  }

  private void must(boolean holds, String rule) {
    if (!holds) {
      throw new IllegalArgumentException(
          "%s: each explanation %s, and the one that ends before line %d does not"
              .formatted(kind.file(), rule, line + 1));
    }
  }

  /** The lines below the first, sorted by what they begin with. */
  private final class Block {
    private final List<String> means = new ArrayList<>();
    private final List<String> todo = new ArrayList<>();
    private Optional<String> syntax = Optional.empty();
    private Optional<String> source = Optional.empty();
    private List<String> see = List.of();

    Block(List<String> lines) {
      lines.forEach(this::add);
      must(!means.isEmpty(), "says what it means");
      must(source.isPresent(), "has a source (= RFC ...)");
    }

    private void add(String line) {
      String rest = line.substring(Math.min(2, line.length()));
      switch (line.substring(0, line.length() - rest.length())) {
        case "> " -> syntax = once(syntax, rest);
        case "- " -> todo.add(rest);
        case "  " -> todo.add(unended() + " " + rest.strip());
        case "= " -> source = once(source, rest);
        case "~ " -> see = List.of(rest.split(", "));
        default -> {
          must(todo.isEmpty() && source.isEmpty(), "says first what it means");
          means.add(line);
        }
      }
    }

    private String unended() {
      must(!todo.isEmpty(), "indents only what continues a line with -");
      return todo.removeLast();
    }

    private Optional<String> once(Optional<String> before, String now) {
      must(before.isEmpty(), "has one syntax and one source");
      return Optional.of(now);
    }

    Explanation explanation(String subject, String title) {
      return new Explanation(
          kind,
          subject,
          title,
          String.join(" ", means),
          todo,
          lasting(subject),
          syntax,
          see,
          source.orElseThrow());
    }

    private Lasting lasting(String subject) {
      return switch (kind) {
        case CODE, STATUS -> Lasting.of(subject.charAt(0));
        case RESPONSE -> responseLasting(subject);
        case REASON -> Lasting.of(see.isEmpty() ? ' ' : see.getLast().charAt(0));
        default -> Lasting.NONE;
      };
    }

    // POP3's answers have no digits; the status that they are like stands among what to look at.
    private Lasting responseLasting(String subject) {
      return switch (subject) {
        case "+OK" -> Lasting.OK;
        case "+" -> Lasting.CONTINUE;
        case "-ERR" -> Lasting.NONE;
        default -> Lasting.of(see.isEmpty() ? ' ' : see.getLast().charAt(0));
      };
    }
  }
}
