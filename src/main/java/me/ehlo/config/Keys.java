package me.ehlo.config;

import static java.time.Duration.ZERO;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import me.ehlo.config.Config.CleartextPasswords;
import me.ehlo.config.Config.RelayTls;
import me.ehlo.config.Config.SenderAddress;
import me.ehlo.config.Config.SenderDomain;
import me.ehlo.mail.Domain;
import me.ehlo.mail.Mailbox;
import me.ehlo.mail.Network;

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
  static final Key<List<Endpoint>> LISTEN_SUBMISSION =
      list(
          "listen.submission",
          "127.0.0.1:2587",
          "where users send their mail, STARTTLS and AUTH; empty: closed",
          Endpoint::list);
  static final Key<List<Endpoint>> LISTEN_SUBMISSIONS =
      list(
          "listen.submissions",
          "127.0.0.1:2465",
          "the same with TLS from the first octet; empty: closed",
          Endpoint::list);
  static final Key<List<Endpoint>> LISTEN_POP3 =
      list(
          "listen.pop3",
          "127.0.0.1:2110",
          "where users fetch their mail; empty: closed",
          Endpoint::list);
  static final Key<List<Endpoint>> LISTEN_POP3S =
      list(
          "listen.pop3s",
          "127.0.0.1:2995",
          "the same with TLS from the first octet; empty: closed",
          Endpoint::list);
  static final Key<Optional<Path>> LISTEN_SUBMIT =
      one(
          "listen.submit",
          "submit.sock",
          "the socket by which programs here send mail (ehlo sendmail), in data; empty: closed",
          Names::path);
  static final Key<List<Network>> LISTEN_PROXY_FROM =
      list(
          "listen.proxy-from",
          "",
          "proxies, which begin each connection with who the client is (PROXY protocol)",
          Names::networks);
  static final Key<List<Path>> TLS_CERTIFICATE =
      list(
          "tls.certificate",
          "",
          "PEM files, each a certificate and its chain; empty: one of our own making",
          Names::files);
  static final Key<List<Path>> TLS_KEY =
      list(
          "tls.key",
          "",
          "PEM files with the private keys; which belongs to which certificate is found out",
          Names::files);
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
  static final Key<Optional<Duration>> SMTP_DUPLICATE_WINDOW =
      one(
          "smtp.duplicate-window",
          "10m",
          "so long a mail that came twice after a lost 250 is one mail; off: never",
          Amounts.durationOr("off", ofSeconds(1), ofDays(1)));
  static final Key<List<Network>> SMTP_XCLIENT_FROM =
      list(
          "smtp.xclient-from",
          "",
          "addresses and networks that may say who the client is, with XCLIENT",
          Names::networks);
  static final Key<List<Network>> RELAY_NETWORKS =
      list(
          "policy.relay-networks",
          "",
          "addresses and networks that may send to other sites without a password",
          Names::networks);
  static final Key<SenderDomain> SENDER_DOMAIN =
      one(
          "policy.sender-domain",
          "any",
          "must-exist: refuse senders whose domain has no MX, A or AAAA",
          Amounts.choice(SenderDomain.class));
  static final Key<SenderAddress> SENDER =
      one(
          "policy.sender",
          "any",
          "ours: who sends to other sites must do so from a domain of ours",
          Amounts.choice(SenderAddress.class));
  static final Key<Optional<Set<String>>> SUBMIT_USERS =
      list(
          "policy.submit-users",
          "any",
          "users of this machine that may send by listen.submit; any: all of them",
          Names::users);
  static final Key<Optional<Duration>> POP_BEFORE_SMTP =
      one(
          "policy.pop-before-smtp",
          "off",
          "so long after a POP3 login its address may send to other sites; off: never",
          Amounts.durationOr("off", ofSeconds(1), ofDays(1)));
  static final Key<CleartextPasswords> CLEARTEXT_PASSWORDS =
      one(
          "policy.cleartext-passwords",
          "loopback",
          "where passwords may come without TLS: loopback or never",
          Amounts.choice(CleartextPasswords.class));
  static final Key<Boolean> SCRAM =
      one(
          "policy.scram",
          "off",
          "on: offer SCRAM-SHA-256, for passwords set from then on",
          Amounts::onOff);
  static final Key<Optional<Duration>> GREYLISTING =
      one(
          "policy.greylisting",
          "off",
          "or how long a stranger's first mail waits, 5m: 451 until it is tried again",
          Amounts.durationOr("off", ofSeconds(1), ofDays(1)));
  static final Key<List<Domain>> DNSBL =
      list(
          "policy.dnsbl",
          "",
          "zones of the DNS that list bad senders; mail from whom they list is refused",
          Names::zones);
  static final Key<Optional<Endpoint>> RELAY_SMART_HOST =
      one(
          "relay.smart-host",
          "",
          "the server that takes all our mail to other sites, host:port; empty: by MX",
          Servers::smartHost);
  static final Key<String> RELAY_USER =
      one(
          "relay.user",
          "",
          "our name at the smart host; said over verified TLS only",
          (text, _) -> text);
  static final Key<Optional<PasswordFile>> RELAY_PASSWORD_FILE =
      one(
          "relay.password-file",
          "",
          "the file whose first line is our password at the smart host",
          PasswordFile::read);
  static final Key<RelayTls> RELAY_TLS =
      one(
          "relay.tls",
          "opportunistic",
          "encrypt where offered (opportunistic), always (require), with a certificate (verify)",
          Amounts.choice(RelayTls.class));
  static final Key<List<Route>> RELAY_ROUTES =
      new Key<>(
          "relay.routes",
          _ -> "",
          "other ways: \"example.org\" or \"*.example.org\" = \"host:port tls=verify\", or \"mx\"",
          Key.Form.TABLE,
          Route::table);
  static final Key<Integer> RELAY_PORT =
      one(
          "relay.port",
          "25",
          "port of the hosts that MX records name; another is for tests",
          Amounts.count(1, 65_535));
  static final Key<Integer> RELAY_CONNECTIONS =
      one(
          "relay.connections",
          "200",
          "connections to other servers at one time",
          Amounts.count(1, 100_000));
  static final Key<Integer> RELAY_PER_DESTINATION =
      one(
          "relay.per-destination",
          "20",
          "connections to one destination at one time, at most",
          Amounts.count(1, 10_000));
  static final Key<Optional<Duration>> QUEUE_DELIVER =
      one(
          "queue.deliver",
          "at once",
          "or an interval, 30m: mail to other sites is kept and sent together",
          Amounts.durationOr("at once", ofSeconds(1), ofDays(7)));
  static final Key<List<Network>> QUEUE_ETRN_FROM =
      list(
          "queue.etrn-from",
          "127.0.0.0/8,::1",
          "addresses and networks that may start the queue with ETRN",
          Names::networks);
  static final Key<Optional<Mailbox>> QUEUE_DOUBLE_BOUNCE_TO =
      one(
          "queue.double-bounce-to",
          "",
          "who reads reports that cannot be delivered; empty: nobody",
          Names::mailbox);
  static final Key<List<Duration>> QUEUE_RETRY =
      list(
          "queue.retry",
          "5m,15m,30m,1h,2h,4h",
          "pauses between attempts; the last repeats",
          Amounts.durations(ofMillis(100), ofDays(7)));
  static final Key<Duration> QUEUE_EXPIRE =
      one(
          "queue.expire",
          "5d",
          "when a mail that cannot be delivered is given up",
          Amounts.duration(ofSeconds(1), ofDays(100)));
  static final Key<Optional<Duration>> QUEUE_WARN =
      one(
          "queue.warn",
          "4h",
          "when the sender is told that a mail takes long; off: never",
          Amounts.durationOr("off", ofSeconds(1), ofDays(100)));
  static final Key<List<Endpoint>> DNS_SERVERS =
      list(
          "dns.servers",
          "",
          "servers of the DNS, address or address:port; empty: the system's",
          Servers::dns);

  /** In the order in which people read them; a default looks only at keys before it. */
  static final List<Key<?>> ALL =
      Stream.concat(
              Stream.of(
                  HOSTNAME,
                  DOMAINS,
                  DATA,
                  STORE_URL,
                  LISTEN_SMTP,
                  LISTEN_SUBMISSION,
                  LISTEN_SUBMISSIONS,
                  LISTEN_POP3,
                  LISTEN_POP3S,
                  LISTEN_SUBMIT,
                  LISTEN_PROXY_FROM,
                  TLS_CERTIFICATE,
                  TLS_KEY,
                  SMTP_SIZE_MAX,
                  SMTP_RECIPIENTS_MAX,
                  SMTP_STRICT,
                  SMTP_GREET_PAUSE,
                  SMTP_DUPLICATE_WINDOW,
                  SMTP_XCLIENT_FROM,
                  RELAY_NETWORKS,
                  SENDER_DOMAIN,
                  SENDER,
                  SUBMIT_USERS,
                  POP_BEFORE_SMTP,
                  CLEARTEXT_PASSWORDS,
                  SCRAM,
                  GREYLISTING,
                  DNSBL,
                  RELAY_SMART_HOST,
                  RELAY_USER,
                  RELAY_PASSWORD_FILE,
                  RELAY_TLS,
                  RELAY_ROUTES,
                  RELAY_PORT,
                  RELAY_CONNECTIONS,
                  RELAY_PER_DESTINATION,
                  QUEUE_DELIVER,
                  QUEUE_ETRN_FROM,
                  QUEUE_DOUBLE_BOUNCE_TO,
                  QUEUE_RETRY,
                  QUEUE_EXPIRE,
                  QUEUE_WARN,
                  DNS_SERVERS),
              LimitKeys.ALL.stream())
          .toList();

  private Keys() {}

  static Optional<Key<?>> named(String name) {
    return ALL.stream().filter(key -> key.name().equals(name)).findFirst();
  }

  /** The table whose entry this names: {@code relay.routes.example.org} is one of {@code relay.routes}. */
  static Optional<Key<?>> tableAbove(String name) {
    return ALL.stream()
        .filter(key -> key.form() == Key.Form.TABLE && name.startsWith(key.name() + "."))
        .findFirst();
  }

  static <T> Key<T> one(String name, String text, String meaning, Key.Reader<T> reader) {
    return new Key<>(name, settings -> text, meaning, Key.Form.ONE, reader);
  }

  private static <T> Key<T> list(String name, String text, String meaning, Key.Reader<T> reader) {
    return new Key<>(name, settings -> text, meaning, Key.Form.LIST, reader);
  }
}
