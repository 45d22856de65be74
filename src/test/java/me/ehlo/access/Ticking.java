package me.ehlo.access;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that goes when a test says so. */
final class Ticking implements InstantSource {
  private Instant now = Instant.parse("2026-11-22T12:00:00Z");

  void passes(Duration time) {
    now = now.plus(time);
  }

  @Override
  public Instant instant() {
    return now;
  }
}
