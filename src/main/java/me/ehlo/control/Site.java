package me.ehlo.control;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import me.ehlo.access.Directory;
import me.ehlo.access.StoredPassword;
import me.ehlo.mail.Domain;
import me.ehlo.mail.StorageFailure;
import me.ehlo.maildrop.Maildrops;

/**
 * All that administration acts on.
 *
 * @param domains ours; the first is the postmaster's
 * @param quotaOctets for new accounts that are given none; 0: no limit
 * @param invention makes up a password that nobody guesses
 */
public record Site(
    List<Domain> domains,
    long quotaOctets,
    Directory directory,
    Maildrops maildrops,
    Keeping keeping,
    Supplier<String> invention,
    Verification verification,
    Backup backup,
    Leaving leaving) {

  public Site {
    domains = List.copyOf(domains);
  }

  /** Makes of a password what is kept of it, beside what is there; empty: some client could not use it. */
  @FunctionalInterface
  public interface Keeping {
    Optional<StoredPassword> keep(String name, String password, List<StoredPassword> there);
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
