package me.ehlo.control;

import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import me.ehlo.access.Directory;
import me.ehlo.mail.Domain;
import me.ehlo.mail.StorageFailure;
import me.ehlo.maildrop.Maildrops;

/**
 * All that administration acts on.
 *
 * @param domains ours; the first is the postmaster's
 * @param quotaOctets for new accounts that are given none; 0: no limit
 * @param hash makes of a password what the directory keeps
 */
public record Site(
    List<Domain> domains,
    long quotaOctets,
    Directory directory,
    Maildrops maildrops,
    UnaryOperator<String> hash,
    Verification verification,
    Backup backup,
    Leaving leaving) {

  public Site {
    domains = List.copyOf(domains);
  }

  /** Checks the store; each finding is a sentence, and no finding is good news. */
  @FunctionalInterface
  public interface Verification {
    List<String> findings() throws StorageFailure;
  }

  /** Copies the store, as it is at one instant, into a new file. */
  @FunctionalInterface
  public interface Backup {
    void to(Path file) throws StorageFailure;
  }
}
