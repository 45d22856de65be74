package me.ehlo.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.stream.IntStream;
import javax.net.ssl.SSLContext;
import me.ehlo.mail.Outcome;
import me.ehlo.queue.QueueEntry;
import org.junit.jupiter.api.Test;

/** What a courier makes of mails, seen from the queue's side. */
class RelayCourierTest {

  @Test
  void takesMailsToTheNextServer() throws Exception {
    Mailbag bag = new Mailbag();
    List<List<String>> offers =
        List.of(
            List.of(),
            List.of("PIPELINING"),
            List.of("CHUNKING"),
            List.of("PIPELINING", "CHUNKING"));
    for (List<String> offered : offers) {
      try (BadServer server =
              new BadServer(Point.QUIT, Behaviour.WELL, offered, SSLContext.getDefault());
          RelayCourier courier = Couriers.to(bag, server)) {
        List<List<QueueEntry>> mails =
            IntStream.range(0, 50)
                .mapToObj(
                    i -> bag.mail("Subject: " + i + "\r\n\r\n.dot\r\n", "there.test", "a", "b"))
                .toList();
        mails.forEach(mail -> courier.start(mail, bag));
        await().until(() -> mails.stream().allMatch(bag::isBack));

        assertThat(mails.stream().flatMap(List::stream).map(bag::outcomes))
            .allSatisfy(outcomes ->
                assertThat(outcomes).singleElement().isInstanceOf(Outcome.Relayed.class));
        assertThat(server.taken())
            .hasSize(50)
            .allMatch(mail -> mail.content().endsWith("\r\n\r\n.dot\r\n"));
      }
    }
  }
}
