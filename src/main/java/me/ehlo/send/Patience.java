package me.ehlo.send;

import java.time.Duration;
import java.util.Optional;

/** How long is waited for what. */
record Patience(Duration connect, Duration answer, Duration dot) {

  /** The same for all, or what a person at a terminal and RFC 5321 §4.5.3.2 can agree on. */
  static Patience of(Optional<Duration> same) {
    return same.map(it -> new Patience(it, it, it))
        .orElseGet(() ->
            new Patience(Duration.ofSeconds(30), Duration.ofMinutes(5), Duration.ofMinutes(10)));
  }
}
