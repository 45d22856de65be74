package me.ehlo.access;

import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import me.ehlo.mail.Network;

/** A guestbook in memory. */
public final class RamGuestbook implements Guestbook {
  private final Map<Network, Instant> networks = new ConcurrentHashMap<>();
  private final Map<String, Instant> attempts = new ConcurrentHashMap<>();

  @Override
  public Optional<Instant> lastMail(Network network) {
    return Optional.ofNullable(networks.get(network));
  }

  @Override
  public void mailTaken(Network network, Instant now) {
    networks.put(network, now);
  }

  @Override
  public Optional<Instant> firstTry(Attempt attempt) {
    return Optional.ofNullable(attempts.get(key(attempt)));
  }

  @Override
  public void tried(Attempt attempt, Instant now) {
    attempts.put(key(attempt), now);
  }

  @Override
  public boolean forget(Instant mailsBefore, Instant triesBefore) {
    networks.values().removeIf(at -> at.isBefore(mailsBefore));
    attempts.values().removeIf(at -> at.isBefore(triesBefore));
    return false;
  }

  private static String key(Attempt attempt) {
    return attempt.toString().toLowerCase(Locale.ROOT);
  }
}
