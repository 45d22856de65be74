package me.ehlo.access;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The wrong passwords of each address, or for each name, and which of these are blocked.
 *
 * <p>Both memories are bounded, and apart: many guessers may make us forget who has guessed a little, but a block is only
 * forgotten early for a newer one. A wrong proof of SCRAM costs us no hash, so guesses may come fast, from as many
 * addresses as somebody has and for any name; blocks cost {@code limits.guesses} of them each.
 */
final class GuessRegister {
  private final Map<String, Wrongs> wrongs;
  private final Map<String, Instant> blocked;

  GuessRegister(int most) {
    this.wrongs = bounded(most);
    this.blocked = bounded(most);
  }

  /** Those of one who may be new. */
  Wrongs of(String one) {
    return wrongs.computeIfAbsent(one, _ -> new Wrongs());
  }

  /** Those of one, if there are any. */
  Optional<Wrongs> known(String one) {
    return Optional.ofNullable(wrongs.get(one));
  }

  boolean blocks(String one, Instant now) {
    Instant until = blocked.get(one);
    return until != null && now.isBefore(until);
  }

  /** From here on its wrong ones are counted anew. */
  void block(String one, Instant until) {
    wrongs.remove(one);
    blocked.put(one, until);
  }

  /** One that forgets what was longest of no interest. */
  static <K, V> Map<K, V> bounded(int most) {
    return new LinkedHashMap<>(16, 0.75f, true) {
      @Override
      protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > most;
      }
    };
  }
}
