package me.ehlo.access;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/** The wrong passwords that came lately from one address, or for one name. */
final class Wrongs {
  private static final int RECORDED_MAX = 1000;

  private record Wrong(String other, String digest, Instant at) {}

  private final Deque<Wrong> recorded = new ArrayDeque<>(); // the oldest first
  private Instant rightAt = Instant.MIN;
  private Instant repeatedSince = Instant.MIN;
  private int repeated;

  /**
   * Counts one.
   *
   * @param other the name it was for, or the address it came from
   * @param digest of name and password; empty: unknown
   * @param kept how long it counts
   */
  void add(String other, String digest, Instant now, Duration kept) {
    while (!recorded.isEmpty() && !now.isBefore(recorded.getFirst().at().plus(kept))) {
      recorded.removeFirst();
    }
    if (!now.isBefore(repeatedSince.equals(Instant.MIN) ? now : repeatedSince.plus(kept))) {
      repeatedSince = now;
      repeated = 0;
    }
    if (!digest.isEmpty() && recorded.stream().anyMatch(wrong -> wrong.digest().equals(digest))) {
      repeated++;
    } else {
      recorded.addLast(new Wrong(other, digest, now));
    }
    if (recorded.size() > RECORDED_MAX) {
      recorded.removeFirst();
    }
  }

  /** How many different ones there are. */
  int count() {
    return recorded.size();
  }

  /** How many were the same again. */
  int repeats() {
    return repeated;
  }

  /** Whether they have to do with more than one other. */
  boolean ofSeveral() {
    return recorded.stream().map(Wrong::other).distinct().limit(2).count() > 1;
  }

  /** How many different ones there are since the last right one. */
  int inARow() {
    return (int) recorded.stream().filter(wrong -> wrong.at().isAfter(rightAt)).count();
  }

  /** A right password makes good those that had to do with the same other. */
  void right(String other, Instant now) {
    rightAt = now;
    recorded.removeIf(wrong -> wrong.other().equals(other));
  }
}
