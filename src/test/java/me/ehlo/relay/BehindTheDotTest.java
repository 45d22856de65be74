package me.ehlo.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import me.ehlo.mail.Outcome;
import me.ehlo.mail.Reason;
import me.ehlo.queue.QueueEntry;
import me.ehlo.smtp.client.DialogueReason;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A mail that is finished without a word, taken in hand while the answer to the one before is awaited (RFC 2920). */
class BehindTheDotTest {
  private static final String MAIL = "Subject: x\r\n\r\ny\r\n";

  private final Mailbag bag = new Mailbag();
  private final CountDownLatch mayGoOn = new CountDownLatch(1);

  @ParameterizedTest(name = "{0} recipients")
  @CsvSource({"1", "3"})
  void goesToNobodyWithoutSmtpUtf8(int before) throws Exception {
    takesNoOthersPlace(
        before, bag.mail(MAIL, "there.test", "grüße"), DialogueReason.SMTPUTF8_THERE);
  }

  @ParameterizedTest(name = "{0} recipients")
  @CsvSource({"1", "3"})
  void isEightBit(int before) throws Exception {
    takesNoOthersPlace(
        before, bag.mail("\r\nü\r\n", "there.test", "b"), DialogueReason.EIGHT_BIT_THERE);
  }

  @ParameterizedTest(name = "{0} recipients")
  @CsvSource({"1", "3"})
  void isUnfit(int before) throws Exception {
    takesNoOthersPlace(before, bag.mail("a\nb\r\n", "there.test", "b"), DialogueReason.BAD_CONTENT);
  }

  /** All wait in the lane of one caller before the server goes on, so each is taken behind the dot of the one before. */
  private void takesNoOthersPlace(int recipients, List<QueueEntry> unsaid, Reason reason)
      throws Exception {
    String[] locals = new String[recipients];
    for (int i = 0; i < recipients; i++) {
      locals[i] = "a" + i;
    }
    List<QueueEntry> before = bag.mail(MAIL, "there.test", locals);
    List<QueueEntry> after = bag.mail(MAIL, "there.test", "c");
    RelayLimits one = RelayLimits.DEFAULT.with(1, 1);
    try (OddServer server = OddServer.answering(this::inGroups);
        RelayCourier courier =
            Couriers.with(
                bag, one, Timeouts.DEFAULT, _ -> new NextHop.Servers(List.of(server.peer())))) {
      List.of(before, unsaid, after).forEach(mail -> courier.start(mail, bag));
      mayGoOn.countDown();
      await().until(() -> bag.isBack(unsaid) && bag.isBack(after) && bag.isBack(before));

      assertThat(outcomes(before)).hasSize(recipients).hasOnlyElementsOfType(Outcome.Relayed.class);
      assertThat(outcomes(unsaid))
          .singleElement()
          .isInstanceOfSatisfying(
              Outcome.Failed.class,
              failed -> assertThat(failed.cause().reason()).isEqualTo(reason));
      assertThat(outcomes(after)).singleElement().isInstanceOf(Outcome.Relayed.class);
      assertThat(server.heard()).noneMatch(line -> line.contains("grüße") || line.contains("<b@"));
      assertThat(server.calls()).isEqualTo(1);
    }
  }

  private List<Outcome> outcomes(List<QueueEntry> mail) {
    return mail.stream().flatMap(entry -> bag.outcomes(entry).stream()).toList();
  }

  private String inGroups(String command) {
    try {
      mayGoOn.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    return command.startsWith("EHLO") ? "250-odd\r\n250 PIPELINING\r\n" : OddServer.well(command);
  }
}
