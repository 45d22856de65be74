package me.ehlo.config;

import static java.time.Duration.ZERO;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofSeconds;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import me.ehlo.config.Config.CleartextPasswords;
import me.ehlo.mail.Domain;

/** The table of all keys: {@code config show}, {@code config check}, environment names and {@code --set} follow from it. */
final class Keys {
  // RFC 5321 §4.5.3.1.7 and §4.5.3.1.8: what every server must be able to take.
  private static final long SIZE_LEAST = 64 * 1024;
  private static final int RECIPIENTS_LEAST = 100;

  static final Key<Domain> HOSTNAME =
      new Key<>(
          "hostname",
          settings -> settings.surroundings().hostname(),
          "our name in the greeting, in the answer to EHLO, in Received",
          Key.Form.ONE,
          Names::domain);
  static final Key<List<Domain>> DOMAINS =
      new Key<>(
          "domains",
          settings -> Names.distinct(settings.get(HOSTNAME).text(), "localhost"),
          "mail for these is ours",
          Key.Form.LIST,
          Names::domains);
  static final Key<Path> DATA =
      one("data", "data", "folder of the embedded store and of the control socket", Names::folder);
  static final Key<String> STORE_URL =
      one(
          "store.url",
          "",
          "postgresql://user:password@host/db; empty: SQLite in the data folder",
          StoreUrl::read);
  static final Key<List<Endpoint>> LISTEN_SMTP =
      list(
          "listen.smtp",
          "127.0.0.1:2525",
          "server-to-server and hand-typed mail; empty: closed",
          Endpoint::list);
  static final Key<List<Endpoint>> LISTEN_POP3 =
      list(
          "listen.pop3",
          "127.0.0.1:2110",
          "where users fetch their mail; empty: closed",
          Endpoint::list);
  static final Key<Long> SMTP_SIZE_MAX =
      one(
          "smtp.size-max",
          "35651584",
          "the largest mail, in octets; 552 beyond",
          Amounts.size(SIZE_LEAST, Integer.MAX_VALUE));
  static final Key<Integer> SMTP_RECIPIENTS_MAX =
      one(
          "smtp.recipients-max",
          "1000",
          "recipients of one mail; 452 beyond",
          Amounts.count(RECIPIENTS_LEAST, 100_000));
  static final Key<Boolean> SMTP_STRICT =
      one(
          "smtp.strict",
          "false",
          "refuse what people type and the RFC does not allow",
          Amounts::flag);
  static final Key<Duration> SMTP_GREET_PAUSE =
      one(
          "smtp.greet-pause",
          "0s",
          "watch so long for clients that talk before the greeting",
          Amounts.duration(ZERO, ofSeconds(60)));
  static final Key<CleartextPasswords> CLEARTEXT_PASSWORDS =
      one(
          "policy.cleartext-passwords",
          "loopback",
          "where passwords may come without TLS: loopback or never",
          Amounts.choice(CleartextPasswords.class));
  static final Key<Integer> CONNECTIONS =
      one(
          "limits.connections",
          "20000",
          "conversations at one time; 421 beyond",
          Amounts.count(1, 1_000_000));
  static final Key<Integer> ERRORS =
      one(
          "limits.errors",
          "20",
          "wrong commands in one conversation; 421 beyond",
          Amounts.count(1, 1_000_000));
  static final Key<Duration> COMMAND_TIMEOUT =
      one("limits.command-timeout", "5m", "how long we wait for a command", waiting());
  static final Key<Duration> DATA_TIMEOUT =
      one("limits.data-timeout", "3m", "how long we wait for more of a mail", waiting());
  static final Key<Duration> POP3_IDLE =
      one("limits.pop3-idle", "10m", "how long a POP3 session may be silent", waiting());
  static final Key<Long> QUOTA =
      one(
          "limits.quota",
          "0",
          "what a new account may keep unless user add says otherwise; 0: no limit",
          Amounts.size(0, Long.MAX_VALUE));

  /** In the order in which people read them; a default looks only at keys before it. */
  static final List<Key<?>> ALL =
      List.of(
          HOSTNAME,
          DOMAINS,
          DATA,
          STORE_URL,
          LISTEN_SMTP,
          LISTEN_POP3,
          SMTP_SIZE_MAX,
          SMTP_RECIPIENTS_MAX,
          SMTP_STRICT,
          SMTP_GREET_PAUSE,
          CLEARTEXT_PASSWORDS,
          CONNECTIONS,
          ERRORS,
          COMMAND_TIMEOUT,
          DATA_TIMEOUT,
          POP3_IDLE,
          QUOTA);

  private Keys() {}

  static Optional<Key<?>> named(String name) {
    return ALL.stream().filter(key -> key.name().equals(name)).findFirst();
  }

  private static Key.Reader<Duration> waiting() {
    return Amounts.duration(ofSeconds(1), ofDays(1));
  }

  private static <T> Key<T> one(String name, String text, String meaning, Key.Reader<T> reader) {
    return new Key<>(name, settings -> text, meaning, Key.Form.ONE, reader);
  }

  private static <T> Key<T> list(String name, String text, String meaning, Key.Reader<T> reader) {
    return new Key<>(name, settings -> text, meaning, Key.Form.LIST, reader);
  }
}
