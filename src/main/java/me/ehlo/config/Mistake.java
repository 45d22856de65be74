package me.ehlo.config;

/** One thing that is wrong with the configuration: where, and a sentence that says what would be right. */
public record Mistake(String where, String sentence) {

  @Override
  public String toString() {
    return where + ": " + sentence;
  }
}
