package me.ehlo.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import me.ehlo.mail.Outcome;
import me.ehlo.mail.Reason;
import me.ehlo.queue.QueueEntry;
import me.ehlo.relay.Couriers;
import me.ehlo.relay.Mailbag;
import me.ehlo.relay.NextHop;
import me.ehlo.relay.OddServer;
import me.ehlo.relay.RelayCourier;
import me.ehlo.relay.RelayLimits;
import me.ehlo.relay.Timeouts;
import me.ehlo.smtp.client.DialogueReason;
import org.junit.jupiter.api.Test;

/** G6: a server that answers without end, or not to the end, costs a bounded time and few octets, and the mail waits. */
class G6HostileServersTest {
  private static final String HELLO = "220 odd.test ESMTP\r\n";
  private static final int MANY = 1_000_000;

  /** What a server writes before it is left includes what lies in the buffers of both systems: some megabytes. */
  private static final long BUFFERS = 40L << 20;

  @Test
  void aGreetingWithoutEnd() throws IOException {
    expect(DialogueReason.ENDLESS, (line, said) -> pour(line, "220-more\r\n", said));
  }

  @Test
  void aReplyOfAMillionLines() throws IOException {
    expect(
        DialogueReason.ENDLESS,
        (line, said) -> {
          line.say(HELLO).hear();
          pour(line, "250-more\r\n", said);
        });
  }

  @Test
  void aLineWithoutEnd() throws IOException {
    expect(
        DialogueReason.ENDLESS,
        (line, said) -> {
          line.say(HELLO).hear();
          pour(line, "250 and more and more", said);
        });
  }

  @Test
  void oneOctetAtATime() throws IOException {
    expect(
        DialogueReason.TIMED_OUT,
        Couriers.IMPATIENT,
        (line, said) -> trickle(line, "220-more and more\r\n", said));
  }

  @Test
  void goAheadForEver() throws IOException {
    // Every answer is 354: to EHLO already, so that it is none.
    expect(
        DialogueReason.EHLO_REFUSED,
        (line, _) -> {
          line.say(HELLO);
          while (line.hear() != null) {
            line.say("354 go on\r\n");
          }
        });
  }

  @Test
  void goAheadForEverInsteadOfAnAnswerToTheContent() throws IOException {
    expect(
        DialogueReason.IN_DOUBT,
        (line, said) -> {
          line.say(HELLO);
          String command = line.hear();
          while (!command.startsWith("DATA")) {
            line.say("250 well\r\n");
            command = line.hear();
          }
          line.say("354 go on\r\n");
          while (!line.hear().equals(".")) {
            // It is content.
          }
          pour(line, "354 go on\r\n", said);
        });
  }

  /** How a server behaves; it counts what it says. */
  private interface Manner {
    void hold(OddServer.Line line, AtomicLong said) throws IOException;
  }

  private static void expect(Reason reason, Manner manner) throws IOException {
    expect(reason, Timeouts.DEFAULT, manner);
  }

  private static void expect(Reason reason, Timeouts timeouts, Manner manner) throws IOException {
    Mailbag bag = new Mailbag();
    AtomicLong said = new AtomicLong();
    try (OddServer server = new OddServer(line -> manner.hold(line, said));
        RelayCourier courier =
            Couriers.with(
                bag,
                RelayLimits.DEFAULT,
                timeouts,
                _ -> new NextHop.Servers(List.of(server.peer())))) {
      List<QueueEntry> mail = bag.mail("Subject: x\r\n\r\ny\r\n", "there.test", "a");
      courier.start(mail, bag);
      await().atMost(Duration.ofSeconds(30)).until(() -> bag.isBack(mail));
      Outcome outcome = bag.outcomes(mail.getFirst()).getFirst();
      assertThat(outcome).isInstanceOf(Outcome.Delayed.class);
      assertThat(((Outcome.Delayed) outcome).cause().reason()).isEqualTo(reason);
      assertThat(((Outcome.Delayed) outcome).cause().said().length()).isLessThan(2000);
      assertThat(said.get()).isLessThan(BUFFERS);
    }
  }

  private static void pour(OddServer.Line line, String octets, AtomicLong said) throws IOException {
    String piece = octets.repeat(1000);
    for (int i = 0; i < MANY / 1000; i++) {
      line.say(piece);
      said.addAndGet(piece.length());
    }
    line.hear();
  }

  private static void trickle(OddServer.Line line, String octets, AtomicLong said)
      throws IOException {
    for (int i = 0; i < 1000; i++) {
      line.say(octets.substring(i % octets.length(), i % octets.length() + 1));
      said.incrementAndGet();
      LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
    }
  }
}
