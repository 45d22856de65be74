package me.ehlo.config;

/** Finds values that are right each by itself, and wrong together. */
final class Together {
  private Together() {}

  static void check(Settings settings, Findings findings) {
    boolean user = !settings.get(Keys.RELAY_USER).isEmpty();
    boolean password = settings.get(Keys.RELAY_PASSWORD_FILE).isPresent();
    if (user && !password) {
      mistake(settings, findings, Keys.RELAY_USER, "needs relay.password-file beside it");
    }
    if (password && !user) {
      mistake(settings, findings, Keys.RELAY_PASSWORD_FILE, "needs relay.user beside it");
    }
    if (user && password && settings.get(Keys.RELAY_SMART_HOST).isEmpty()) {
      mistake(settings, findings, Keys.RELAY_USER, "is for relay.smart-host, which nobody has set");
    }
    if (!settings.get(Keys.TLS_KEY).isEmpty() && settings.get(Keys.TLS_CERTIFICATE).isEmpty()) {
      mistake(settings, findings, Keys.TLS_KEY, "needs tls.certificate beside it");
    }
  }

  private static void mistake(Settings settings, Findings findings, Key<?> key, String sentence) {
    if (!settings.source(key).equals(Source.STANDARD)) {
      findings.mistake(settings.source(key), key.name() + " " + sentence);
    }
  }
}
