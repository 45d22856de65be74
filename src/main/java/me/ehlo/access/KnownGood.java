package me.ehlo.access;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Remembers for some minutes which passwords were right, so that a program that logs in every minute costs microseconds.
 *
 * <p>Passwords are not in it: what is kept is a keyed digest over the account, its stored hash and the password, under a
 * key that dies with the process. A changed password is another stored hash, so the old one is forgotten at once.
 */
public final class KnownGood {
  private static final String ALGORITHM = "HmacSHA256";

  private final SecretKeySpec key;
  private final InstantSource clock;
  private final Duration kept;
  private final Map<String, Instant> until;

  /**
   * @param key random octets, 32 of them
   * @param kept how long a password stays known
   * @param most how many are remembered; the oldest is forgotten first
   */
  public KnownGood(byte[] key, InstantSource clock, Duration kept, int most) {
    this.key = new SecretKeySpec(key, ALGORITHM);
    this.clock = clock;
    this.kept = kept;
    this.until =
        new LinkedHashMap<>() {
          @Override
          protected boolean removeEldestEntry(Map.Entry<String, Instant> eldest) {
            return size() > most;
          }
        };
  }

  synchronized boolean contains(Account account, String stored, String password) {
    Instant end = until.get(digest(account, stored, password));
    return end != null && clock.instant().isBefore(end);
  }

  synchronized void add(Account account, String stored, String password) {
    String digest = digest(account, stored, password);
    until.remove(digest); // so that it becomes the youngest
    until.put(digest, clock.instant().plus(kept));
  }

  private String digest(Account account, String stored, String password) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      mac.update(ByteBuffer.allocate(Long.BYTES).putLong(account.id().value()).array());
      mac.update(stored.getBytes(StandardCharsets.UTF_8));
      mac.update((byte) 0); // no PHC string holds one, so the two cannot run together
      mac.update(password.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(mac.doFinal());
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException(e); // every Java has HmacSHA256
    }
  }
}
