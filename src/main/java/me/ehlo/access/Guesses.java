package me.ehlo.access;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import me.ehlo.mail.Network;
import me.ehlo.mail.Parsed;
import me.ehlo.trace.Event;
import me.ehlo.trace.Journal;

/**
 * Remembers wrong passwords, and blocks whoever gives too many of them.
 *
 * <p>An address (IPv6: its /64) with too many is blocked, whomever it asks for. A name for which too many come from
 * several addresses is blocked for the addresses from which nobody has logged in under it lately: so a guesser with many
 * addresses gets nowhere, and cannot lock the owner out either. Names that nobody has are counted like all others, so
 * that a block tells nothing.
 *
 * <p>The same wrong password for the same name counts once: it is a mail program that was not told of the new one, not a
 * guess. But each costs a hash, so it must not come ten times as often as guesses may.
 *
 * <p>All is in memory, bounded, and forgotten when the server stops.
 */
public final class Guesses {
  private static final Duration FAMILIAR = Duration.ofDays(30);
  private static final Duration TARPIT_MAX = Duration.ofSeconds(10);
  private static final int REPEATS_TO_A_GUESS = 10;
  private static final int NEIGHBOUR_BITS = 64; // of IPv6; an IPv4 address stands for itself

  private final Rules rules;
  private final KeyedDigest digest;
  private final Journal journal;
  private final InstantSource clock;
  private final GuessRegister addresses;
  private final GuessRegister names;
  private final Map<Place, Instant> familiar;

  /**
   * How much is too much.
   *
   * @param wrong passwords within the time of a block
   * @param block how long it lasts
   * @param tarpit how long the answer to the first wrong password waits; that to the second twice as long
   * @param loopback whether the machine itself is treated like others
   * @param remembered how many addresses, names, and places of both, and as many again that are blocked
   */
  public record Rules(
      int wrong, Duration block, Duration tarpit, boolean loopback, int remembered) {

    /** Where everybody may guess. */
    public static final Rules NONE =
        new Rules(Integer.MAX_VALUE, Duration.ofMinutes(1), Duration.ZERO, false, 1);
  }

  /** Where somebody has logged in under a name. */
  private record Place(String name, String network) {}

  /**
   * @param digest of passwords, under a key that dies with the process
   */
  public Guesses(Rules rules, KeyedDigest digest, Journal journal, InstantSource clock) {
    this.rules = rules;
    this.digest = digest;
    this.journal = journal;
    this.clock = clock;
    this.addresses = new GuessRegister(rules.remembered());
    this.names = new GuessRegister(rules.remembered());
    this.familiar = GuessRegister.bounded(rules.remembered());
  }

  /** Whether this attempt is refused whatever the password. */
  synchronized boolean blocks(Attempt attempt) {
    return !exempt(attempt.client()) && blocks(place(attempt), clock.instant());
  }

  /** Notes that it had the right password; false: too late, it is blocked by now. */
  synchronized boolean right(Attempt attempt) {
    Instant now = clock.instant();
    Place place = place(attempt);
    if (exempt(attempt.client())) {
      return true;
    }
    if (blocks(place, now)) {
      return false;
    }
    addresses.known(place.network()).ifPresent(one -> one.right(place.name(), now));
    names.known(place.name()).ifPresent(one -> one.right(place.network(), now));
    familiar.put(place, now);
    return true;
  }

  /**
   * Counts a wrong password.
   *
   * @param password empty: it did not show itself (SCRAM)
   * @return how long the answer waits; empty: too late, it is blocked by now
   */
  synchronized Optional<Duration> wrong(Attempt attempt, Optional<String> password) {
    Instant now = clock.instant();
    Place place = place(attempt);
    if (exempt(attempt.client())) {
      return Optional.of(Duration.ZERO);
    }
    if (blocks(place, now)) {
      return Optional.empty();
    }
    String which =
        password.map(given -> HexFormat.of().formatHex(digest.of(place.name(), given))).orElse("");
    Wrongs ofAddress = addresses.of(place.network());
    Wrongs forName = names.of(place.name());
    ofAddress.add(place.name(), which, now, rules.block());
    forName.add(place.network(), which, now, rules.block());
    Duration pause = pause(ofAddress.inARow());
    block(attempt, place, ofAddress, forName, now);
    return Optional.of(pause);
  }

  private boolean blocks(Place place, Instant now) {
    return addresses.blocks(place.network(), now)
        || names.blocks(place.name(), now) && !isFamiliar(place, now);
  }

  private boolean isFamiliar(Place place, Instant now) {
    Instant at = familiar.get(place);
    return at != null && now.isBefore(at.plus(FAMILIAR));
  }

  private void block(Attempt attempt, Place place, Wrongs ofAddress, Wrongs forName, Instant now) {
    Instant until = now.plus(rules.block());
    int wrong = ofAddress.count();
    if (wrong >= rules.wrong() || ofAddress.repeats() / REPEATS_TO_A_GUESS >= rules.wrong()) {
      addresses.block(place.network(), until);
      note(
          now,
          "%s is blocked until %s: %d wrong passwords, the last for %s"
              .formatted(place.network(), until, wrong, attempt.who()));
    }
    if (!names.blocks(place.name(), now)
        && forName.count() >= rules.wrong()
        && forName.ofSeveral()) {
      int count = forName.count();
      names.block(place.name(), until);
      note(
          now,
          "%s is blocked until %s for addresses that are new to it: %d wrong passwords, the last from %s"
              .formatted(attempt.who(), until, count, place.network()));
    }
  }

  private Duration pause(int inARow) {
    Duration pause = rules.tarpit().multipliedBy(inARow);
    return pause.compareTo(TARPIT_MAX) < 0 ? pause : TARPIT_MAX;
  }

  private boolean exempt(String client) {
    return !rules.loopback()
        && Network.LOOPBACK.stream().anyMatch(network -> network.contains(client));
  }

  private static Place place(Attempt attempt) {
    String network =
        Network.parse(attempt.client()) instanceof Parsed.Right<Network>(var address)
            ? Network.around(address.first(), NEIGHBOUR_BITS).toString()
            : attempt.client();
    return new Place(attempt.name().key(), network);
  }

  private void note(Instant at, String what) {
    journal.record(new Event.Note(at, "logins", what));
  }
}
