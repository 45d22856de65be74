package me.ehlo.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import me.ehlo.mail.AccountId;
import org.junit.jupiter.api.Test;

class AccountRatesTest {
  private static final AccountId ANN = new AccountId(1);
  private static final AccountId BOB = new AccountId(2);
  private Instant now = Instant.parse("2026-11-21T09:02:13Z");
  private final AccountRates rates = new AccountRates(3, () -> now);

  @Test
  void soManyAnHourForEach() {
    for (int i = 0; i < 3; i++) {
      assertThat(rates.take(ANN)).isTrue();
    }
    assertThat(rates.take(ANN)).isFalse();
    assertThat(rates.take(BOB)).isTrue();
    passes(Duration.ofMinutes(59));
    assertThat(rates.take(ANN)).isFalse();
    passes(Duration.ofMinutes(6));
    assertThat(rates.take(ANN)).isTrue();
  }

  @Test
  void whatWasRefusedDoesNotCount() {
    for (int i = 0; i < 100; i++) {
      rates.take(ANN);
      passes(Duration.ofMinutes(1));
    }
    passes(Duration.ofMinutes(65));
    for (int i = 0; i < 3; i++) {
      assertThat(rates.take(ANN)).isTrue();
    }
  }

  @Test
  void aClockThatGoesBackFreesNobody() {
    for (int i = 0; i < 3; i++) {
      rates.take(ANN);
    }
    passes(Duration.ofHours(-5));
    assertThat(rates.take(ANN)).isFalse();
    passes(Duration.ofHours(7));
    assertThat(rates.take(ANN)).isTrue();
  }

  /** Whenever they come: never more than the limit within an hour, and never fewer than it within an hour and a slot. */
  @Test
  void atNoTimeMoreInAnHour() {
    Random random = new Random(20261122);
    Deque<Instant> taken = new ArrayDeque<>();
    AccountRates many = new AccountRates(20, () -> now);
    for (int i = 0; i < 20_000; i++) {
      passes(Duration.ofSeconds(random.nextInt(random.nextBoolean() ? 5 : 600)));
      boolean took = many.take(ANN);
      Instant hourAgo = now.minus(Duration.ofHours(1));
      long inLastHour = taken.stream().filter(at -> at.isAfter(hourAgo)).count();
      Instant longAgo = now.minus(Duration.ofMinutes(65));
      long lately = taken.stream().filter(at -> at.isAfter(longAgo)).count();
      if (took) {
        assertThat(inLastHour).isLessThan(20);
        taken.add(now);
      } else {
        assertThat(lately).isGreaterThanOrEqualTo(20);
      }
      while (taken.size() > 30) {
        taken.removeFirst();
      }
    }
  }

  private void passes(Duration time) {
    now = now.plus(time);
  }
}
