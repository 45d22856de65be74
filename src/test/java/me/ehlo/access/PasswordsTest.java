package me.ehlo.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import me.ehlo.mail.AccountId;
import me.ehlo.mail.Domain;
import me.ehlo.mail.LocalPart;
import me.ehlo.mail.Mailbox;
import org.junit.jupiter.api.Test;

/** Checking passwords, and how often that costs something. */
class PasswordsTest {
  private static final Mailbox ANN = new Mailbox(new LocalPart("ann"), Domain.ofAscii("a.example"));
  private static final String STORED = Argon2id.hash("secret");

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
    assertThat(passwords.check(account(1, STORED), "wrong")).isEqualTo(Passwords.Verdict.WRONG);
    assertThat(passwords.check(account(1, STORED), "")).isEqualTo(Passwords.Verdict.WRONG);
    assertThat(passwords.check(account(1, STORED), "secret")).isEqualTo(Passwords.Verdict.RIGHT);
  }

  @Test
  void aKnownPasswordIsHashedAgainOnlyAfterMinutes() {
    passwords.check(account(1, STORED), "secret");
    assertThat(passwords.check(account(1, STORED), "secret")).isEqualTo(Passwords.Verdict.RIGHT);
    assertThat(hashings).isEqualTo(1);
    now = now.plus(Duration.ofMinutes(5));
    assertThat(passwords.check(account(1, STORED), "secret")).isEqualTo(Passwords.Verdict.RIGHT);
    assertThat(hashings).isEqualTo(2);
  }

  @Test
  void whatIsKnownOfOneAccountIsNotKnownOfAnother() {
    passwords.check(account(1, STORED), "secret");
    passwords.check(account(2, STORED), "secret");
    assertThat(hashings).isEqualTo(2);
    assertThat(passwords.check(account(1, STORED), "secret2")).isEqualTo(Passwords.Verdict.WRONG);
  }

  @Test
  void aChangedPasswordIsForgottenAtOnce() {
    passwords.check(account(1, STORED), "secret");
    assertThat(passwords.check(account(1, Argon2id.hash("new")), "secret"))
        .isEqualTo(Passwords.Verdict.WRONG);
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
    assertThat(passwords.checkNobody("secret")).isEqualTo(Passwords.Verdict.WRONG);
    assertThat(passwords.check(new Account(new AccountId(1), ANN, Optional.empty(), 0), ""))
        .isEqualTo(Passwords.Verdict.WRONG);
    assertThat(hashings).isEqualTo(2);
  }

  @Test
  void whatIsStoredMayBeNonsense() {
    assertThat(passwords.check(account(1, "plain"), "plain")).isEqualTo(Passwords.Verdict.WRONG);
    assertThat(passwords.check(account(1, "$argon2id$v=19$m=1"), "x"))
        .isEqualTo(Passwords.Verdict.WRONG);
    assertThat(passwords.check(account(1, ""), "")).isEqualTo(Passwords.Verdict.WRONG);
  }

  @Test
  void tooManyAtOnce() {
    busy = true;
    assertThat(passwords.check(account(1, STORED), "secret")).isEqualTo(Passwords.Verdict.BUSY);
    assertThat(passwords.checkNobody("secret")).isEqualTo(Passwords.Verdict.BUSY);
  }

  @Test
  void anAccentIsTheSameFromEveryKeyboard() {
    assertThat(Argon2id.verify("caf\u00e9", Argon2id.hash("cafe\u0301"))).isTrue();
  }

  private static Account account(long id, String stored) {
    return new Account(new AccountId(id), ANN, Optional.of(stored), 0);
  }
}
