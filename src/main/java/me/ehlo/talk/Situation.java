package me.ehlo.talk;

import me.ehlo.call.Heard;

/**
 * An answer, and all that must be known to explain it.
 *
 * @param words the line that was answered; empty for a greeting
 * @param progress where the conversation stands behind it
 * @param host the server as it is called
 * @param encrypted whether nobody on the way can read along
 * @param port where the server listens; 0: at a socket in the file system
 */
record Situation(
    Words words, Heard heard, Progress progress, String host, int port, boolean encrypted) {

  boolean isTo(String verb) {
    return words.is(verb);
  }

  boolean says(String... parts) {
    String text = heard.text().toLowerCase(java.util.Locale.ROOT);
    for (String part : parts) {
      if (text.contains(part)) {
        return true;
      }
    }
    return false;
  }

  boolean hasStatus(String status) {
    return heard.status().map(Object::toString).orElse("").equals(status);
  }
}
