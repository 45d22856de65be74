package me.ehlo.access;

import static me.ehlo.store.Post.mailbox;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import me.ehlo.access.Guestbook.Attempt;
import me.ehlo.mail.ForwardPath;
import me.ehlo.mail.Network;
import me.ehlo.mail.ReversePath;
import me.ehlo.mail.StorageFailure;
import me.ehlo.store.Custody;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every guestbook does, wherever it is kept. */
public abstract class GuestbookContract {
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
  private static final Instant LATER = NOON.plus(Duration.ofMinutes(7));
  private static final Network NETWORK = network("192.0.2.0", 24);
  private static final Network SIX = network("2001:db8:1:2::", 64);

  private Custody custody;
  private Guestbook guests;

  /** A new and empty store. */
  protected abstract Custody openCustody() throws Exception;

  @BeforeEach
  void open() throws Exception {
    custody = openCustody();
    guests = custody.guestbook();
  }

  @AfterEach
  void close() throws StorageFailure {
    custody.close();
  }

  @Test
  void whoWasNeverHereIsNotKnown() throws StorageFailure {
    assertThat(guests.lastMail(NETWORK)).isEmpty();
    assertThat(guests.firstTry(attempt(NETWORK, "ann"))).isEmpty();
  }

  @Test
  void theLastMailCounts() throws StorageFailure {
    guests.mailTaken(NETWORK, NOON);
    guests.mailTaken(SIX, NOON);
    guests.mailTaken(NETWORK, LATER);

    assertThat(guests.lastMail(NETWORK)).contains(LATER);
    assertThat(guests.lastMail(SIX)).contains(NOON);
    assertThat(guests.lastMail(network("192.0.3.0", 24))).isEmpty();
  }

  @Test
  void anAttemptIsOfOneNetworkOneSenderAndOneRecipient() throws StorageFailure {
    guests.tried(attempt(NETWORK, "ann"), NOON);

    assertThat(guests.firstTry(attempt(NETWORK, "ann"))).contains(NOON);
    assertThat(guests.firstTry(attempt(NETWORK, "ANN"))).contains(NOON);
    assertThat(guests.firstTry(attempt(SIX, "ann"))).isEmpty();
    assertThat(guests.firstTry(attempt(NETWORK, "bob"))).isEmpty();
    assertThat(
            guests.firstTry(
                new Attempt(NETWORK, new ReversePath.Null(), attempt(NETWORK, "ann").to())))
        .isEmpty();
  }

  @Test
  void anAttemptThatIsNotedAgainBeginsAgain() throws StorageFailure {
    guests.tried(attempt(NETWORK, "ann"), NOON);
    guests.tried(attempt(NETWORK, "ann"), LATER);

    assertThat(guests.firstTry(attempt(NETWORK, "ann"))).contains(LATER);
  }

  @Test
  void whatIsOldIsForgottenAndNothingElse() throws StorageFailure {
    guests.mailTaken(NETWORK, NOON);
    guests.mailTaken(SIX, LATER);
    guests.tried(attempt(NETWORK, "ann"), NOON);
    guests.tried(attempt(NETWORK, "bob"), LATER);

    assertThat(guests.forget(LATER, LATER)).isFalse();

    assertThat(guests.lastMail(NETWORK)).isEmpty();
    assertThat(guests.lastMail(SIX)).contains(LATER);
    assertThat(guests.firstTry(attempt(NETWORK, "ann"))).isEmpty();
    assertThat(guests.firstTry(attempt(NETWORK, "bob"))).contains(LATER);
  }

  @Test
  void muchIsForgottenInTheEnd() throws Exception {
    try (var threads = java.util.concurrent.Executors.newVirtualThreadPerTaskExecutor()) {
      var all =
          IntStream.range(0, 1_500)
              .mapToObj(n ->
                  threads.submit(() -> {
                    guests.tried(attempt(NETWORK, "n" + n), NOON);
                    return n;
                  }))
              .toList();
      for (var one : all) {
        one.get();
      }
    }
    boolean more = true;
    for (int rounds = 0; more; rounds++) {
      assertThat(rounds).isLessThan(3);
      more = guests.forget(LATER, LATER);
    }
    for (int n : new int[] {0, 700, 1_499}) {
      assertThat(guests.firstTry(attempt(NETWORK, "n" + n))).isEmpty();
    }
  }

  private static Attempt attempt(Network network, String recipient) {
    return new Attempt(
        network,
        new ReversePath.Sender(mailbox("carol", "client.example")),
        new ForwardPath.To(mailbox(recipient, "ehlo.test")));
  }

  private static Network network(String first, int bits) {
    return new Network(InetAddress.ofLiteral(first), bits);
  }
}
