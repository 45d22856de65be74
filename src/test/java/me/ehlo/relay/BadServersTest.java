package me.ehlo.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import me.ehlo.mail.Host;
import me.ehlo.mail.Outcome;
import me.ehlo.queue.QueueEntry;
import org.junit.jupiter.api.Test;

/**
 * Servers that misbehave in every way at every point: each recipient's fate comes back exactly once, and is true.
 *
 * <p>Relayed: only if the server has taken it. In doubt: only if its content was sent. Never taken twice by a server that
 * said so both times. And what is harmless harms nobody.
 */
class BadServersTest {
  private static final List<List<String>> OFFERS =
      List.of(
          List.of("STARTTLS", "8BITMIME"),
          List.of("PIPELINING", "SIZE 1000000"),
          List.of("PIPELINING", "CHUNKING", "DSN"));
  private static final String CONTENT = "Subject: test\r\n\r\n.dots\r\n..more\r\nend\r\n";
  private static final String NEEDS_UTF8 = "\u00fc"; // and no SMTPUTF8 is offered
  private static final RelayLimits MANY =
      new RelayLimits(
          300, // at a time: more would time out by their number alone
          20,
          1,
          5000,
          Duration.ofMinutes(5),
          3,
          100,
          1000,
          Duration.ofMillis(1),
          Duration.ofMillis(1),
          Duration.ofMillis(1),
          Duration.ofSeconds(10));

  private final SSLContext tls = Tls.context();
  private final Mailbag bag = new Mailbag();

  // At the point CONTENT the server says that it has the mail, or not, before it has: what it does
  // then is its own affair.
  /** One way to misbehave, and two mails with two recipients each for who does; between them one that nobody there takes. */
  private record Case(
      String name,
      Point point,
      Behaviour behaviour,
      List<String> offered,
      BadServer server,
      List<List<QueueEntry>> mails) {
    List<QueueEntry> entries() {
      return mails.stream().flatMap(List::stream).toList();
    }
  }

  @Test
  void everyRecipientHasOneTrueFate() throws IOException {
    assertThat(Behaviour.values()).hasSizeGreaterThan(40);
    Map<String, Case> cases = cases();
    Function<Host, NextHop> way = host -> Couriers.servers(cases.get(host.toString()).server());
    try (RelayCourier impatient = Couriers.with(bag, MANY, Couriers.IMPATIENT, way);
        RelayCourier patient = Couriers.with(bag, MANY, Timeouts.DEFAULT, way)) {
      for (Case each : cases.values()) {
        RelayCourier courier = each.behaviour().isHarmless() ? patient : impatient;
        each.mails().forEach(mail -> courier.start(mail, bag));
      }
      await()
          .atMost(Duration.ofMinutes(2))
          .until(() -> cases.values().stream().allMatch(each -> bag.isBack(each.entries())));
    }
    List<String> wrong = new ArrayList<>();
    for (Case each : cases.values()) {
      each.server().close();
      each.entries().forEach(entry -> judge(each, entry, wrong));
    }
    assertThat(wrong).isEmpty();
  }

  private Map<String, Case> cases() {
    Map<String, Case> cases = new HashMap<>();
    for (Point point : Point.values()) {
      for (Behaviour behaviour : Behaviour.values()) {
        for (List<String> offered : OFFERS) {
          if (isAboutTls(point) && !offered.contains("STARTTLS")) {
            continue;
          }
          String name = "c" + cases.size() + ".test";
          cases.put(
              name,
              new Case(
                  point + " " + behaviour + " " + offered,
                  point,
                  behaviour,
                  offered,
                  new BadServer(point, behaviour, offered, tls),
                  List.of(
                      bag.mail("X: 1" + name + "\r\n" + CONTENT, name, "a", "b"),
                      bag.mail("X: u" + name + "\r\n" + CONTENT, name, NEEDS_UTF8),
                      bag.mail("X: 2" + name + "\r\n" + CONTENT, name, "c", "d"))));
        }
      }
    }
    return cases;
  }

  private void judge(Case each, QueueEntry entry, List<String> wrong) {
    List<Outcome> outcomes = bag.outcomes(entry);
    String what =
        each.name()
            + " "
            + entry.recipient()
            + " "
            + outcomes.stream().map(BadServersTest::shown).toList();
    if (outcomes.size() != 1) {
      wrong.add("not one fate: " + what);
      return;
    }
    String recipient = entry.recipient().toString();
    List<BadServer.Taken> taken =
        each.server().taken().stream()
            .filter(mail -> mail.recipients().contains(recipient))
            .toList();
    long told = taken.stream().filter(BadServer.Taken::told).count();
    boolean inDoubt = outcomes.getFirst() instanceof Outcome.Delayed(_, var doubt) && doubt;
    boolean relayed = outcomes.getFirst() instanceof Outcome.Relayed;
    if (relayed && taken.isEmpty() && each.point() != Point.CONTENT) {
      wrong.add("relayed, but not taken: " + what);
    }
    if (told > 1) {
      wrong.add("taken twice: " + what);
    }
    if (told == 1 && !relayed && !inDoubt && !goesOnAsItLikes(each)) {
      wrong.add("taken, but not relayed: " + what);
    }
    if (taken.size() > 1) {
      wrong.add("sent twice: " + what);
    }
    if (inDoubt && !isAfterContent(each)) {
      wrong.add("in doubt without reason: " + what);
    }
    boolean takes = !recipient.startsWith(NEEDS_UTF8);
    if (relayed && !takes) {
      wrong.add("relayed, but never said: " + what);
    }
    if (each.behaviour().isHarmless() && isAnswer(each.point()) && relayed != takes) {
      wrong.add("harmless, but not as it should be: " + what);
    }
    if (taken.stream().anyMatch(mail -> !mail.content().endsWith(CONTENT))) {
      wrong.add("altered: " + what);
    }
  }

  private static String shown(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Relayed _ -> "relayed";
      case Outcome.Failed(var cause) -> "failed " + cause.said();
      case Outcome.Delayed(var cause, var doubt) ->
          (doubt ? "in doubt " : "delayed ") + cause.said();
      default -> outcome.toString();
    };
  }

  /** With BDAT the content goes out with the recipients, before anything is answered. */
  private static boolean isAfterContent(Case each) {
    return each.server().goAheads() > 0 || each.offered().contains("CHUNKING");
  }

  /** Who answers content before its end, or says 421 and does not close (RFC 5321 §3.8), may take what it likes. */
  private static boolean goesOnAsItLikes(Case each) {
    return each.point() == Point.CONTENT
        || each.behaviour() == Behaviour.STAYS_WITH_421 && each.offered().contains("CHUNKING");
  }

  private static boolean isAboutTls(Point point) {
    return switch (point) {
      case STARTTLS, TLS, EHLO_TLS -> true;
      default -> false;
    };
  }

  private static boolean isAnswer(Point point) {
    return point != Point.TLS && point != Point.CONTENT;
  }
}
