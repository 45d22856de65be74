package me.ehlo.control;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import me.ehlo.explain.Explanation;
import me.ehlo.explain.Found;

/** Explanations as one JSON document (RFC 8259). */
final class ExplainedJson {
  private ExplainedJson() {}

  static List<String> document(Found found) {
    List<String> lines = new ArrayList<>();
    lines.add("{\"v\":1,\"unknown\":" + texts(found.unknown()) + ",\"explanations\":[");
    List<Explanation> explanations = found.explanations();
    for (int i = 0; i < explanations.size(); i++) {
      lines.add(object(explanations.get(i)) + (i + 1 < explanations.size() ? "," : ""));
    }
    lines.add("]}");
    return lines;
  }

  private static String object(Explanation explanation) {
    return "{\"kind\":"
        + word(explanation.kind())
        + ",\"subject\":"
        + EntryJson.text(explanation.subject())
        + ",\"title\":"
        + EntryJson.text(explanation.title())
        + ",\"means\":"
        + EntryJson.text(explanation.means())
        + ",\"do\":"
        + texts(explanation.todo())
        + ",\"lasting\":"
        + word(explanation.lasting())
        + ",\"syntax\":"
        + explanation.syntax().map(EntryJson::text).orElse("null")
        + ",\"see\":"
        + texts(explanation.see())
        + ",\"source\":"
        + EntryJson.text(explanation.source())
        + "}";
  }

  private static String texts(List<String> texts) {
    return texts.stream().map(EntryJson::text).collect(Collectors.joining(",", "[", "]"));
  }

  private static String word(Enum<?> value) {
    return EntryJson.text(value.name().toLowerCase(Locale.ROOT).replace('_', '-'));
  }
}
