package me.ehlo.config;

import static java.time.Duration.ZERO;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofSeconds;

import java.time.Duration;
import java.util.List;

/** The keys of what a client may cost, a part of {@link Keys#ALL}. */
final class LimitKeys {
  static final Key<Integer> CONNECTIONS =
      count(
          "limits.connections", "20000", "conversations at one time, at all doors; 421 beyond", 1);
  static final Key<Integer> ADDRESS_CONNECTIONS =
      count(
          "limits.address-connections",
          "50",
          "conversations at one time with one address, IPv6 by /64; 421 beyond",
          1);
  static final Key<Integer> NETWORK_CONNECTIONS =
      count(
          "limits.network-connections",
          "500",
          "conversations at one time with one network, IPv4 /24 or IPv6 /48; 421 beyond",
          1);
  static final Key<Integer> CONNECTION_RATE =
      count("limits.connection-rate", "600", "conversations a minute from one address; 421", 1);
  static final Key<Integer> MAIL_RATE =
      count("limits.mail-rate", "1200", "mails a minute from one address; 451 beyond", 1);
  static final Key<Integer> ACCOUNT_RECIPIENTS =
      count(
          "limits.account-recipients",
          "2000",
          "recipients an hour that one account may write to; 450 beyond",
          1);
  static final Key<Integer> ERRORS =
      count(
          "limits.errors",
          "20",
          "wrong commands in one conversation, and a hundred times as many put off; 421 beyond",
          1);
  static final Key<Integer> IDLE_COMMANDS =
      count(
          "limits.idle-commands",
          "100",
          "NOOP, RSET, VRFY and the like between two mails, in POP3 all before the login; 421 beyond",
          1);
  static final Key<Integer> GUESSES =
      count(
          "limits.guesses",
          "10",
          "wrong passwords from one address, or for one account, before it is blocked",
          1);
  static final Key<Duration> BLOCK =
      Keys.one(
          "limits.block",
          "15m",
          "how long who guesses passwords is blocked, and how long guesses are remembered",
          Amounts.duration(ofSeconds(1), ofDays(7)));
  static final Key<Duration> TARPIT =
      Keys.one(
          "limits.tarpit",
          "2s",
          "how long the answer to a wrong password waits, more with each; 0s: not at all",
          Amounts.duration(ZERO, ofSeconds(60)));
  static final Key<Boolean> LOOPBACK =
      Keys.one(
          "limits.loopback",
          "off",
          "on: caps, rates, blocks and tarpit hold for this machine itself, too",
          Amounts::onOff);
  static final Key<Duration> COMMAND_TIMEOUT =
      Keys.one("limits.command-timeout", "5m", "how long we wait for a command", waiting());
  static final Key<Duration> DATA_TIMEOUT =
      Keys.one("limits.data-timeout", "3m", "how long we wait for more of a mail", waiting());
  static final Key<Duration> MAIL_TIMEOUT =
      Keys.one("limits.mail-timeout", "1h", "how long the whole of a mail may take", waiting());
  static final Key<Long> DATA_RATE =
      Keys.one(
          "limits.data-rate",
          "500",
          "octets a second at which a mail must come, on average after the first minute; 0: any",
          Amounts.size(0, Integer.MAX_VALUE));
  static final Key<Duration> HANDSHAKE_TIMEOUT =
      Keys.one("limits.handshake-timeout", "30s", "how long a TLS handshake may take", waiting());
  static final Key<Duration> POP3_IDLE =
      Keys.one("limits.pop3-idle", "10m", "how long a POP3 session may be silent", waiting());
  static final Key<Long> HEADER_SIZE =
      Keys.one(
          "limits.header-size",
          "1 MiB",
          "octets of a mail's header, and of all headers of its parts; 552 beyond",
          Amounts.size(64 * 1024, Integer.MAX_VALUE));
  static final Key<Integer> HEADER_FIELDS =
      count("limits.header-fields", "5000", "fields in one header; 554 beyond", 100);
  static final Key<Integer> MIME_DEPTH =
      count("limits.mime-depth", "100", "levels of parts within parts; 554 beyond", 10);
  static final Key<Integer> MIME_PARTS =
      count("limits.mime-parts", "10000", "parts of one mail; 554 beyond", 100);
  static final Key<Long> QUOTA =
      Keys.one(
          "limits.quota",
          "0",
          "what a new account may keep unless user add says otherwise; 0: no limit",
          Amounts.size(0, Long.MAX_VALUE));

  /** In the order in which people read them. */
  static final List<Key<?>> ALL =
      List.of(
          CONNECTIONS,
          ADDRESS_CONNECTIONS,
          NETWORK_CONNECTIONS,
          CONNECTION_RATE,
          MAIL_RATE,
          ACCOUNT_RECIPIENTS,
          ERRORS,
          IDLE_COMMANDS,
          GUESSES,
          BLOCK,
          TARPIT,
          LOOPBACK,
          COMMAND_TIMEOUT,
          DATA_TIMEOUT,
          MAIL_TIMEOUT,
          DATA_RATE,
          HANDSHAKE_TIMEOUT,
          POP3_IDLE,
          HEADER_SIZE,
          HEADER_FIELDS,
          MIME_DEPTH,
          MIME_PARTS,
          QUOTA);

  private LimitKeys() {}

  private static Key<Integer> count(String name, String text, String meaning, int least) {
    return Keys.one(name, text, meaning, Amounts.count(least, 1_000_000));
  }

  private static Key.Reader<Duration> waiting() {
    return Amounts.duration(ofSeconds(1), ofDays(1));
  }
}
