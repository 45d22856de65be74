package me.ehlo;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import me.ehlo.access.Directory;
import me.ehlo.access.Guesses;
import me.ehlo.access.KeyedDigest;
import me.ehlo.access.KnownGood;
import me.ehlo.access.Logins;
import me.ehlo.access.Passwords;
import me.ehlo.access.ScramDecoys;
import me.ehlo.config.Config;
import me.ehlo.front.HashingThreads;
import me.ehlo.front.Pauses;
import me.ehlo.trace.Journal;

/** The wiring of logins: the threads that hash, what is remembered of passwords, and where guessers wait. */
final class Gatehouse implements AutoCloseable {
  private static final Duration PASSWORD_KNOWN = Duration.ofMinutes(5);
  private static final int PASSWORDS_KNOWN_MAX = 10_000;
  private static final int HASHINGS_AT_ONCE = 2;
  private static final int HASHINGS_WAITING = 100;
  private static final Duration HASHING_PATIENCE = Duration.ofSeconds(10);
  private static final int PAUSES_MAX = 1000;

  /**
   * Two threads hash some 40 passwords a second; so many within the usual block of 15 minutes are fewer. Who is blocked is
   * remembered apart, so that a longer block, or guesses that cost no hash, make nobody forgotten but by as many new blocks.
   */
  private static final int GUESSERS_REMEMBERED_MAX = 50_000;

  private static final int KEY_OCTETS = 32;

  private final HashingThreads hashing =
      new HashingThreads(HASHINGS_AT_ONCE, HASHINGS_WAITING, HASHING_PATIENCE);
  private final Pauses pauses = new Pauses(PAUSES_MAX);
  private final SecureRandom random;
  private final Logins logins;

  /** One with threads that wait for work. */
  Gatehouse(
      Config config,
      Directory directory,
      String siteSecret,
      Journal journal,
      InstantSource clock,
      SecureRandom random) {
    this.random = random;
    Config.Limits limits = config.limits();
    Guesses.Rules rules =
        new Guesses.Rules(
            limits.guessing().guesses(),
            limits.guessing().block(),
            limits.guessing().tarpit(),
            limits.loopback(),
            GUESSERS_REMEMBERED_MAX);
    this.logins =
        new Logins(
            directory,
            new Passwords(
                hashing, new KnownGood(key(), clock, PASSWORD_KNOWN, PASSWORDS_KNOWN_MAX)),
            new Guesses(rules, new KeyedDigest(key()), journal, clock),
            pauses,
            config.policy().scram(),
            new ScramDecoys(
                new KeyedDigest(siteSecret.getBytes(US_ASCII)), config.domains(), random));
  }

  Logins logins() {
    return logins;
  }

  /** Lets those go on who wait for having guessed; from now on nobody waits. */
  void endPauses() {
    pauses.close();
  }

  @Override
  public void close() {
    hashing.close();
  }

  /** One that dies with the process. */
  private byte[] key() {
    byte[] key = new byte[KEY_OCTETS];
    random.nextBytes(key);
    return key;
  }
}
