package me.ehlo.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import me.ehlo.access.Account;
import me.ehlo.access.Recipients;
import me.ehlo.mail.AccountId;
import me.ehlo.mail.Cause;
import me.ehlo.mail.Mailbox;
import me.ehlo.mail.Outcome;
import me.ehlo.mail.Reason;
import me.ehlo.net.ClosedPort;
import me.ehlo.queue.QueueEntry;
import me.ehlo.smtp.Replies;
import me.ehlo.smtp.client.DialogueReason;
import me.ehlo.trace.Event;
import org.junit.jupiter.api.Test;

/** What a courier makes of mails, seen from the queue's side. */
class RelayCourierTest {
  private static final String MAIL = "Subject: x\r\n\r\ny\r\n";
  private static final UnaryOperator<String> WELL = OddServer::well;

  private final Mailbag bag = new Mailbag();

  @Test
  void takesMailsToTheNextServer() throws Exception {
    List<List<String>> offers =
        List.of(
            List.of(),
            List.of("PIPELINING"),
            List.of("CHUNKING"),
            List.of("PIPELINING", "CHUNKING"));
    for (List<String> offered : offers) {
      try (BadServer server =
              new BadServer(Point.QUIT, Behaviour.WELL, offered, Tls.ofTheMachine());
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

  @Test
  void goesToTheNextHostWhereOneIsAwayOrRefusesOrBreaks() throws Exception {
    try (ClosedPort nobody = new ClosedPort();
        OddServer refusing = new OddServer(line -> line.say("554 not you\r\n").hear());
        OddServer breaking =
            OddServer.answering(
                command -> command.startsWith("MAIL") ? "what?\r\n" : well(command));
        OddServer good = OddServer.answering(WELL);
        OddServer last = OddServer.answering(WELL);
        RelayCourier courier =
            courierTo(
                Couriers.peer(nobody.address()),
                refusing.peer(),
                breaking.peer(),
                good.peer(),
                last.peer())) {
      assertThat(send(courier, "a")).hasOnlyElementsOfType(Outcome.Relayed.class);
      assertThat(refusing.calls()).isEqualTo(1);
      assertThat(breaking.calls()).isEqualTo(1);
      assertThat(good.heard()).contains("RCPT TO:<a@there.test>");
      assertThat(last.calls()).isZero();
    }
  }

  @Test
  void staysWithTheFirstHost() throws Exception {
    try (OddServer first = OddServer.answering(WELL);
        OddServer second = OddServer.answering(WELL);
        RelayCourier courier = courierTo(first.peer(), second.peer())) {
      for (int i = 0; i < 5; i++) {
        assertThat(send(courier, "a")).hasOnlyElementsOfType(Outcome.Relayed.class);
      }
      assertThat(first.calls()).isPositive();
      assertThat(second.calls()).isZero();
    }
  }

  @Test
  void aLaneWithoutServersIsDownAndComesUpAgain() throws Exception {
    AtomicReference<NextHop> way = new AtomicReference<>();
    try (ClosedPort nobody = new ClosedPort();
        OddServer good = OddServer.answering(WELL);
        RelayCourier courier =
            Couriers.with(
                bag, limits(1, Duration.ofMillis(500)), Timeouts.DEFAULT, _ -> way.get())) {
      way.set(to(Couriers.peer(nobody.address())));
      List<List<QueueEntry>> mails =
          IntStream.range(0, 20).mapToObj(_ -> bag.mail(MAIL, "there.test", "a")).toList();
      mails.forEach(mail -> courier.start(mail, bag));
      await().until(() -> mails.stream().allMatch(bag::isBack));
      assertThat(mails)
          .allSatisfy(mail ->
              assertThat(reason(outcome(mail.getFirst()))).isEqualTo(RelayReason.UNREACHABLE));

      way.set(to(good.peer()));
      await().until(() -> send(courier, "a").getFirst() instanceof Outcome.Relayed);
    }
  }

  @Test
  void whatIsUnderWayMayFinishWhenWeStop() throws Exception {
    CountDownLatch mayAnswer = new CountDownLatch(1);
    try (OddServer server =
        OddServer.answering(command -> {
          if (command.equals(".")) {
            awaitUninterruptibly(mayAnswer);
          }
          return well(command);
        })) {
      RelayCourier courier =
          Couriers.with(
              bag, limits(1, Duration.ofMinutes(1)), Timeouts.DEFAULT, _ -> to(server.peer()));
      List<QueueEntry> first = bag.mail(MAIL, "there.test", "a");
      courier.start(first, bag);
      await().until(() -> server.heard().contains("."));
      List<QueueEntry> second = bag.mail(MAIL, "there.test", "b");
      courier.start(second, bag);

      Thread closing = Thread.ofVirtual().start(courier::close);
      await().until(() -> bag.isBack(second));
      assertThat(outcome(second.getFirst())).isEqualTo(new Outcome.Postponed(Duration.ZERO));
      assertThat(bag.isBack(first)).isFalse();
      mayAnswer.countDown();
      closing.join();
      assertThat(outcome(first.getFirst())).isInstanceOf(Outcome.Relayed.class);
    }
  }

  @Test
  void aRecipientWhoTurnsOutToBeOursArrives() {
    Mailbox elsewhere = Mailbag.mailbox("x", "elsewhere.test");
    Residents residents =
        mailbox ->
            switch (mailbox.localPart().text()) {
              case "one" -> new Recipients.Found.Users(List.of(account(1)), List.of());
              case "many" ->
                  new Recipients.Found.Users(List.of(account(1), account(2)), List.of(elsewhere));
              case "loop" -> new Recipients.Found.Loop();
              default -> new Recipients.Found.Unknown();
            };
    try (RelayCourier courier =
        Couriers.with(
            bag,
            RelayLimits.DEFAULT,
            Timeouts.DEFAULT,
            _ -> new NextHop.Ours(),
            residents,
            Tls.ofTheMachine(),
            _ -> {})) {
      List<Outcome> outcomes = send(courier, "one", "many", "loop", "nobody");
      assertThat(outcomes.subList(0, 2))
          .containsExactly(
              new Outcome.Delivered(List.of(new AccountId(1))),
              new Outcome.Expanded(
                  List.of(new AccountId(1), new AccountId(2)), List.of(elsewhere)));
      assertThat(outcomes.subList(2, 4))
          .hasOnlyElementsOfType(Outcome.Failed.class)
          .extracting(RelayCourierTest::reason)
          .containsExactly(Replies.ALIAS_LOOP, Replies.UNKNOWN_USER);
    }
  }

  @Test
  void whatLeadsNowhereFailsOrWaits() {
    Map<Reason, Class<? extends Outcome>> table =
        Map.of(
            RouteReasons.NULL_MX, Outcome.Failed.class,
            RouteReasons.NO_SUCH_DOMAIN, Outcome.Failed.class,
            RouteReasons.ROUTE_TO_US, Outcome.Delayed.class,
            RouteReasons.DNS_TROUBLE, Outcome.Delayed.class);
    table.forEach((reason, expected) -> {
      Cause cause = new Cause(reason, "because", "", Optional.empty());
      try (RelayCourier courier =
          Couriers.with(
              bag, RelayLimits.DEFAULT, Timeouts.DEFAULT, _ -> new NextHop.Nowhere(cause))) {
        assertThat(send(courier, "a").getFirst()).isInstanceOf(expected);
      }
    });
  }

  @Test
  void aDamagedMailWaitsAndIsReported() throws Exception {
    List<Event> events = new CopyOnWriteArrayList<>();
    try (OddServer server = OddServer.answering(WELL);
        RelayCourier courier =
            Couriers.with(
                bag,
                RelayLimits.DEFAULT,
                Timeouts.DEFAULT,
                _ -> to(server.peer()),
                _ -> new Recipients.Found.Unknown(),
                Tls.ofTheMachine(),
                events::add)) {
      List<QueueEntry> mail = bag.mail(MAIL, "there.test", "a");
      bag.damage(mail.getFirst());
      courier.start(mail, bag);
      await().until(() -> bag.isBack(mail));
      assertThat(outcome(mail.getFirst())).isInstanceOf(Outcome.Delayed.class);
      assertThat(reason(outcome(mail.getFirst()))).isEqualTo(DialogueReason.NO_CONTENT);
      assertThat(events).singleElement().isInstanceOf(Event.Trouble.class);
      assertThat(server.heard()).noneMatch(line -> line.startsWith("MAIL"));
    }
  }

  @Test
  void contentWithABareLineFeedIsNeverSent() throws Exception {
    String large = "x".repeat(998) + "\r\n";
    for (String before : List.of("", large.repeat(300))) {
      try (OddServer server = OddServer.answering(WELL);
          RelayCourier courier = courierTo(server.peer())) {
        List<QueueEntry> mail = bag.mail(before + "a\nb\r\n", "there.test", "a");
        courier.start(mail, bag);
        await().until(() -> bag.isBack(mail));
        assertThat(outcome(mail.getFirst())).isInstanceOf(Outcome.Failed.class);
        assertThat(reason(outcome(mail.getFirst()))).isEqualTo(DialogueReason.BAD_CONTENT);
        assertThat(server.heard()).doesNotContain(".", "b");
      }
    }
  }

  @Test
  void whoAnswersEachCommandJustInTimeIsLeft() throws Exception {
    Timeouts timeouts = attemptOf(Duration.ofMillis(400));
    String[] many = IntStream.range(0, 100).mapToObj(i -> "u" + i).toArray(String[]::new);
    try (OddServer server =
            OddServer.answering(command -> {
              if (command.startsWith("RCPT")) {
                LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
              }
              return well(command);
            });
        RelayCourier courier =
            Couriers.with(bag, RelayLimits.DEFAULT, timeouts, _ -> to(server.peer()))) {
      assertThat(send(courier, many))
          .allSatisfy(outcome -> {
            assertThat(outcome).isInstanceOf(Outcome.Delayed.class);
            assertThat(reason(outcome)).isEqualTo(DialogueReason.TIMED_OUT);
          });
      assertThat(server.heard().size()).isLessThan(50);
    }
  }

  @Test
  void keptConnectionsThatHaveDiedAreReplacedWithoutAnyHarm() throws Exception {
    int all = 4;
    CountDownLatch together = new CountDownLatch(all);
    try (OddServer server =
            OddServer.answering(command -> {
              if (command.equals(".")) {
                together.countDown();
                awaitUninterruptibly(together);
              }
              return well(command);
            });
        RelayCourier courier =
            Couriers.with(
                bag,
                limits(all, Duration.ofMinutes(9)),
                Timeouts.DEFAULT,
                _ -> to(server.peer()))) {
      for (int round = 0; round < 3; round++) {
        List<List<QueueEntry>> mails =
            IntStream.range(0, all).mapToObj(_ -> bag.mail(MAIL, "there.test", "a")).toList();
        mails.forEach(mail -> courier.start(mail, bag));
        await().until(() -> mails.stream().allMatch(bag::isBack));
        assertThat(mails)
            .allSatisfy(
                mail -> assertThat(outcome(mail.getFirst())).isInstanceOf(Outcome.Relayed.class));
        server.hangUp();
      }
    }
  }

  @Test
  void everyRecipientHasAFateOfItsOwn() throws Exception {
    UnaryOperator<String> replies =
        command -> {
          if (!command.startsWith("RCPT")) {
            return command.startsWith("EHLO") ? "250-odd\r\n250 PIPELINING\r\n" : well(command);
          }
          int code =
              Integer.parseInt(command.substring("RCPT TO:<c".length(), command.indexOf('@')));
          return code + (code == 552 ? " 5.2.2" : "") + " so\r\n";
        };
    try (OddServer server = OddServer.answering(replies);
        RelayCourier courier = courierTo(server.peer())) {
      List<Outcome> outcomes = send(courier, "c250", "c450", "c550", "c552", "c251", "c452");
      assertThat(outcomes)
          .extracting(outcome -> outcome.getClass().getSimpleName())
          .containsExactly("Relayed", "Delayed", "Failed", "Failed", "Relayed", "Delayed");
      // 452 to one of several: it gets a transaction of its own, and is refused again there
      assertThat(server.heard()).filteredOn("RCPT TO:<c452@there.test>"::equals).hasSize(2);
      assertThat(server.heard()).filteredOn("RCPT TO:<c250@there.test>"::equals).hasSize(1);
    }
  }

  private static String well(String command) {
    return OddServer.well(command);
  }

  private static NextHop to(NextHop.Peer... peers) {
    return new NextHop.Servers(List.of(peers));
  }

  private RelayCourier courierTo(NextHop.Peer... peers) {
    return Couriers.with(bag, RelayLimits.DEFAULT, Timeouts.DEFAULT, _ -> to(peers));
  }

  private List<Outcome> send(RelayCourier courier, String... locals) {
    List<QueueEntry> mail = bag.mail(MAIL, "there.test", locals);
    courier.start(mail, bag);
    await().until(() -> bag.isBack(mail));
    return mail.stream().map(this::outcome).toList();
  }

  private Outcome outcome(QueueEntry entry) {
    assertThat(bag.outcomes(entry)).hasSize(1);
    return bag.outcomes(entry).getFirst();
  }

  private static Reason reason(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Failed(var cause) -> cause.reason();
      case Outcome.Delayed(var cause, _) -> cause.reason();
      case Outcome.Relayed(var cause, _) -> cause.reason();
      default -> throw new AssertionError(outcome);
    };
  }

  private static Account account(long id) {
    return new Account(
        new AccountId(id), Mailbag.mailbox("u" + id, "there.test"), Optional.empty(), 0);
  }

  private static RelayLimits limits(int callers, Duration down) {
    return new RelayLimits(
        callers,
        callers,
        callers,
        1000,
        Duration.ofMinutes(5),
        5,
        100,
        1000,
        Duration.ofMinutes(5),
        down,
        down,
        Duration.ofSeconds(10));
  }

  private static Timeouts attemptOf(Duration attempt) {
    Timeouts usual = Timeouts.DEFAULT;
    return new Timeouts(
        usual.connect(),
        usual.greeting(),
        usual.command(),
        usual.data(),
        usual.block(),
        usual.dot(),
        attempt);
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
