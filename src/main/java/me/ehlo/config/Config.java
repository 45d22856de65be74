package me.ehlo.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import me.ehlo.lines.ContentLimits;
import me.ehlo.mail.Domain;
import me.ehlo.mail.Mailbox;
import me.ehlo.mail.Network;

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
    Tls tls,
    Smtp smtp,
    Policy policy,
    Relay relay,
    Queue queue,
    Dns dns,
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

  /**
   * Our doors; an empty list is a closed one.
   *
   * @param submissions with TLS from the first octet, as {@code pop3s}
   * @param submit the socket for programs on this machine; absolute
   * @param proxyFrom who begins a connection by saying for whom it is made
   */
  public record Listen(
      List<Endpoint> smtp,
      List<Endpoint> submission,
      List<Endpoint> submissions,
      List<Endpoint> pop3,
      List<Endpoint> pop3s,
      Optional<Path> submit,
      List<Network> proxyFrom) {
    public Listen {
      smtp = List.copyOf(smtp);
      submission = List.copyOf(submission);
      submissions = List.copyOf(submissions);
      pop3 = List.copyOf(pop3);
      pop3s = List.copyOf(pop3s);
      proxyFrom = List.copyOf(proxyFrom);
    }
  }

  /**
   * Who we are to those who speak TLS to us.
   *
   * @param certificates PEM files, each a certificate and its chain; empty: one of our own making
   * @param keys PEM files with their private keys, in any order
   */
  public record Tls(List<Path> certificates, List<Path> keys) {
    public Tls {
      certificates = List.copyOf(certificates);
      keys = List.copyOf(keys);
    }
  }

  /**
   * How we speak SMTP.
   *
   * @param strict refuse what people type and the RFC does not allow
   * @param greetPause how long we watch for clients that talk before the greeting; zero: not at all
   * @param xclientFrom who may say who the client is, with XCLIENT
   * @param duplicateWindow how long a mail is known again after a lost 250 (RFC 1047); empty: not at all
   */
  public record Smtp(
      long sizeMaxOctets,
      int recipientsMax,
      boolean strict,
      Duration greetPause,
      Optional<Duration> duplicateWindow,
      List<Network> xclientFrom) {
    public Smtp {
      xclientFrom = List.copyOf(xclientFrom);
    }
  }

  /**
   * What this site allows.
   *
   * @param relayNetworks who may send to other sites without a password
   * @param submitUsers the names of users of this machine who may send without a password; empty: all may
   * @param popBeforeSmtp how long after a POP3 login its address may send to other sites; empty: not at all
   * @param scram whether SCRAM is offered, and its verifiers are made
   * @param greylisting how long a stranger's first mail waits; empty: not at all
   * @param dnsbl zones that list bad senders
   */
  public record Policy(
      List<Network> relayNetworks,
      SenderDomain senderDomain,
      SenderAddress sender,
      Optional<Set<String>> submitUsers,
      Optional<Duration> popBeforeSmtp,
      CleartextPasswords cleartextPasswords,
      boolean scram,
      Optional<Duration> greylisting,
      List<Domain> dnsbl) {
    public Policy {
      relayNetworks = List.copyOf(relayNetworks);
      dnsbl = List.copyOf(dnsbl);
    }
  }

  /** What is asked of the domain in MAIL FROM. */
  public enum SenderDomain {
    ANY,
    MUST_EXIST
  }

  /** Whose address must stand in MAIL FROM when the mail goes to another site. */
  public enum SenderAddress {
    ANY,
    OURS
  }

  /** Where a password may be sent without TLS. */
  public enum CleartextPasswords {
    LOOPBACK,
    NEVER
  }

  /**
   * How mail leaves.
   *
   * @param smartHost where all of it goes that no route is for; empty: where the DNS says
   * @param login what the smart host wants to know before it takes mail from us
   * @param port of hosts that MX records name
   * @param connections at one time, to all other servers together
   * @param perDestination connections at one time to one destination
   */
  public record Relay(
      Optional<Endpoint> smartHost,
      Optional<Login> login,
      RelayTls tls,
      List<Route> routes,
      int port,
      int connections,
      int perDestination) {
    public Relay {
      routes = List.copyOf(routes);
    }
  }

  /** A user name and a password. */
  public record Login(String user, String password) {

    /** Without the password. */
    @Override
    public String toString() {
      return "Login[user=" + user + "]";
    }
  }

  /** What is asked of the encryption of mail that leaves. */
  public enum RelayTls {
    OPPORTUNISTIC,
    REQUIRE,
    VERIFY
  }

  /**
   * When mail leaves.
   *
   * @param deliverEvery the interval at which it is sent together; empty: at once
   * @param etrnFrom who may start the queue with ETRN (RFC 1985)
   * @param doubleBounceTo who reads reports that cannot be delivered; empty: nobody
   * @param retry the pauses between attempts; never empty, the last repeats
   * @param expire when a mail is given up, from its acceptance
   * @param warn when the sender is told that it takes long; empty: never
   */
  public record Queue(
      Optional<Duration> deliverEvery,
      List<Network> etrnFrom,
      Optional<Mailbox> doubleBounceTo,
      List<Duration> retry,
      Duration expire,
      Optional<Duration> warn) {
    public Queue {
      etrnFrom = List.copyOf(etrnFrom);
      retry = List.copyOf(retry);
    }
  }

  /**
   * Whom we ask for names.
   *
   * @param servers by address; empty: the system's
   */
  public record Dns(List<Endpoint> servers) {
    public Dns {
      servers = List.copyOf(servers);
    }
  }

  /**
   * What a client may cost.
   *
   * @param connections conversations at one time: in all, with one address, with one network
   * @param connectionRate conversations a minute from one address
   * @param mailRate mails a minute from one address
   * @param accountRecipients recipients an hour that one account may write to
   * @param errors wrong commands in one conversation before 421
   * @param idleCommands commands that lead nowhere, between two mails, before 421
   * @param loopback whether caps, rates, blocks and tarpit hold for this machine itself
   * @param quotaOctets what a new account may keep, unless {@code user add} says otherwise; 0: no limit
   */
  public record Limits(
      Connections connections,
      int connectionRate,
      int mailRate,
      int accountRecipients,
      int errors,
      int idleCommands,
      Guessing guessing,
      boolean loopback,
      Times times,
      ContentLimits content,
      long quotaOctets) {

    /** Conversations at one time. */
    public record Connections(int inAll, int address, int network) {}

    /**
     * What becomes of who guesses passwords.
     *
     * @param guesses wrong ones before a block
     * @param block how long it lasts, and how long guesses are remembered
     * @param tarpit how long the answer waits
     */
    public record Guessing(int guesses, Duration block, Duration tarpit) {}

    /**
     * How long things may take.
     *
     * @param data for each read of a mail's content
     * @param mail for all of it
     * @param dataRate octets a second at which it must come, on average; 0: any
     */
    public record Times(
        Duration command,
        Duration data,
        Duration mail,
        long dataRate,
        Duration handshake,
        Duration pop3Idle) {}
  }

  static Config of(Settings settings) {
    return new Config(
        settings.get(Keys.HOSTNAME),
        settings.get(Keys.DOMAINS),
        settings.get(Keys.DATA),
        new Store(settings.get(Keys.STORE_URL)),
        new Listen(
            settings.get(Keys.LISTEN_SMTP),
            settings.get(Keys.LISTEN_SUBMISSION),
            settings.get(Keys.LISTEN_SUBMISSIONS),
            settings.get(Keys.LISTEN_POP3),
            settings.get(Keys.LISTEN_POP3S),
            submitSocket(settings),
            settings.get(Keys.LISTEN_PROXY_FROM)),
        new Tls(settings.get(Keys.TLS_CERTIFICATE), settings.get(Keys.TLS_KEY)),
        new Smtp(
            settings.get(Keys.SMTP_SIZE_MAX),
            settings.get(Keys.SMTP_RECIPIENTS_MAX),
            settings.get(Keys.SMTP_STRICT),
            settings.get(Keys.SMTP_GREET_PAUSE),
            settings.get(Keys.SMTP_DUPLICATE_WINDOW),
            settings.get(Keys.SMTP_XCLIENT_FROM)),
        new Policy(
            settings.get(Keys.RELAY_NETWORKS),
            settings.get(Keys.SENDER_DOMAIN),
            settings.get(Keys.SENDER),
            settings.get(Keys.SUBMIT_USERS),
            settings.get(Keys.POP_BEFORE_SMTP),
            settings.get(Keys.CLEARTEXT_PASSWORDS),
            settings.get(Keys.SCRAM),
            settings.get(Keys.GREYLISTING),
            settings.get(Keys.DNSBL)),
        relay(settings),
        queue(settings),
        new Dns(settings.get(Keys.DNS_SERVERS)),
        limits(settings));
  }

  static Optional<Path> submitSocket(Settings settings) {
    return settings.get(Keys.LISTEN_SUBMIT).map(settings.get(Keys.DATA)::resolve);
  }

  private static Limits limits(Settings settings) {
    return new Limits(
        new Limits.Connections(
            settings.get(LimitKeys.CONNECTIONS),
            settings.get(LimitKeys.ADDRESS_CONNECTIONS),
            settings.get(LimitKeys.NETWORK_CONNECTIONS)),
        settings.get(LimitKeys.CONNECTION_RATE),
        settings.get(LimitKeys.MAIL_RATE),
        settings.get(LimitKeys.ACCOUNT_RECIPIENTS),
        settings.get(LimitKeys.ERRORS),
        settings.get(LimitKeys.IDLE_COMMANDS),
        new Limits.Guessing(
            settings.get(LimitKeys.GUESSES),
            settings.get(LimitKeys.BLOCK),
            settings.get(LimitKeys.TARPIT)),
        settings.get(LimitKeys.LOOPBACK),
        new Limits.Times(
            settings.get(LimitKeys.COMMAND_TIMEOUT),
            settings.get(LimitKeys.DATA_TIMEOUT),
            settings.get(LimitKeys.MAIL_TIMEOUT),
            settings.get(LimitKeys.DATA_RATE),
            settings.get(LimitKeys.HANDSHAKE_TIMEOUT),
            settings.get(LimitKeys.POP3_IDLE)),
        new ContentLimits(
            settings.get(LimitKeys.HEADER_SIZE),
            settings.get(LimitKeys.HEADER_FIELDS),
            settings.get(LimitKeys.MIME_DEPTH),
            settings.get(LimitKeys.MIME_PARTS)),
        settings.get(LimitKeys.QUOTA));
  }

  private static Relay relay(Settings settings) {
    Optional<Login> login =
        settings
            .get(Keys.RELAY_PASSWORD_FILE)
            .map(file -> new Login(settings.get(Keys.RELAY_USER), file.password()));
    return new Relay(
        settings.get(Keys.RELAY_SMART_HOST),
        login,
        settings.get(Keys.RELAY_TLS),
        settings.get(Keys.RELAY_ROUTES),
        settings.get(Keys.RELAY_PORT),
        settings.get(Keys.RELAY_CONNECTIONS),
        settings.get(Keys.RELAY_PER_DESTINATION));
  }

  private static Queue queue(Settings settings) {
    return new Queue(
        settings.get(Keys.QUEUE_DELIVER),
        settings.get(Keys.QUEUE_ETRN_FROM),
        settings.get(Keys.QUEUE_DOUBLE_BOUNCE_TO),
        settings.get(Keys.QUEUE_RETRY),
        settings.get(Keys.QUEUE_EXPIRE),
        settings.get(Keys.QUEUE_WARN));
  }
}
