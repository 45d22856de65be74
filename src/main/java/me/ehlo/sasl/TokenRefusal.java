package me.ehlo.sasl;

import java.util.Optional;

/**
 * Why a token is refused (RFC 7628 §3.2.2).
 *
 * @param text all that the server said
 * @param status such as {@code invalid_token}, or an HTTP status as XOAUTH2 has it
 * @param scope what the token would have to be good for
 */
record TokenRefusal(String text, Optional<String> status, Optional<String> scope) {

  /** Total: what is no JSON has no status. */
  static TokenRefusal of(String json) {
    return new TokenRefusal(json, member(json, "status"), member(json, "scope"));
  }

  String sentence() {
    return status
        .map(word -> "The token is refused: " + words(word) + wanted())
        .orElseGet(() -> "The token is refused: the server says " + Plainly.quoted(text) + ".");
  }

  private String wanted() {
    return scope
        .filter(word -> !word.isEmpty())
        .map(word -> " It has to be good for " + Plainly.quoted(word) + ".")
        .orElse("");
  }

  private static String words(String status) {
    return switch (status) {
      case "invalid_token", "400", "401" ->
          Plainly.quoted(status) + ", it has ended, is somebody else's, or was never good.";
      case "insufficient_scope", "403" -> Plainly.quoted(status) + ", it is good for other things.";
      case "invalid_request" -> Plainly.quoted(status) + ", the server could not read it.";
      default -> Plainly.quoted(status) + ".";
    };
  }

  /** The value of a member, read as far as a flat object of texts and numbers goes; escapes stay as they are. */
  private static Optional<String> member(String json, String name) {
    int at = json.indexOf("\"" + name + "\"");
    int colon = at < 0 ? -1 : json.indexOf(':', at + name.length() + 2);
    if (colon < 0) {
      return Optional.empty();
    }
    String rest = json.substring(colon + 1).strip();
    if (rest.startsWith("\"")) {
      int end = rest.indexOf('"', 1);
      return end < 0 ? Optional.empty() : Optional.of(rest.substring(1, end));
    }
    int digits = 0;
    while (digits < rest.length() && Character.isDigit(rest.charAt(digits))) {
      digits++;
    }
    return digits == 0 ? Optional.empty() : Optional.of(rest.substring(0, digits));
  }
}
