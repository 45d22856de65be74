package me.ehlo.access;

import java.time.Instant;
import java.util.Optional;
import me.ehlo.mail.ForwardPath;
import me.ehlo.mail.Network;
import me.ehlo.mail.ReversePath;
import me.ehlo.mail.StorageFailure;

/** What is remembered of strangers from one mail to the next, kept by the store. */
public interface Guestbook {

  /** Somebody in a network wants to write from here to there. */
  record Attempt(Network network, ReversePath from, ForwardPath to) {}

  /** When mail was last taken from this network; empty: never, as far as is remembered. */
  Optional<Instant> lastMail(Network network) throws StorageFailure;

  /** Mail is taken from this network. */
  void mailTaken(Network network, Instant now) throws StorageFailure;

  /** When this was tried first; empty: never, as far as is remembered. */
  Optional<Instant> firstTry(Attempt attempt) throws StorageFailure;

  /** This is tried for the first time. */
  void tried(Attempt attempt, Instant now) throws StorageFailure;

  /**
   * Forgets networks from which no mail was taken, and attempts that were first made, before these times.
   *
   * @return whether there is more to forget
   */
  boolean forget(Instant mailsBefore, Instant triesBefore) throws StorageFailure;
}
