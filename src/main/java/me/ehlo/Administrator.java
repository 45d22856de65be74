package me.ehlo;

import java.io.IOException;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import me.ehlo.access.Directory;
import me.ehlo.access.Postmaster;
import me.ehlo.access.Safekeeping;
import me.ehlo.config.Config;
import me.ehlo.control.Administration;
import me.ehlo.control.ControlClient;
import me.ehlo.control.Dialogue;
import me.ehlo.control.FolderLock;
import me.ehlo.control.Leaving;
import me.ehlo.control.Request;
import me.ehlo.control.Site;
import me.ehlo.mail.StorageFailure;
import me.ehlo.store.Finding;
import me.ehlo.store.Store;
import me.ehlo.store.StoreSettings;
import me.ehlo.trace.Journal;
import me.ehlo.watch.Log;

/** The wiring of one command that administers. */
final class Administrator {
  private static final int STORE_TRIES = 100;
  private static final Duration STORE_PAUSE = Duration.ofMillis(100);

  /** Made when it is asked, because most commands never do. */
  private static final RandomGenerator RANDOM = () -> new SecureRandom().nextLong();

  private Administrator() {}

  /** Carries out a command: through the server that runs on this data folder, else on the store itself. */
  static int carryOut(Config config, Request request, Dialogue dialogue)
      throws StorageFailure, IOException {
    if (!config.store().embedded()) {
      return alone(config, request, dialogue);
    }
    boolean looks = request instanceof Request.Verify || request instanceof Request.Backup;
    if (looks && Files.notExists(config.data())) {
      throw new StorageFailure(
          StorageFailure.Kind.TROUBLE, "there is no store in " + config.data());
    }
    // A server that is just starting answers soon; another command lets go of the store soon.
    for (int tries = 1; ; tries++) {
      Optional<ControlClient> running = ControlClient.connect(config.data());
      if (running.isPresent()) {
        try (ControlClient client = running.get()) {
          return client.perform(request, dialogue);
        }
      }
      try {
        return alone(config, request, dialogue);
      } catch (StorageFailure e) {
        if (tries == STORE_TRIES || !FolderLock.isHeld(config.data())) {
          throw e;
        }
        LockSupport.parkNanos(STORE_PAUSE.toNanos());
      }
    }
  }

  /** Throws only before anything was done, so that it may be tried again. */
  private static int alone(Config config, Request request, Dialogue dialogue)
      throws StorageFailure {
    Log log = Log.to(System.err);
    try (Store store = openStore(config, log)) {
      if (!(request instanceof Request.Verify)) { // which only looks, be it at a backup
        Postmaster.ensure(store.directory(), config.domains().getFirst());
      }
      return new Administration(site(config, store, store.directory(), RANDOM, () -> {}))
          .perform(request, dialogue);
    } finally {
      log.close();
    }
  }

  static Store openStore(Config config, Journal journal) throws StorageFailure {
    return Store.open(
        new StoreSettings(config.data(), config.store().url()), journal, InstantSource.system());
  }

  /**
   * @param random fit for secrets
   * @param wake tells the queue's runner that the queue has changed
   */
  static Site site(
      Config config, Store store, Directory directory, RandomGenerator random, Runnable wake) {
    Safekeeping safekeeping = new Safekeeping(config.policy().scram(), random);
    return new Site(
        config.domains(),
        config.limits().quotaOctets(),
        directory,
        store.maildrops(),
        safekeeping::keep,
        safekeeping::invent,
        () -> store.verify().stream().map(Finding::toString).toList(),
        store::backup,
        new Leaving(store.queue(), wake, Clock.system(ZoneId.systemDefault())));
  }
}
