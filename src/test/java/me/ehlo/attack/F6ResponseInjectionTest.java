package me.ehlo.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
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

/**
 * F6: what somebody says in the clear behind the reply to STARTTLS is not believed, wherever the stream is cut.
 *
 * <p>The octets that are put in would be the answers to EHLO, MAIL, RCPT and DATA, if they were taken for the server's.
 */
class F6ResponseInjectionTest {
  private static final String GO_AHEAD = "220 2.0.0 go ahead\r\n";
  private static final String INJECTED = "250 evil\r\n250 ok\r\n250 ok\r\n354 ok\r\n250 taken\r\n";

  @Test
  void octetsBehindTheReplyEndTheAttempt() throws IOException {
    String all = GO_AHEAD + INJECTED;
    for (int cut = 0; cut <= all.length(); cut++) {
      if (cut != GO_AHEAD.length()) { // there it is a matter of time; see below
        String first = all.substring(0, cut);
        String second = all.substring(cut);
        assertThat(reason(first, second, NextHop.TlsDemand.OPPORTUNISTIC))
            .as("cut at %s", cut)
            .isEqualTo(DialogueReason.TLS_INJECTION);
      }
    }
  }

  @Test
  void octetsThatComeLateAreTakenForAHandshakeAndNoMore() throws IOException {
    assertThat(reason(GO_AHEAD, INJECTED, NextHop.TlsDemand.REQUIRE))
        .isIn(DialogueReason.TLS_INJECTION, DialogueReason.TLS_FAILED);
    assertThat(reason(GO_AHEAD, INJECTED, NextHop.TlsDemand.VERIFY))
        .isIn(DialogueReason.TLS_INJECTION, DialogueReason.TLS_FAILED);
  }

  /** Why the mail waits, when the reply to STARTTLS comes in these pieces. */
  private static Reason reason(String first, String second, NextHop.TlsDemand demand)
      throws IOException {
    Mailbag bag = new Mailbag();
    try (OddServer server =
            new OddServer(line -> {
              line.say("220 odd.test ESMTP\r\n").hear();
              line.say("250-odd.test\r\n250 STARTTLS\r\n").hear();
              line.say(first).say(second).hear();
            });
        RelayCourier courier =
            Couriers.with(
                bag, RelayLimits.DEFAULT, Timeouts.DEFAULT, _ -> to(server.peer(), demand))) {
      List<QueueEntry> mail = bag.mail("Subject: x\r\n\r\ny\r\n", "there.test", "a");
      courier.start(mail, bag);
      await().pollInterval(Duration.ofMillis(10)).until(() -> bag.isBack(mail));
      assertThat(server.heard()).noneMatch(line -> line.startsWith("MAIL"));
      Outcome outcome = bag.outcomes(mail.getFirst()).getFirst();
      assertThat(outcome).isInstanceOf(Outcome.Delayed.class);
      return ((Outcome.Delayed) outcome).cause().reason();
    }
  }

  private static NextHop to(NextHop.Peer peer, NextHop.TlsDemand demand) {
    return new NextHop.Servers(
        List.of(new NextHop.Peer(peer.name(), peer.address(), demand, peer.login())));
  }
}
