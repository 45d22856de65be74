package me.ehlo.talk;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import me.ehlo.trace.Json;
import me.ehlo.trace.Utterance;

/** A conversation as a text for others: as it looked, as Markdown for a ticket, or as JSON for a program. */
enum Saved {
  TXT {
    @Override
    String text(List<Utterance> said) {
      return lines(said);
    }
  },
  MD {
    @Override
    String text(List<Utterance> said) {
      return "```\n" + lines(said) + "```\n";
    }
  },
  JSON {
    @Override
    String text(List<Utterance> said) {
      return said.stream()
          .map(Saved::json)
          .collect(Collectors.joining(",\n  ", "{\"v\":1,\"said\":[\n  ", "\n]}\n"));
    }
  };

  abstract String text(List<Utterance> said);

  /** By the ending of a file's name; empty: none that we know. */
  static Optional<Saved> by(String file) {
    String name = file.toLowerCase(Locale.ROOT);
    for (Saved each : values()) {
      if (name.endsWith("." + each.name().toLowerCase(Locale.ROOT))) {
        return Optional.of(each);
      }
    }
    return Optional.empty();
  }

  private static String lines(List<Utterance> said) {
    return said.stream().map(each -> each.line() + "\n").collect(Collectors.joining());
  }

  private static String json(Utterance each) {
    return Json.object(it ->
        it.put("at", each.at().toString())
            .put("mark", each.mark().sign().strip())
            .put("text", each.shown()));
  }
}
