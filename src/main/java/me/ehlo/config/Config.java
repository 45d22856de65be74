package me.ehlo.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import me.ehlo.mail.Domain;

/**
 * The whole configuration, read and found to be right; {@link Keys} says what each value is when nobody sets it.
 *
 * @param hostname our name in the greeting, in the answer to EHLO, and in Received
 * @param domains mail for these is ours; never empty, the first is the postmaster's
 * @param data the folder of the embedded store and of the control socket; absolute
 */
public record Config(
    Domain hostname,
    List<Domain> domains,
    Path data,
    Store store,
    Listen listen,
    Smtp smtp,
    Policy policy,
    Limits limits) {

  public Config {
    domains = List.copyOf(domains);
  }

  /**
   * Where mail is kept.
   *
   * @param url {@code postgresql://user:password@host/db}; empty: SQLite in the data folder
   */
  public record Store(String url) {
    public boolean embedded() {
      return url.isEmpty();
    }

    /** Without the password: a configuration that ends up in a log or a failing test tells no secret. */
    @Override
    public String toString() {
      return "Store[url=" + StoreUrl.masked(url) + "]";
    }
  }

  /** Our doors; an empty list is a closed one. */
  public record Listen(List<Endpoint> smtp, List<Endpoint> pop3) {
    public Listen {
      smtp = List.copyOf(smtp);
      pop3 = List.copyOf(pop3);
    }
  }

  /**
   * How we speak SMTP.
   *
   * @param strict refuse what people type and the RFC does not allow
   * @param greetPause how long we watch for clients that talk before the greeting; zero: not at all
   */
  public record Smtp(long sizeMaxOctets, int recipientsMax, boolean strict, Duration greetPause) {}

  /** What this site allows. */
  public record Policy(CleartextPasswords cleartextPasswords) {}

  /** Where a password may be sent without TLS. */
  public enum CleartextPasswords {
    LOOPBACK,
    NEVER
  }

  /**
   * What a client may cost.
   *
   * @param errors wrong commands in one conversation before 421
   * @param dataTimeout for each read of a mail's content
   * @param quotaOctets what a new account may keep, unless {@code user add} says otherwise; 0: no limit
   */
  public record Limits(
      int connections,
      int errors,
      Duration commandTimeout,
      Duration dataTimeout,
      Duration pop3Idle,
      long quotaOctets) {}

  static Config of(Settings settings) {
    return new Config(
        settings.get(Keys.HOSTNAME),
        settings.get(Keys.DOMAINS),
        settings.get(Keys.DATA),
        new Store(settings.get(Keys.STORE_URL)),
        new Listen(settings.get(Keys.LISTEN_SMTP), settings.get(Keys.LISTEN_POP3)),
        new Smtp(
            settings.get(Keys.SMTP_SIZE_MAX),
            settings.get(Keys.SMTP_RECIPIENTS_MAX),
            settings.get(Keys.SMTP_STRICT),
            settings.get(Keys.SMTP_GREET_PAUSE)),
        new Policy(settings.get(Keys.CLEARTEXT_PASSWORDS)),
        new Limits(
            settings.get(Keys.CONNECTIONS),
            settings.get(Keys.ERRORS),
            settings.get(Keys.COMMAND_TIMEOUT),
            settings.get(Keys.DATA_TIMEOUT),
            settings.get(Keys.POP3_IDLE),
            settings.get(Keys.QUOTA)));
  }
}
