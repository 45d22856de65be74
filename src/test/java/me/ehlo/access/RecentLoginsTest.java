package me.ehlo.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import me.ehlo.mail.Mailbox;
import me.ehlo.trace.Event;
import org.junit.jupiter.api.Test;

class RecentLoginsTest {
  private static final Mailbox ANN = RecipientsTest.mailbox("ann@ehlo.test");

  private final List<Event> events = new ArrayList<>();
  private Instant now = Instant.parse("2026-11-22T12:00:00Z");
  private final RecentLogins logins =
      new RecentLogins(Duration.ofMinutes(10), events::add, () -> now);

  @Test
  void aLoginOpensItsAddressForTheTimeSet() {
    logins.loggedIn("192.0.2.1", ANN);
    now = now.plus(Duration.ofMinutes(10).minusMillis(1));
    assertThat(logins.opens("192.0.2.1")).isTrue();
    assertThat(logins.opens("192.0.2.2")).isFalse();
    now = now.plusMillis(1);
    assertThat(logins.opens("192.0.2.1")).isFalse();
  }

  @Test
  void anotherLoginProlongsIt() {
    logins.loggedIn("192.0.2.1", ANN);
    now = now.plus(Duration.ofMinutes(9));
    logins.loggedIn("192.0.2.1", ANN);
    now = now.plus(Duration.ofMinutes(9));
    assertThat(logins.opens("192.0.2.1")).isTrue();
  }

  @Test
  void theLogTellsOnceOfEachTimeItIsUsed() {
    logins.loggedIn("192.0.2.1", ANN);
    assertThat(events).isEmpty();
    assertThat(logins.opens("192.0.2.1")).isTrue();
    logins.loggedIn("192.0.2.1", ANN);
    assertThat(logins.opens("192.0.2.1")).isTrue();
    assertThat(events).hasSize(1);
    now = now.plus(Duration.ofMinutes(10));
    logins.loggedIn("192.0.2.1", ANN);
    assertThat(logins.opens("192.0.2.1")).isTrue();
    assertThat(events)
        .hasSize(2)
        .contains(
            new Event.Note(
                now,
                "relaying",
                "192.0.2.1 relays because ann@ehlo.test has logged in from there by POP3"));
  }

  @Test
  void theLogWarnsAtTheStartIfItIsOn() {
    logins.announce();
    assertThat(events).hasSize(1);
    RecentLogins.off().announce();
    assertThat(events).hasSize(1);
  }

  @Test
  void offMeansNever() {
    RecentLogins off = new RecentLogins(Duration.ZERO, events::add, () -> now);
    off.loggedIn("192.0.2.1", ANN);
    assertThat(off.opens("192.0.2.1")).isFalse();
  }

  @Test
  void beyondTenThousandAddressesTheOldestIsForgotten() {
    for (int i = 0; i <= 10_000; i++) {
      logins.loggedIn("10.0." + i / 256 + "." + i % 256, ANN);
    }
    assertThat(logins.opens("10.0.0.0")).isFalse();
    assertThat(logins.opens("10.0.0.1")).isTrue();
    assertThat(logins.opens("10.0.39.16")).isTrue();
  }
}
