package me.ehlo.access;

import java.util.Optional;

/** Says whether a password is right; it takes as long to say so of nobody's password as of somebody's. */
public final class Passwords {

  /** What is said of a password. */
  public enum Verdict {
    RIGHT,
    WRONG,
    /** Too many are being checked; ask again later. */
    BUSY
  }

  private final Hashing hashing;
  private final KnownGood knownGood;

  public Passwords(Hashing hashing, KnownGood knownGood) {
    this.hashing = hashing;
    this.knownGood = knownGood;
  }

  /** Whether this is the account's password. */
  public Verdict check(Account account, String password) {
    Optional<String> stored = account.passwordHash();
    return stored.isPresent() ? check(account, stored.get(), password) : checkNobody(password);
  }

  /** What is said when there is no such account: never {@link Verdict#RIGHT}. */
  public Verdict checkNobody(String password) {
    return hashing
        .run(() -> Argon2id.verify(password, Argon2id.NOBODY))
        .map(_ -> Verdict.WRONG)
        .orElse(Verdict.BUSY);
  }

  private Verdict check(Account account, String stored, String password) {
    if (knownGood.contains(account, stored, password)) {
      return Verdict.RIGHT;
    }
    Optional<Boolean> right = hashing.run(() -> Argon2id.verify(password, stored));
    if (right.isEmpty()) {
      return Verdict.BUSY;
    }
    if (right.get()) {
      knownGood.add(account, stored, password);
    }
    return right.get() ? Verdict.RIGHT : Verdict.WRONG;
  }
}
