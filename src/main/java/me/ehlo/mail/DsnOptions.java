package me.ehlo.mail;

import java.util.Optional;

/**
 * What the sender says of reports about the whole mail (RFC 3461 §4.3, §4.4).
 *
 * @param envid the sender's own name for the mail, decoded; printable ASCII
 */
public record DsnOptions(Optional<Ret> ret, Optional<String> envid) {
  public static final DsnOptions NONE = new DsnOptions(Optional.empty(), Optional.empty());

  /** How much of the mail shall come back with a report of failure. */
  public enum Ret {
    FULL,
    HDRS
  }
}
