package me.ehlo.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryScheduleTest {
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
  private static final RetrySchedule SCHEDULE =
      new RetrySchedule(
          List.of(Duration.ofMinutes(5), Duration.ofMinutes(15), Duration.ofHours(1)),
          Duration.ofDays(5),
          Optional.of(Duration.ofHours(4)),
          new Random(1));

  @ParameterizedTest
  @CsvSource({"1, PT5M", "2, PT15M", "3, PT1H", "4, PT1H", "99, PT1H"})
  void theNextAttemptIsAFifthAboutItsTimeAndTheLastPauseRepeats(int attempts, Duration pause) {
    long shortest = Long.MAX_VALUE;
    long longest = 0;
    for (int i = 0; i < 1_000; i++) {
      long waited = Duration.between(NOON, SCHEDULE.next(attempts, NOON, NOON)).toMillis();
      shortest = Math.min(shortest, waited);
      longest = Math.max(longest, waited);
    }

    assertThat(shortest).isBetween(pause.toMillis() * 80 / 100, pause.toMillis() * 82 / 100);
    assertThat(longest).isBetween(pause.toMillis() * 118 / 100, pause.toMillis() * 120 / 100);
  }

  @Test
  void theLastAttemptIsNotAfterTheEnd() {
    Instant since = NOON.minus(Duration.ofDays(5)).plusSeconds(10);

    assertThat(SCHEDULE.next(20, since, NOON)).isEqualTo(NOON.plusSeconds(10));
  }

  @Test
  void itGivesUpAtTheEndAndNotBefore() {
    assertThat(SCHEDULE.expired(NOON, NOON.plus(Duration.ofDays(5)).minusMillis(1))).isFalse();
    assertThat(SCHEDULE.expired(NOON, NOON.plus(Duration.ofDays(5)))).isTrue();
    assertThat(SCHEDULE.giveUpAt(NOON)).isEqualTo(NOON.plus(Duration.ofDays(5)));
  }

  @Test
  void aMailIsLateAfterFourHoursIfAnybodyWantsToKnow() {
    RetrySchedule silent =
        new RetrySchedule(
            List.of(Duration.ofMinutes(5)), Duration.ofDays(5), Optional.empty(), new Random(1));

    assertThat(SCHEDULE.late(NOON, NOON.plus(Duration.ofHours(4)).minusMillis(1))).isFalse();
    assertThat(SCHEDULE.late(NOON, NOON.plus(Duration.ofHours(4)))).isTrue();
    assertThat(silent.late(NOON, NOON.plus(Duration.ofDays(4)))).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "12:00:00, 12:00:00",
    "12:00:01, 12:30:00",
    "12:29:59, 12:30:00",
    "12:30:00, 12:30:00",
    "12:59:59, 13:00:00"
  })
  void mailThatIsSentTogetherWaitsForTheNextFullHalfHour(String at, String run) {
    Runs runs = new Runs(Duration.ofMinutes(30));

    assertThat(runs.from(Instant.parse("2026-11-22T" + at + "Z")))
        .isEqualTo(Instant.parse("2026-11-22T" + run + "Z"));
  }

  @Test
  void mailThatIsSentAtOnceWaitsForNothing() {
    assertThat(Runs.AT_ONCE.from(NOON.plusMillis(1))).isEqualTo(NOON.plusMillis(1));
  }

  @ParameterizedTest
  @CsvSource({
    "PT0S, 0 seconds",
    "PT1S, 1 second",
    "PT119S, 119 seconds",
    "PT2M, 2 minutes",
    "PT119M, 119 minutes",
    "PT2H, 2 hours",
    "PT47H, 47 hours",
    "P5D, 5 days"
  })
  void spansAreSaidInTheLargestUnitOfWhichThereAreTwo(Duration span, String words) {
    assertThat(Spans.inWords(NOON, NOON.plus(span))).isEqualTo(words);
  }
}
