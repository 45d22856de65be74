package me.ehlo.dsn;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A strict reader of delivery-status (RFC 3464 §2.1): groups of fields, each field once, in the grammar that stands there;
 * everything else is an {@link AssertionError}.
 */
final class StatusFields {
  private static final String ATOM = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+";
  private static final String DATE =
      "(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \\d{1,2} (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
          + " \\d{4} \\d\\d:\\d\\d:\\d\\d [+-]\\d{4}";
  private static final String TYPED = ATOM + "; \\S.*";
  private static final String MTA = "dns; ([A-Za-z0-9.-]+|\\[[0-9A-Fa-f.:IPv]+\\])";

  private static final Map<String, String> OF_MAIL =
      Map.of(
          "Original-Envelope-Id",
          "[ -~]+",
          "Reporting-MTA",
          MTA,
          "Arrival-Date",
          DATE,
          "X-Ehlo-Mail-Id",
          "[0-9A-Z]{12}");
  private static final Map<String, String> OF_RECIPIENT =
      Map.of(
          "Original-Recipient", TYPED,
          "Final-Recipient", "(rfc822; [!-~]+@[!-~]+|utf-8; \\S+@\\S+|rfc822; \"[ -~]+\"@[!-~]+)",
          "Action", "failed|delayed|delivered|relayed|expanded",
          "Status", "[245]\\.\\d{1,3}\\.\\d{1,3}",
          "Remote-MTA", MTA,
          "Diagnostic-Code", TYPED,
          "Last-Attempt-Date", DATE,
          "Will-Retry-Until", DATE);

  private StatusFields() {}

  /** The mail's fields first, then those of each recipient. */
  static List<Map<String, String>> read(String part) {
    List<Map<String, String>> groups = new ArrayList<>();
    for (String group : unfolded(part).split("\r\n\r\n", -1)) {
      groups.add(group(group, groups.isEmpty() ? OF_MAIL : OF_RECIPIENT));
    }
    require(groups.size() >= 2, "no recipient in " + part);
    require(groups.getFirst().containsKey("Reporting-MTA"), "no Reporting-MTA in " + part);
    for (Map<String, String> recipient : groups.subList(1, groups.size())) {
      require(
          recipient.keySet().containsAll(List.of("Final-Recipient", "Action", "Status")),
          "a field is missing in " + recipient);
      require(
          recipient.get("Action").equals("delayed") || !recipient.containsKey("Will-Retry-Until"),
          "Will-Retry-Until is for what is delayed: " + recipient);
    }
    return groups;
  }

  private static String unfolded(String part) {
    require(part.endsWith("\r\n") && !part.endsWith("\r\n\r\n"), "ends in one CRLF: " + part);
    String text = part.substring(0, part.length() - 2);
    for (String line : text.split("\r\n", -1)) {
      require(!line.isBlank() || line.isEmpty(), "a line of spaces in " + part);
      require(line.length() <= 998, "a long line in " + part);
      require(line.indexOf('\r') < 0 && line.indexOf('\n') < 0, "a bare CR or LF in " + part);
    }
    return text.replaceAll("\r\n[ \t]+", " ");
  }

  private static Map<String, String> group(String text, Map<String, String> grammar) {
    Map<String, String> fields = new LinkedHashMap<>();
    for (String line : text.split("\r\n", -1)) {
      int colon = line.indexOf(": ");
      require(colon > 0, "no field: " + line);
      String name = line.substring(0, colon);
      String value = line.substring(colon + 2);
      require(grammar.containsKey(name), "not a field of this group: " + line);
      require(Pattern.matches(grammar.get(name), value), "not in the grammar: " + line);
      require(fields.put(name, value) == null, "twice: " + line);
    }
    return fields;
  }

  private static void require(boolean right, String otherwise) {
    if (!right) {
      throw new AssertionError(otherwise);
    }
  }
}
