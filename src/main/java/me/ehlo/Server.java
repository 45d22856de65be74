package me.ehlo;

import java.io.IOException;
import java.io.PrintStream;
import me.ehlo.config.Config;
import me.ehlo.control.ControlClient;
import me.ehlo.control.Dialogue;
import me.ehlo.control.Request;
import me.ehlo.mail.StorageFailure;

/** The wiring: so far without a store, so that it can only reach a server that runs. */
public final class Server {
  private Server() {}

  @SuppressWarnings("DoNotCallSuggester") // until the store is joined
  static void run(Config config, PrintStream out) throws StartFailure, StorageFailure {
    throw new StartFailure(
        "the store is not joined yet; nothing was started in " + config.data(), null);
  }

  /** Has the server on this data folder carry it out, or opens the store for as long as it takes. */
  static int administer(Config config, Request request, Dialogue dialogue)
      throws StartFailure, StorageFailure, IOException {
    var server = ControlClient.connect(config.data());
    if (server.isPresent()) {
      try (ControlClient client = server.get()) {
        return client.perform(request, dialogue);
      }
    }
    throw new StartFailure("no server runs on " + config.data(), null);
  }
}
