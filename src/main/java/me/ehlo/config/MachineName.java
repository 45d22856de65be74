package me.ehlo.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** Finds the machine's fully qualified name; {@code localhost} where it has none or the question takes too long. */
final class MachineName {
  private static final String NONE = "localhost";
  private static final long PATIENCE_MILLIS = 1_000;
  // At least one dot and a last label that is no number: neither a bare host name nor an address.
  private static final Pattern QUALIFIED =
      Pattern.compile("([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]");

  private MachineName() {}

  static String find() {
    CompletableFuture<String> answer = new CompletableFuture<>();
    // A broken resolver answers after many seconds; neither starting nor ending waits for it.
    Thread.ofPlatform().daemon().start(() -> answer.complete(ask()));
    return answer.completeOnTimeout(NONE, PATIENCE_MILLIS, TimeUnit.MILLISECONDS).join();
  }

  private static String ask() {
    try {
      return qualified(InetAddress.getLocalHost().getCanonicalHostName());
    } catch (UnknownHostException e) {
      return NONE; // the machine does not know itself; that is common in containers
    }
  }

  static String qualified(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return QUALIFIED.matcher(lower).matches() && !lower.startsWith("localhost.") ? lower : NONE;
  }
}
