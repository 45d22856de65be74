package me.ehlo.mail;

import java.time.Duration;
import java.util.List;

/** What became of one attempt for one recipient, in RFC 3464's words (§2.3.3). */
public sealed interface Outcome {

  /** The recipient turned out to be ours: into these maildrops. */
  record Delivered(List<AccountId> accounts) implements Outcome {
    public Delivered {
      accounts = List.copyOf(accounts);
    }
  }

  /** The recipient turned out to be an alias of ours for several. */
  record Expanded(List<AccountId> accounts, List<Mailbox> elsewhere) implements Outcome {
    public Expanded {
      accounts = List.copyOf(accounts);
      elsewhere = List.copyOf(elsewhere);
    }
  }

  /**
   * The next server said 250 after the dot, and answers for it from now on.
   *
   * @param dsnPassedOn whether it was told NOTIFY and ORCPT, so that reports of success are its affair (RFC 3461 §5.2.2)
   */
  record Relayed(Cause cause, boolean dsnPassedOn) implements Outcome {}

  /** It will never do. */
  record Failed(Cause cause) implements Outcome {}

  /**
   * Not now.
   *
   * @param inDoubt the other server vanished after the dot and may have the mail (RFC 1047)
   */
  record Delayed(Cause cause, boolean inDoubt) implements Outcome {}

  /** Nothing was tried, because others stand in line; it counts as no attempt. */
  record Postponed(Duration pause) implements Outcome {}
}
