package me.ehlo.sasl;

/** What follows a message of the client's. */
public sealed interface Step {

  /** Say this, and give the answer to {@link Exchange#on}. */
  record Challenge(String message) implements Step {}

  /** The exchange is over. */
  record Over(Verdict verdict) implements Step {}

  static Step malformed() {
    return new Over(Verdict.refused(Verdict.Why.MALFORMED));
  }
}
