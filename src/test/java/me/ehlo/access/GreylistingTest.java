package me.ehlo.access;

import static me.ehlo.store.Post.mailbox;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import me.ehlo.mail.ForwardPath;
import me.ehlo.mail.ReversePath;
import org.junit.jupiter.api.Test;

class GreylistingTest {
  private static final Duration DELAY = Duration.ofMinutes(5);

  private final Ticking clock = new Ticking();
  private final RamGuestbook guests = new RamGuestbook();
  private final Greylisting greylisting = new Greylisting(DELAY, guests, clock);

  @Test
  void aStrangerComesAgainAndIsThenKnown() {
    assertThat(wait("192.0.2.1", "ann")).contains(DELAY);
    clock.passes(Duration.ofMinutes(2));
    assertThat(wait("192.0.2.1", "ann")).contains(Duration.ofMinutes(3));
    clock.passes(Duration.ofMinutes(3));
    assertThat(wait("192.0.2.1", "ann")).isEmpty();
    assertThat(wait("192.0.2.1", "bob")).as("another recipient").isEmpty();
    assertThat(wait("192.0.2.200", "bob")).as("another machine there").isEmpty();
    assertThat(wait("192.0.3.1", "bob")).as("somebody else").contains(DELAY);
  }

  @Test
  void anotherMachineOfTheSameNetworkMayTryAgain() {
    assertThat(wait("2001:db8:1:2::1", "ann")).contains(DELAY);
    clock.passes(DELAY);
    assertThat(wait("2001:db8:1:2:3::4", "ann")).isEmpty();
    assertThat(wait("2001:db8:1:3::1", "ann")).contains(DELAY);
  }

  @Test
  void whoComesAgainForSomebodyElseWaitsAsLong() {
    assertThat(wait("192.0.2.1", "ann")).contains(DELAY);
    clock.passes(DELAY);
    assertThat(wait("192.0.2.1", "bob")).contains(DELAY);
    assertThat(wait("192.0.2.1", "ann")).isEmpty();
  }

  @Test
  void whoComesAgainAfterMoreThanADayIsNew() {
    assertThat(wait("192.0.2.1", "ann")).contains(DELAY);
    clock.passes(Duration.ofHours(25));
    assertThat(wait("192.0.2.1", "ann")).contains(DELAY);
    clock.passes(DELAY);
    assertThat(wait("192.0.2.1", "ann")).isEmpty();
  }

  @Test
  void itIsKnownForThirtySixDaysFromItsLastMail() {
    becomesKnown();
    clock.passes(Duration.ofDays(35));
    assertThat(wait("192.0.2.1", "bob")).isEmpty();
    clock.passes(Duration.ofDays(35));
    assertThat(wait("192.0.2.1", "bob")).isEmpty();
    clock.passes(Duration.ofDays(37));
    assertThat(wait("192.0.2.1", "bob")).contains(DELAY);
  }

  @Test
  void anotherNodeOfTheSameStoreKnowsIt() {
    becomesKnown();
    assertThat(wait(new Greylisting(DELAY, guests, clock), "192.0.2.9", "bob")).isEmpty();
  }

  @Test
  void whatIsOldIsForgotten() {
    becomesKnown();
    clock.passes(Duration.ofDays(40));
    assertThat(wait("198.51.100.1", "ann")).contains(DELAY);
    assertThat(guests.lastMail(Origin.of("192.0.2.1").network())).isEmpty();
  }

  @Test
  void aFloodIsPutOffWithoutBeingNoted() {
    for (int i = 0; i < 200; i++) {
      assertThat(wait("192.0.2.1", "n" + i)).contains(DELAY);
    }
    clock.passes(DELAY);
    assertThat(wait("192.0.2.1", "n199")).as("was not noted").contains(DELAY);
    assertThat(wait("192.0.2.1", "n0")).as("was noted").isEmpty();
  }

  private void becomesKnown() {
    assertThat(wait("192.0.2.1", "ann")).contains(DELAY);
    clock.passes(DELAY);
    assertThat(wait("192.0.2.1", "ann")).isEmpty();
  }

  private Optional<Duration> wait(String client, String recipient) {
    return wait(greylisting, client, recipient);
  }

  private static Optional<Duration> wait(Greylisting asked, String client, String recipient) {
    return asked.wait(
        InetAddress.ofLiteral(client),
        new ReversePath.Sender(mailbox("carol", "client.example")),
        new ForwardPath.To(mailbox(recipient, "ehlo.test")));
  }
}
