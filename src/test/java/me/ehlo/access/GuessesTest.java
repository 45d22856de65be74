package me.ehlo.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import me.ehlo.mail.AccountId;
import me.ehlo.mail.Domain;
import me.ehlo.mail.LocalPart;
import me.ehlo.mail.Mailbox;
import me.ehlo.trace.Event;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is blocked for guessing, who is not, and how long the answers wait. */
class GuessesTest {
  private static final String HERE = "192.0.2.1";
  private static final int MOST = 5;
  private static final int REMEMBERED = 100;
  private static final Duration BLOCK = Duration.ofMinutes(15);

  private Instant now = Instant.parse("2026-11-22T12:00:00Z");
  private final List<String> notes = new ArrayList<>();
  private final Guesses guesses = with(false);
  private int next;

  private Guesses with(boolean loopback) {
    return new Guesses(
        new Guesses.Rules(MOST, BLOCK, Duration.ofSeconds(2), loopback, REMEMBERED),
        new KeyedDigest(new byte[32]),
        event -> notes.add(((Event.Note) event).what()),
        () -> now);
  }

  private static Attempt attempt(String client, String name) {
    Mailbox ann = new Mailbox(new LocalPart("ann"), Domain.ofAscii("a.example"));
    boolean known = name.startsWith("ann");
    return new Attempt(
        client,
        LoginName.of(name),
        known
            ? Optional.of(new Account(new AccountId(1), ann, Optional.empty(), 0))
            : Optional.empty());
  }

  private Optional<Duration> wrong(String client, String name) {
    return guesses.wrong(attempt(client, name), Optional.of("guess " + next++));
  }

  private void wrong(int times, String client, String name) {
    for (int i = 0; i < times; i++) {
      wrong(client, name);
    }
  }

  private boolean blocks(String client, String name) {
    return guesses.blocks(attempt(client, name));
  }

  private void pass(Duration time) {
    now = now.plus(time);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ann", "nobody", "n@other.example", "", "\0"})
  void anAddressWithTooManyIsBlockedForAWhile(String name) {
    wrong(MOST - 1, HERE, name);
    assertThat(blocks(HERE, name)).isFalse();
    wrong(HERE, name);

    assertThat(blocks(HERE, name)).isTrue();
    assertThat(blocks(HERE, "whoever")).isTrue();
    assertThat(blocks("192.0.2.2", name)).isFalse();
    assertThat(wrong(HERE, name)).isEmpty();
    assertThat(guesses.right(attempt(HERE, name))).isFalse();
    pass(BLOCK.minusSeconds(1));
    assertThat(blocks(HERE, name)).isTrue();
    pass(Duration.ofSeconds(1));
    assertThat(blocks(HERE, name)).isFalse();
    wrong(MOST - 1, HERE, name);
    assertThat(blocks(HERE, name)).isFalse();
  }

  @Test
  void whomeverItAsksFor() {
    for (int i = 0; i < MOST; i++) {
      wrong(HERE, "user" + i);
    }
    assertThat(blocks(HERE, "ann")).isTrue();
  }

  @Test
  void slowGuessesAreForgotten() {
    for (int i = 0; i < 100; i++) {
      wrong(HERE, "ann");
      pass(BLOCK.dividedBy(MOST - 1));
    }
    assertThat(blocks(HERE, "ann")).isFalse();
    pass(BLOCK.dividedBy(MOST).negated());
    wrong(2, HERE, "ann");
    assertThat(blocks(HERE, "ann")).isTrue();
  }

  @Test
  void anIpv6NeighbourIsASubnet() {
    for (int i = 0; i < MOST; i++) {
      wrong("2001:db8:0:1::" + i, "user" + i);
    }
    assertThat(blocks("2001:db8:0:1:ffff::1", "ann")).isTrue();
    assertThat(blocks("2001:db8:0:2::1", "ann")).isFalse();
    assertThat(notes)
        .hasSize(1)
        .first()
        .asString()
        .startsWith("2001:db8:0:1:0:0:0:0/64 is blocked");
  }

  @Test
  void aMappedIpv4AddressIsThatAddress() {
    wrong(MOST, "::ffff:192.0.2.1", "ann");
    assertThat(blocks(HERE, "ann")).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "ann, ann@a.example",
    "zed, zed@a.example",
    "ann, ANN@B.example",
    "zed, ZED@b.example"
  })
  void aNameIsBlockedForAddressesThatAreNewToIt(String name, String same) {
    for (int i = 0; i < MOST; i++) {
      assertThat(blocks("198.51.100.9", same)).isFalse();
      wrong("192.0.2." + i, i % 2 == 0 ? name : same);
    }
    assertThat(blocks("198.51.100.9", name)).isTrue();
    assertThat(blocks("198.51.100.9", same)).isTrue();
    assertThat(blocks("198.51.100.9", "other")).isFalse();
    pass(BLOCK);
    assertThat(blocks("198.51.100.9", name)).isFalse();
  }

  @Test
  void theOwnerIsNotLockedOut() {
    assertThat(guesses.right(attempt("2001:db8::1", "ann"))).isTrue();
    pass(Duration.ofDays(29));
    for (int i = 0; i < MOST; i++) {
      wrong("192.0.2." + i, "ann");
    }
    assertThat(blocks("198.51.100.9", "ann")).isTrue();
    assertThat(blocks("2001:db8::2", "ann")).isFalse();
    assertThat(guesses.right(attempt("2001:db8::2", "ann@a.example"))).isTrue();
  }

  @Test
  void anAddressIsNotFamiliarForEver() {
    guesses.right(attempt(HERE, "ann"));
    pass(Duration.ofDays(30));
    for (int i = 10; i < 10 + MOST; i++) {
      wrong("192.0.2." + i, "ann");
    }
    assertThat(blocks(HERE, "ann")).isTrue();
  }

  @Test
  void anAddressThatIsFamiliarIsBlockedAllTheSameForItsOwnGuesses() {
    guesses.right(attempt(HERE, "ann"));
    wrong(MOST, HERE, "ann");
    assertThat(blocks(HERE, "ann")).isTrue();
  }

  @Test
  void oneAddressAloneLocksNobodyOut() {
    wrong(MOST, HERE, "ann");
    assertThat(blocks("198.51.100.9", "ann")).isFalse();
  }

  @Test
  void whoHasOnePasswordMayNotGuessOthers() {
    for (int i = 0; i < MOST; i++) {
      assertThat(blocks(HERE, "victim")).isFalse();
      wrong(HERE, "victim");
      guesses.right(attempt(HERE, "own"));
    }
    assertThat(blocks(HERE, "victim")).isTrue();
  }

  @Test
  void aRightPasswordMakesGoodTheWrongOnesBeforeIt() {
    for (int i = 0; i < 10; i++) {
      wrong(MOST - 1, HERE, "ann");
      assertThat(guesses.right(attempt(HERE, "ann"))).isTrue();
    }
    assertThat(notes).isEmpty();
  }

  @Test
  void theSameWrongPasswordCountsOnce() {
    Attempt old = attempt(HERE, "ann");
    for (int i = 0; i < 60; i++) {
      assertThat(guesses.wrong(old, Optional.of("old"))).contains(Duration.ofSeconds(2));
      assertThat(guesses.wrong(old, Optional.of("old"))).contains(Duration.ofSeconds(2));
      pass(Duration.ofMinutes(1));
    }
    assertThat(blocks(HERE, "ann")).isFalse();
  }

  @Test
  void theSamePasswordForOthersIsAnotherGuess() {
    for (int i = 0; i < MOST; i++) {
      guesses.wrong(attempt(HERE, "user" + i), Optional.of("Summer2026"));
    }
    assertThat(blocks(HERE, "ann")).isTrue();
  }

  @Test
  void butNotAFloodOfIt() {
    for (int i = 0; i <= 10 * MOST; i++) {
      assertThat(blocks(HERE, "ann")).isFalse();
      guesses.wrong(attempt(HERE, "ann"), Optional.of("old"));
    }
    assertThat(blocks(HERE, "ann")).isTrue();
  }

  @Test
  void aPasswordThatDidNotShowItselfIsNeverTheSame() {
    for (int i = 0; i < MOST; i++) {
      guesses.wrong(attempt(HERE, "ann"), Optional.empty());
    }
    assertThat(blocks(HERE, "ann")).isTrue();
  }

  @Test
  void theAnswersWaitLongerAndLonger() {
    Guesses patient =
        new Guesses(
            new Guesses.Rules(100, BLOCK, Duration.ofSeconds(2), false, REMEMBERED),
            new KeyedDigest(new byte[32]),
            _ -> {},
            () -> now);
    Attempt ann = attempt(HERE, "ann");
    List<Long> seconds = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      seconds.add(patient.wrong(ann, Optional.of("" + i)).orElseThrow().toSeconds());
    }
    assertThat(seconds).containsExactly(2L, 4L, 6L, 8L, 10L, 10L, 10L);
    pass(Duration.ofSeconds(1));
    patient.right(attempt(HERE, "own"));
    pass(Duration.ofSeconds(1));
    assertThat(patient.wrong(ann, Optional.of("x"))).contains(Duration.ofSeconds(2));
  }

  @Test
  void thisMachineMayGuessUnlessToldOtherwise() {
    for (String self : List.of("127.0.0.1", "::1", "::ffff:127.0.0.2")) {
      for (int i = 0; i < 2 * MOST; i++) {
        assertThat(wrong(self, "ann")).contains(Duration.ZERO);
      }
      assertThat(blocks(self, "ann")).isFalse();
    }
    Guesses strict = with(true);
    for (int i = 0; i < MOST; i++) {
      assertThat(strict.wrong(attempt("127.0.0.1", "ann"), Optional.of("" + i)).orElseThrow())
          .isPositive();
    }
    assertThat(strict.blocks(attempt("127.0.0.1", "bob"))).isTrue();
  }

  @Test
  void theLogTellsWhoIsBlockedAndNoPassword() {
    wrong(MOST - 1, HERE, "ann");
    wrong(HERE, "hunter2");
    wrong("192.0.2.2", "ann");
    assertThat(notes)
        .containsExactly(
            "192.0.2.1 is blocked until 2026-11-22T12:15:00Z: 5 wrong passwords, the last for a name that nobody has",
            "ann@a.example is blocked until 2026-11-22T12:15:00Z for addresses that are new to it: 5 wrong passwords, the last from 192.0.2.2");
  }

  @Test
  void manyGuessersAreRememberedButNotAllOfThem() {
    wrong(MOST - 1, HERE, "ann");
    others(REMEMBERED - 1, 1);
    wrong(HERE, "bob");
    assertThat(blocks(HERE, "ann")).isTrue();
    wrong(MOST - 1, "192.0.2.2", "ann");
    others(REMEMBERED, 1);
    wrong("192.0.2.2", "bob");
    assertThat(blocks("192.0.2.2", "ann")).isFalse();
  }

  /** However fast guesses come that cost us nothing, and however long blocks last. */
  @Test
  void whoIsBlockedIsNotForgottenForThoseWhoAreNot() {
    wrong(MOST, HERE, "ann");
    wrong(MOST - 1, "192.0.2.2", "info");
    wrong("192.0.2.3", "info");
    others(10 * REMEMBERED, 1);
    assertThat(blocks(HERE, "bob")).isTrue();
    assertThat(blocks("192.0.2.9", "info")).isTrue();
    others(REMEMBERED + 1, MOST); // memory is bounded all the same
    assertThat(blocks("192.0.2.9", "info")).isTrue();
    assertThat(blocks(HERE, "bob")).isFalse();
  }

  private void others(int many, int wrongs) {
    for (int i = 0; i < many; i++) {
      wrong(wrongs, "2001:db8:" + Integer.toHexString(next) + "::1", "user" + i);
    }
  }
}
