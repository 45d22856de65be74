package me.ehlo.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import me.ehlo.mail.Domain;
import me.ehlo.queue.Queue.Action;
import me.ehlo.queue.QueueEntry.Kept;
import me.ehlo.queue.State;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tomlj.Toml;

class QueueOrdersTest {
  private static final Instant NOW = Instant.parse("2026-11-21T09:17:44.250Z");
  private static final Optional<Kept> GREY =
      Optional.of(
          new Kept("greylisted", 451, "4.7.1", "Come \"later\"", "mx1.example.org [192.0.2.25]"));
  private static final Optional<Kept> SILENT =
      Optional.of(new Kept("no-answer", 451, "4.4.1", "mx.far.example does not answer", ""));

  private final SmallQueue queue = new SmallQueue();
  private final SmallDirectory directory = new SmallDirectory();
  private int woken;
  private final Administration administration =
      new Administration(
          new Site(
              List.of(Domain.ofAscii("localhost")),
              0,
              directory,
              directory,
              SmallDirectory::keep,
              () -> "made-up",
              List::of,
              _ -> {},
              new Leaving(queue, () -> woken++, Clock.fixed(NOW, ZoneId.of("+01:00")))));

  @BeforeEach
  void fourWait() {
    queue.add(
        "06C3ZK0000AB", "ann@localhost", "bob@example.org", State.WAITING, ago(15), in(12), GREY);
    queue.add(
        "06C3ZK0000AB", "ann@localhost", "zed@far.example", State.WAITING, ago(15), in(-1), SILENT);
    queue.add("06C3ZK0000AC", "", "eve@example.org", State.HELD, ago(3000), in(9), GREY);
    queue.add(
        "06C3ZK0000AD",
        "cid@localhost",
        "dan@example.org",
        State.DELIVERING,
        ago(0),
        in(9),
        none());
    queue.add(
        "06C3ZK0000AD", "cid@localhost", "fay@example.org", State.RELAYED, ago(0), never(), none());
  }

  @Test
  void aTableForPeople() {
    assertThat(said(list(Filters.NONE, 1000, false)))
        .isEqualTo(
            """
            ID            FROM           TO               STATE       AGE  TRIES  NEXT    REASON
            06C3ZK0000AB  ann@localhost  bob@example.org  waiting     15m  2      in 12m  greylisted
            06C3ZK0000AB  ann@localhost  zed@far.example  waiting     15m  2      now     no-answer
            06C3ZK0000AC  <>             eve@example.org  held        2d   2      -       greylisted
            06C3ZK0000AD  cid@localhost  dan@example.org  delivering  0s   0      now     -
            4 recipients of 3 mails. In the whole queue: 2 waiting, 1 delivering, 1 held.
            """);
  }

  @Test
  void aLongAddressLeavesRoomForTheRest() {
    queue.entries.clear();
    queue.add(
        "06C3ZK0000AB",
        "a@b.c",
        "x".repeat(60) + "@example.org",
        State.WAITING,
        ago(1),
        in(1),
        none());
    assertThat(said(list(Filters.NONE, 1000, false)))
        .contains("x".repeat(37) + "...  waiting  60s  0      in 60s  -\n1 recipient.");
  }

  @Test
  void aProgramReadsOneDocument() {
    String json = said(list(state("waiting", "held"), 2, true));
    assertThat(json)
        .isEqualTo(
            """
            {"v":1,"entries":[
            {"id":"06C3ZK0000AB","from":"ann@localhost","recipient":"bob@example.org","state":"waiting","attempts":2,"next":"2026-11-21T09:29:44.250Z","since":"2026-11-21T09:02:44.250Z","reason":"greylisted","code":451,"enhanced":"4.7.1","text":"Come \\"later\\"","host":"mx1.example.org [192.0.2.25]"},
            {"id":"06C3ZK0000AB","from":"ann@localhost","recipient":"zed@far.example","state":"waiting","attempts":2,"next":"2026-11-21T09:16:44.250Z","since":"2026-11-21T09:02:44.250Z","reason":"no-answer","code":451,"enhanced":"4.4.1","text":"mx.far.example does not answer","host":""}
            ]}
            """);
    assertThat(said(list(state("relayed"), 9, true)))
        .contains("\"next\":null", "\"reason\":null", "\"code\":null", "\"host\":null");
    assertThat(said(list(state("cancelled"), 9, true))).isEqualTo("{\"v\":1,\"entries\":[\n]}\n");
  }

  @Test
  void jsonIsReadByAnotherProgram() {
    queue.entries.clear();
    Kept kept = new Kept("odd", 550, "5.0.0", "\t\"\\\u0001\u0085 \u00e9 \ud83d\udcec", "h");
    queue.add(
        "06C3ZK0000AB", "", "\"a\\\\b\"@b.c", State.WAITING, ago(1), in(1), Optional.of(kept));
    String json = said(list(Filters.NONE, 9, true));
    String object = json.lines().toList().get(1);
    // A JSON string is a basic string of TOML, but for the surrogates.
    String text = object.substring(object.indexOf("\"text\":") + 7, object.indexOf(",\"host\""));
    assertThat(text).contains("\\uD83D\\uDCEC");
    assertThat(Toml.parse("x = " + text.replace("\\uD83D\\uDCEC", "")).getString("x"))
        .isEqualTo("\t\"\\\u0001\u0085 \u00e9 ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          to      | bob@EXAMPLE.org | 1 recipient.
          to      | bob@other.org   | Nothing is like that.
          from    | ann@localhost   | 2 recipients of 1 mail.
          from    | <>              | 1 recipient.
          domain  | Example.org     | 3 recipients of 3 mails.
          reason  | no-answer       | 1 recipient.
          older   | PT2H            | 1 recipient.
          id      | 06c3zk0000ab    | 2 recipients of 1 mail.
          state   | held            | 1 recipient.
          state   | relayed         | 1 recipient.
          """)
  void eachFilter(String name, String value, String sum) {
    Filters filters = FilterWords.read(List.of(name + "=" + value));
    assertThat(said(list(filters, 1000, false)))
        .contains(sum + " In the whole queue: 2 waiting, 1 delivering, 1 held.\n");
  }

  @Test
  void theLimitIsSaid() {
    assertThat(said(list(Filters.NONE, 2, false)))
        .contains(
            "The first 2 are shown; --limit shows more. 2 recipients of 1 mail. In the whole");
  }

  @Test
  void anEmptyQueueIsSaid() {
    queue.entries.clear();
    assertThat(said(list(Filters.NONE, 9, false))).isEqualTo("Nothing is in the queue.\n");
    assertThat(said(new Request.QueueFlush())).isEqualTo("Nothing waits.\n");
  }

  @Test
  void aMailsStory() {
    assertThat(said(new Request.QueueShow("06C3ZK0000AB", false)))
        .isEqualTo(
            """
            Mail 06C3ZK0000AB from ann@localhost, accepted Sat, 21 Nov 2026 10:02:44 +0100.

            bob@example.org: waiting
              Tried 2 times; next in 12m, Sat, 21 Nov 2026 10:29:44 +0100.
              mx1.example.org [192.0.2.25]: 451 4.7.1 Come "later"
              Reason: greylisted

            zed@far.example: waiting
              Tried 2 times; next now.
              451 4.4.1 mx.far.example does not answer
              Reason: no-answer
            """);
    assertThat(said(new Request.QueueShow("06C3ZK0000AD", false)))
        .contains("dan@example.org: delivering\n  Not tried yet; just now it is being tried.\n")
        .contains("fay@example.org: relayed\n  Not tried yet; the next server has it.\n");
    assertThat(said(new Request.QueueShow("06C3ZK0000AC", true)).lines()).hasSize(3);
  }

  @Test
  void retryActsAtOnce() {
    assertThat(said(change(Action.RETRY, domain("example.org"))))
        .isEqualTo(
            "1 recipient is tried again now.\nWhat is being delivered just now was left alone.\n");
    assertThat(queue.entries.getFirst().next()).contains(NOW);
    assertThat(woken).isEqualTo(1);
  }

  @Test
  void whatIsHeldIsReleasedAndCancelled() {
    Filters mail = Filters.of("06C3ZK0000AB");
    assertThat(said(change(Action.HOLD, mail)))
        .isEqualTo("2 recipients are held until you say: ehlo queue release.\n");
    assertThat(said(change(Action.RELEASE, mail)))
        .isEqualTo("2 recipients are released and tried now.\n");
    assertThat(said(change(Action.CANCEL, mail)))
        .isEqualTo("2 recipients are given up; nobody is told.\n");
    assertThat(said(change(Action.CANCEL, mail))).isEqualTo("Nothing to cancel is like that.\n");
    assertThat(queue.tally()).containsEntry(State.CANCELLED, 2L);
    assertThat(woken).isEqualTo(4);
  }

  @Test
  void flushTriesAllThatWaits() {
    assertThat(said(new Request.QueueFlush())).isEqualTo("2 recipients are tried again now.\n");
    assertThat(queue.entries.subList(0, 2))
        .allMatch(entry -> entry.next().equals(Optional.of(NOW)));
    assertThat(queue.tally()).containsEntry(State.HELD, 1L);
    assertThat(woken).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          id     | 12           | "12" is no mail's id, which has 12 letters and digits; ehlo queue list shows them.
          id     | 06C3ZK0000ZZ | There is no mail 06C3ZK0000ZZ in the queue; what is settled or went to users here is not.
          to     | bob          | bob: an address has an @ between the name and the domain.
          from   | bob          | bob: an address has an @ between the name and the domain.
          domain | a..b         | a..b: the domain has two dots in a row or begins with one.
          state  | bounced      | "bounced" is no state; these are: waiting, delivering, held, delivered, relayed, expanded, failed, cancelled.
          """)
  void whatCannotBeMeantIsSaid(String name, String value, String why) {
    Typed typed = Typed.input("");
    Filters filters = FilterWords.read(List.of(name + "=" + value));
    assertThat(perform(change(Action.RETRY, filters), typed)).isEqualTo(1);
    assertThat(typed.err()).isEqualTo(why + "\n");
  }

  @Test
  void aMailThatIsNotThereHasNoStory() {
    Typed typed = Typed.input("");
    assertThat(perform(new Request.QueueShow("06C3ZK0000ZZ", false), typed)).isEqualTo(1);
    assertThat(typed.err()).startsWith("There is no mail 06C3ZK0000ZZ in the queue");
  }

  private static Request list(Filters filters, int limit, boolean json) {
    return new Request.QueueList(filters, limit, json);
  }

  private static Request change(Action action, Filters filters) {
    return new Request.QueueChange(action, filters);
  }

  private static Filters domain(String name) {
    return FilterWords.read(List.of("domain=" + name));
  }

  private static Filters state(String... names) {
    return FilterWords.read(List.of(names).stream().map(name -> "state=" + name).toList());
  }

  private static Instant ago(int minutes) {
    return NOW.minus(Duration.ofMinutes(minutes));
  }

  private static Optional<Instant> in(int minutes) {
    return Optional.of(NOW.plus(Duration.ofMinutes(minutes)));
  }

  private static Optional<Kept> none() {
    return Optional.empty();
  }

  private static Optional<Instant> never() {
    return Optional.empty();
  }

  private String said(Request request) {
    Typed typed = Typed.input("");
    perform(request, typed);
    return typed.out() + typed.err();
  }

  private int perform(Request request, Typed typed) {
    return administration.perform(request, new LocalDialogue(typed.streams(), false));
  }
}
