package me.ehlo.control;

import java.util.Locale;
import me.ehlo.explain.Explanation;
import me.ehlo.explain.Found;
import me.ehlo.trace.Json;

/** Explanations as one JSON document. */
final class ExplainedJson {
  private ExplainedJson() {}

  static String document(Found found) {
    return Json.object(it ->
        it.number("v", 1)
            .texts("unknown", found.unknown())
            .objects("explanations", found.explanations(), ExplainedJson::explanation));
  }

  private static void explanation(Json json, Explanation explanation) {
    json.put("kind", word(explanation.kind()))
        .put("subject", explanation.subject())
        .put("title", explanation.title())
        .put("means", explanation.means())
        .texts("do", explanation.todo())
        .put("lasting", word(explanation.lasting()))
        .put("syntax", explanation.syntax())
        .texts("see", explanation.see())
        .put("source", explanation.source());
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
