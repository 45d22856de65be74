package me.ehlo.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import me.ehlo.access.Hashing;
import me.ehlo.access.Pause;
import me.ehlo.front.HashingThreads;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Guessing passwords: from one address, from many, and many at once; by SMTP and POP3 alike. */
@Timeout(300)
class G2BruteForceTest {
  private static final Hashing AT_ONCE = work -> Optional.of(work.get());
  private static final int MOST = 3;

  @ParameterizedTest
  @ValueSource(strings = {"ann", "nobody"})
  void whoGuessesFromOneAddressIsBlockedAtBothDoors(String name) {
    List<Duration> pauses = new CopyOnWriteArrayList<>();
    try (LoginSite site = new LoginSite(MOST, AT_ONCE, pauses::add)) {
      assertThat(site.auth("127.0.0.2", name, "guess 1")).startsWith("535 5.7.8");
      assertThat(site.pass("127.0.0.2", name, "guess 2")).startsWith("-ERR [AUTH]");
      assertThat(site.auth("127.0.0.2", name, "guess 3")).startsWith("535 5.7.8");

      assertThat(site.auth("127.0.0.2", name, LoginSite.RIGHT)).startsWith("454 4.7.0");
      assertThat(site.auth("127.0.0.2", "bob", LoginSite.RIGHT)).startsWith("454 4.7.0");
      assertThat(site.pass("127.0.0.2", name, LoginSite.RIGHT)).startsWith("-ERR [SYS/TEMP]");
      assertThat(site.auth("127.0.0.3", "ann", LoginSite.RIGHT)).startsWith("235");
      assertThat(pauses)
          .containsExactly(Duration.ofSeconds(2), Duration.ofSeconds(4), Duration.ofSeconds(6));
      assertThat(site.notes()).hasSize(1).first().asString().startsWith("127.0.0.2 is blocked");
      assertThat(site.events.toString()).doesNotContain("guess", LoginSite.RIGHT);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ann", "nobody"})
  void whoGuessesFromManyAddressesGetsNowhereAndLocksNobodyOut(String name) {
    try (LoginSite site = new LoginSite(MOST, AT_ONCE, Pause.NONE)) {
      assertThat(site.pass("127.0.1.1", "ann", LoginSite.RIGHT)).startsWith("+OK");
      for (int i = 0; i < MOST; i++) {
        assertThat(site.auth("127.0.2." + (i + 1), name, "guess " + i)).startsWith("535");
      }
      assertThat(site.auth("127.0.3.1", name, LoginSite.RIGHT)).startsWith("454 4.7.0");
      assertThat(site.pass("127.0.3.2", name, LoginSite.RIGHT)).startsWith("-ERR [SYS/TEMP]");
      assertThat(site.auth("127.0.1.1", "ann", LoginSite.RIGHT)).startsWith("235");
      assertThat(site.auth("127.0.3.1", "bob", LoginSite.RIGHT)).startsWith("235");
    }
  }

  @Test
  void aFloodOfLoginsIsAnsweredAndOthersGoOn() {
    int atOnce = 2;
    int waiting = 10;
    CountDownLatch slow = new CountDownLatch(1);
    AtomicInteger turnedAway = new AtomicInteger();
    try (HashingThreads threads = new HashingThreads(atOnce, waiting, Duration.ofMinutes(5))) {
      Hashing hashing =
          work -> {
            var verdict =
                threads.run(() -> {
                  await(slow);
                  return work.get();
                });
            turnedAway.addAndGet(verdict.isEmpty() ? 1 : 0);
            return verdict;
          };
      try (LoginSite site = new LoginSite(100_000, hashing, Pause.NONE)) {
        List<Peer> flood = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
          flood.add(
              site.smtpFrom("127.0.0.2").says("AUTH PLAIN " + LoginSite.plain("ann", "x" + i)));
        }
        try (Peer other = site.smtpFrom("127.0.0.3")) {
          other.asks("NOOP", "250");
          Awaitility.await().until(() -> turnedAway.get() == 1000 - atOnce - waiting);
          slow.countDown();
          other.asks("NOOP", "250");
        }
        List<String> replies = flood.stream().map(Peer::reply).toList();
        assertThat(replies)
            .allMatch(reply -> reply.startsWith("535 5.7.8") || reply.startsWith("454 4.7.0"));
        assertThat(replies.stream().filter(reply -> reply.startsWith("535")).count())
            .isEqualTo(atOnce + waiting);
        flood.forEach(Peer::close);
      }
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
