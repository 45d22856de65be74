package me.ehlo.front;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import me.ehlo.smtp.Reply;
import org.junit.jupiter.api.Test;

class MailClockTest {
  private static final MailPace PACE =
      new MailPace(Duration.ofMinutes(3), Duration.ofMinutes(10), 500);

  private long now = Long.MAX_VALUE - 1_000; // the clock may overflow
  private final MailClock clock = new MailClock(PACE, () -> now);

  @Test
  void whoIsSilentHasAPauseOnly() {
    MailClock relaxed = new MailClock(MailPace.pausing(Duration.ofMinutes(3)), () -> now);
    passes(3600);
    assertThat(relaxed.patience()).isEqualTo(Duration.ofMinutes(3));
    assertThat(relaxed.tooSlow("mx.ehlo.test")).isEmpty();
  }

  @Test
  void theFirstMinuteIsGiven() {
    passes(20);
    assertThat(clock.patience()).isEqualTo(Duration.ofSeconds(40));
    assertThat(said()).isEqualTo("mail-too-slow");
  }

  @Test
  void octetsGiveTime() {
    clock.came(500 * 100);
    passes(20);
    assertThat(clock.patience()).isEqualTo(Duration.ofSeconds(80));
    clock.came(500 * 300);
    assertThat(clock.patience()).isEqualTo(Duration.ofMinutes(3));
    assertThat(clock.tooSlow("mx.ehlo.test")).as("only silent").isEmpty();
  }

  @Test
  void oneOctetASecondIsTooSlow() {
    for (int second = 0; second < 60; second++) {
      assertThat(clock.patience()).isPositive();
      passes(1);
      clock.came(1);
    }
    assertThat(clock.patience()).isLessThanOrEqualTo(Duration.ZERO);
    assertThat(said()).isEqualTo("mail-too-slow");
  }

  @Test
  void everythingEnds() {
    clock.came(1_000_000_000);
    passes(9 * 60 + 59);
    assertThat(clock.patience()).isEqualTo(Duration.ofSeconds(1));
    assertThat(said()).isEqualTo("mail-too-long");
    passes(2);
    assertThat(clock.patience()).isNegative();
  }

  @Test
  void ourOwnTimeDoesNotCount() {
    passes(100);
    clock.tookUs(Duration.ofSeconds(90).toNanos());
    assertThat(clock.patience()).isEqualTo(Duration.ofSeconds(50));
  }

  private void passes(long seconds) {
    now += Duration.ofSeconds(seconds).toNanos();
  }

  private String said() {
    return clock.tooSlow("mx.ehlo.test").map(Reply::reason).orElseThrow().id();
  }
}
