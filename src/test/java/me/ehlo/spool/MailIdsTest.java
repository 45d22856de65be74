package me.ehlo.spool;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import me.ehlo.mail.MailId;
import org.junit.jupiter.api.Test;

class MailIdsTest {
  private final AtomicLong now =
      new AtomicLong(Instant.parse("2026-11-22T00:00:00Z").toEpochMilli());
  private final MailIds ids = new MailIds(() -> Instant.ofEpochMilli(now.get()), new Random(3));

  @Test
  void idsGrowWhateverTheClockDoes() {
    MailId last = ids.next();
    for (long step : new long[] {0, 1, 0, -1, -86_400_000, 0, 5, 86_400_000, 0, -1, 1}) {
      now.addAndGet(step);
      for (int i = 0; i < 100; i++) {
        MailId next = ids.next();
        assertThat(next).as("after a step of %d ms", step).isGreaterThan(last);
        last = next;
      }
    }
  }

  @Test
  void moreInAMillisecondThanItHasRoomForGoOnInTheNext() {
    MailId last = ids.next();
    for (int i = 0; i < 600_000; i++) {
      MailId next = ids.next();
      if (next.compareTo(last) <= 0) {
        assertThat(next).isGreaterThan(last);
      }
      last = next;
    }
    now.incrementAndGet();
    assertThat(ids.next()).isGreaterThan(last);
  }

  @Test
  void theTimeCanBeReadFromAnId() {
    assertThat(ids.next().value() >>> 18).isEqualTo(now.get());
  }

  @Test
  void manyThreadsGetDifferentOnes() {
    Set<MailId> seen = ConcurrentHashMap.newKeySet();
    IntStream.range(0, 20_000).parallel().forEach(_ -> seen.add(ids.next()));
    assertThat(seen).hasSize(20_000);
  }
}
