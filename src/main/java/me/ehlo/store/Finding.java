package me.ehlo.store;

/**
 * Something that is wrong with the store.
 *
 * @param about what it concerns: {@code database}, {@code mail ID}, {@code account NUMBER}
 * @param what a sentence for people
 */
public record Finding(String about, String what) {

  @Override
  public String toString() {
    return about + ": " + what;
  }
}
