package me.ehlo.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import me.ehlo.mail.AccountId;
import me.ehlo.mail.Domain;
import me.ehlo.mail.LocalPart;
import me.ehlo.mail.Mailbox;
import org.junit.jupiter.api.Test;

/** Checking passwords, and how often that costs something. */
class PasswordsTest {
  private static final Mailbox ANN = new Mailbox(new LocalPart("ann"), Domain.ofAscii("a.example"));
  private static final String STORED = Argon2id.hash("secret");

  private static final Passwords.Verdict WRONG = new Passwords.Verdict.Wrong();

  private static final String STORED_LIKE = "$argon2id$v=19$m=19456,t=2,p=1$%s";

  private int drawn;
  private final Safekeeping safekeeping =
      new Safekeeping(false, () -> 0x0807060504030201L + 0x0808080808080808L * drawn++);
  private int hashings;
  private boolean busy;
  private Instant now = Instant.EPOCH;
  private final Passwords passwords =
      new Passwords(
          work -> {
            hashings++;
            return busy ? Optional.empty() : Optional.of(work.get());
          },
          new KnownGood(new byte[32], () -> now, Duration.ofMinutes(5), 2));

  @Test
  void hashesArePhcStringsWithOurParameters() {
    assertThat(STORED)
        .matches("\\$argon2id\\$v=19\\$m=19456,t=2,p=1\\$[A-Za-z0-9+/]{22}\\$[A-Za-z0-9+/]{43}");
    assertThat(Argon2id.hash("secret")).isNotEqualTo(STORED);
  }

  @Test
  void aHashMadeByTheReferenceImplementationIsRead() {
    // argon2 "somesalt" -id -t 2 -k 65536 -p 1, from the test vectors of the reference
    // implementation
    assertThat(
            Argon2id.verify(
                "password",
                "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc"))
        .isTrue();
  }

  @Test
  void rightAndWrong() {
    assertThat(passwords.check(account(1, STORED), "wrong")).isEqualTo(WRONG);
    assertThat(passwords.check(account(1, STORED), "")).isEqualTo(WRONG);
    assertThat(passwords.check(account(1, STORED), "secret")).satisfies(isRight(STORED));
  }

  @Test
  void aKnownPasswordIsHashedAgainOnlyAfterMinutes() {
    passwords.check(account(1, STORED), "secret");
    assertThat(passwords.check(account(1, STORED), "secret")).satisfies(isRight(STORED));
    assertThat(hashings).isEqualTo(1);
    now = now.plus(Duration.ofMinutes(5));
    assertThat(passwords.check(account(1, STORED), "secret")).satisfies(isRight(STORED));
    assertThat(hashings).isEqualTo(2);
  }

  @Test
  void whatIsKnownOfOneAccountIsNotKnownOfAnother() {
    passwords.check(account(1, STORED), "secret");
    passwords.check(account(2, STORED), "secret");
    assertThat(hashings).isEqualTo(2);
    assertThat(passwords.check(account(1, STORED), "secret2")).isEqualTo(WRONG);
  }

  @Test
  void aChangedPasswordIsForgottenAtOnce() {
    passwords.check(account(1, STORED), "secret");
    assertThat(passwords.check(account(1, Argon2id.hash("new")), "secret")).isEqualTo(WRONG);
  }

  @Test
  void theMemoryIsBounded() {
    for (int id = 1; id <= 3; id++) {
      passwords.check(account(id, STORED), "secret");
    }
    passwords.check(account(3, STORED), "secret");
    assertThat(hashings).isEqualTo(3);
    passwords.check(account(1, STORED), "secret");
    assertThat(hashings).isEqualTo(4);
  }

  @Test
  void nobodyCostsAsMuchAsSomebody() {
    assertThat(passwords.checkNobody("secret")).isEqualTo(WRONG);
    assertThat(passwords.check(new Account(new AccountId(1), ANN, Optional.empty(), 0), ""))
        .isEqualTo(WRONG);
    assertThat(hashings).isEqualTo(2);
  }

  @Test
  void whatIsStoredMayBeNonsense() {
    assertThat(passwords.check(account(1, "plain"), "plain")).isEqualTo(WRONG);
    assertThat(passwords.check(account(1, "$argon2id$v=19$m=1"), "x")).isEqualTo(WRONG);
    assertThat(passwords.check(account(1, ""), "")).isEqualTo(WRONG);
  }

  @Test
  void tooManyAtOnce() {
    busy = true;
    assertThat(passwords.check(account(1, STORED), "secret"))
        .isEqualTo(new Passwords.Verdict.Busy());
    assertThat(passwords.checkNobody("secret")).isEqualTo(new Passwords.Verdict.Busy());
  }

  @Test
  void anAccentIsTheSameFromEveryKeyboard() {
    assertThat(Argon2id.verify("caf\u00e9", Argon2id.hash("cafe\u0301"))).isTrue();
  }

  @Test
  void whichOfSeveral() {
    StoredPassword phone = keep("phone", "for the phone", List.of(StoredPassword.main(STORED)));
    StoredPassword tablet = keep("tablet", "for the tablet", List.of(phone));
    Account ann =
        new Account(new AccountId(1), ANN, List.of(StoredPassword.main(STORED), phone, tablet), 0);
    assertThat(passwords.check(ann, "for the phone")).satisfies(isRight(phone));
    assertThat(passwords.check(ann, "for the tablet")).satisfies(isRight(tablet));
    assertThat(passwords.check(ann, "secret")).satisfies(isRight(STORED));
    assertThat(passwords.check(ann, "for nothing")).isEqualTo(WRONG);
    assertThat(hashings).isEqualTo(4);
    passwords.check(ann, "for the tablet");
    assertThat(hashings).as("those that were right lately").isEqualTo(4);

    Account revoked = new Account(ann.id(), ANN, List.of(StoredPassword.main(STORED), phone), 0);
    assertThat(passwords.check(revoked, "for the tablet")).isEqualTo(WRONG);
    assertThat(passwords.check(revoked, "secret")).satisfies(isRight(STORED));
  }

  @Test
  void allOfAnAccountHaveOneSaltAndEachAccountItsOwn() {
    StoredPassword main = keep("", "a", List.of());
    StoredPassword phone = keep("phone", "b", List.of(main));
    StoredPassword other = keep("", "c", List.of(main, phone));
    assertThat(List.of(main, phone, other))
        .extracting(one -> one.hash().substring(0, one.hash().lastIndexOf('$')))
        .containsOnly(STORED_LIKE.formatted("AQIDBAUGBwgJCgsMDQ4PEA"));
    StoredPassword changed = keep("", "c", List.of(main));
    assertThat(changed.hash()).as("no other has the old salt").doesNotContain("$AQIDBAUGBwgJCg");
  }

  @Test
  void hashesOfOtherSaltsAndParametersCountToo() {
    StoredPassword old =
        new StoredPassword(
            "old",
            "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
            Optional.empty());
    StoredPassword other = new StoredPassword("other", Argon2id.hash("other"), Optional.empty());
    List<StoredPassword> three = List.of(StoredPassword.main(STORED), old, other);
    Account ann = new Account(new AccountId(1), ANN, three, 0);
    assertThat(passwords.check(ann, "password")).satisfies(isRight(old));
    assertThat(passwords.check(ann, "other")).satisfies(isRight(other));
    assertThat(keep("new", "new", List.of(old)).hash())
        .startsWith(STORED_LIKE.formatted("AQIDBAUGBwgJCgsMDQ4PEA"));
  }

  private StoredPassword keep(String name, String password, List<StoredPassword> there) {
    return safekeeping.keep(name, password, there).orElseThrow();
  }

  private static Consumer<Passwords.Verdict> isRight(String stored) {
    return isRight(StoredPassword.main(stored));
  }

  private static Consumer<Passwords.Verdict> isRight(StoredPassword password) {
    return verdict ->
        assertThat(verdict)
            .isInstanceOfSatisfying(
                Passwords.Verdict.Right.class,
                right -> assertThat(right.password()).isEqualTo(password));
  }

  private static Account account(long id, String stored) {
    return new Account(new AccountId(id), ANN, Optional.of(stored), 0);
  }
}
