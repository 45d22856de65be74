package me.ehlo.access;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Says which password was given; it takes as long to say so of nobody's password as of somebody's. */
public final class Passwords {

  /** What is said of a password. */
  public sealed interface Verdict {

    /** It is this one of the account's. */
    record Right(Account account, StoredPassword password) implements Verdict {}

    /** It is none of the account's. */
    record Wrong() implements Verdict {}

    /** Too many are being checked; ask again later. */
    record Busy() implements Verdict {}
  }

  private final Hashing hashing;
  private final KnownGood knownGood;

  public Passwords(Hashing hashing, KnownGood knownGood) {
    this.hashing = hashing;
    this.knownGood = knownGood;
  }

  /** Which of the account's passwords this is. */
  public Verdict check(Account account, String password) {
    for (StoredPassword one : account.passwords()) {
      if (knownGood.contains(account, one.hash(), password)) {
        return new Verdict.Right(account, one);
      }
    }
    List<StoredPassword> right = new ArrayList<>(1);
    Optional<Boolean> found = hashed(password, account.passwords(), right);
    if (found.isEmpty()) {
      return new Verdict.Busy();
    }
    right.forEach(one -> knownGood.add(account, one.hash(), password));
    return found.get() ? new Verdict.Right(account, right.getFirst()) : new Verdict.Wrong();
  }

  /** What is said when there is no such account: never {@link Verdict.Right}. */
  public Verdict checkNobody(String password) {
    return hashed(password, List.of(), new ArrayList<>())
        .<Verdict>map(_ -> new Verdict.Wrong())
        .orElseGet(Verdict.Busy::new);
  }

  private Optional<Boolean> hashed(
      String password, List<StoredPassword> stored, List<StoredPassword> right) {
    return hashing.run(() -> right.addAll(Argon2id.which(password, stored).stream().toList()));
  }
}
