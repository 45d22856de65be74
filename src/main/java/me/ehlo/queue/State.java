package me.ehlo.queue;

import java.util.Locale;

/** The one state that every accepted recipient is in. */
public enum State {
  WAITING,
  DELIVERING,
  HELD,
  DELIVERED,
  RELAYED,
  EXPANDED,
  FAILED,
  CANCELLED;

  /** Whether nothing more will happen to the recipient, but for a report that may be owed. */
  public boolean isFinal() {
    return compareTo(DELIVERED) >= 0;
  }

  /** As it is stored and shown. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
