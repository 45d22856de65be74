package me.ehlo.control;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Which entries of the queue somebody means, as typed.
 *
 * @param from {@code <>} stands for the null reverse-path
 * @param states by their names; none: all that are not final
 */
record Filters(
    Optional<String> id,
    Optional<String> to,
    Optional<String> from,
    Optional<String> domain,
    Optional<Duration> older,
    Optional<String> reason,
    List<String> states) {
  static final Filters NONE =
      new Filters(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          List.of());

  Filters {
    states = List.copyOf(states);
  }

  /** Only the mail with this id. */
  static Filters of(String id) {
    return new Filters(
        Optional.of(id),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of());
  }
}
