package me.ehlo.conversation;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.password4j.Argon2Function;
import com.password4j.Password;
import com.password4j.types.Argon2;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import me.ehlo.access.Account;
import me.ehlo.access.AccountPolicy;
import me.ehlo.access.AccountRates;
import me.ehlo.access.Alias;
import me.ehlo.access.Directory;
import me.ehlo.access.DomainLookup;
import me.ehlo.access.Greylisting;
import me.ehlo.access.KnownGood;
import me.ehlo.access.LoginRules;
import me.ehlo.access.Logins;
import me.ehlo.access.Ownership;
import me.ehlo.access.Passwords;
import me.ehlo.access.Postmaster;
import me.ehlo.access.QueueStarts;
import me.ehlo.access.Rate;
import me.ehlo.access.RecentLogins;
import me.ehlo.access.Recipients;
import me.ehlo.access.Relaying;
import me.ehlo.access.SitePolicy;
import me.ehlo.access.StoredPassword;
import me.ehlo.access.Strangers;
import me.ehlo.dns.Dnsbl;
import me.ehlo.dns.RamDns;
import me.ehlo.dns.SenderDomains;
import me.ehlo.front.Encryption;
import me.ehlo.front.Pop3Door;
import me.ehlo.lines.ContentLimits;
import me.ehlo.mail.AddressParser;
import me.ehlo.mail.Domain;
import me.ehlo.mail.Envelope;
import me.ehlo.mail.ForwardPath;
import me.ehlo.mail.Mailbox;
import me.ehlo.mail.Network;
import me.ehlo.mail.Parsed;
import me.ehlo.mail.Recipient;
import me.ehlo.mail.ReversePath;
import me.ehlo.mail.StorageFailure;
import me.ehlo.net.TlsServer;
import me.ehlo.pop3.Pop3Limits;
import me.ehlo.relay.Tls;
import me.ehlo.script.BadScript;
import me.ehlo.script.Script;
import me.ehlo.script.Script.Given;
import me.ehlo.smtp.server.House;
import me.ehlo.smtp.server.Policy;
import me.ehlo.smtp.server.Service;
import me.ehlo.spool.MailIds;
import me.ehlo.spool.RamArrivals;
import me.ehlo.store.Post;
import me.ehlo.store.RamStore;
import me.ehlo.trace.Journal;

/**
 * Where a script is played: the house as its {@code given} lines describe it, in memory, with a clock that stands still.
 *
 * <pre>
 * given  users       bob ann@second.test   (of ehlo.test unless said otherwise; the password is "secret")
 * given  domains     ehlo.test second.test (ours; the first is the default)
 * given  password    bob two words
 * given  alias       sales bob ann
 * given  quota       bob 1000              (octets)
 * given  mail        bob                   (in his maildrop already: the block below, behind "Return-Path: &lt;&gt;")
 * given  locked      bob                   (another session holds his maildrop)
 * given  strict                            (smtp.strict)
 * given  size-max    1000
 * given  recipients-max 100
 * given  errors-max  20
 * given  account-recipients 1000           (limits.account-recipients)
 * given  content-limits 1048576 5000 100 10000 (limits.header-size, -fields, mime-depth, mime-parts)
 * given  idle-commands-max 100
 * given  logins-max  5
 * given  client      127.0.0.9             (a loopback address, or the script is only played without a socket)
 * given  relay-networks 127.0.0.9/32       (policy.relay-networks)
 * given  relay-senders ours                (policy.sender)
 * given  sender-domain must-exist          (policy.sender-domain)
 * given  mx          a.test mx.a.test      (what the DNS says: an MX record, "." a null one)
 * given  address     b.test 192.0.2.1      (...an address)
 * given  dns-trouble c.test                (...nothing, just now; names that nobody gives do not exist)
 * given  tls                               (STARTTLS is offered; the script says when: "! tls")
 * given  implicit-tls                      (the conversation is encrypted from the start)
 * given  submission                        (a door for our users, RFC 6409)
 * given  xclient-from 127.0.0.0/8          (smtp.xclient-from)
 * given  dnsbl      bl.test                (policy.dnsbl; who is listed says "given address" and "given text")
 * given  text       9.0.0.127.bl.test spam (what the DNS says: a TXT record)
 * given  greylisting 300                   (policy.greylisting, in seconds)
 * given  known-guest 127.0.0.0/24          (a network from which mail was taken before)
 * given  mail-rate  2                      (limits.mail-rate; limits.loopback is on)
 * given  etrn-from   127.0.0.0/8            (queue.etrn-from)
 * given  queue-out-of-reach                (nobody can tell what waits)
 * given  no-passwords                      (none are taken on this connection)
 * given  busy                              (too many are logging in)
 * given  at-once                           (what stands without an answer between is sent in one write, never by octets)
 * </pre>
 */
final class Scene {
  static final Instant NOW = Instant.parse("2026-11-21T09:02:13Z");
  static final InstantSource CLOCK = InstantSource.fixed(NOW);
  static final ZoneId ZONE = ZoneOffset.UTC;
  private static final String IPV6_LOOPBACK = "0:0:0:0:0:0:0:1";
  private static final Map<String, String> HASHES = new ConcurrentHashMap<>();

  final Script script;
  final RamStore store = new RamStore();
  final RamArrivals arrivals = new RamArrivals();
  final MailIds ids = new MailIds(CLOCK, new Random(1));
  private List<Domain> domains = List.of(Domain.ofAscii("ehlo.test"));
  private boolean strict;
  private boolean atOnce;
  private boolean takesPasswords = true;
  private boolean busy;
  private boolean startTls;
  private boolean implicitTls;
  private Service service = Service.TRANSFER;
  private final List<Network> xclientFrom = new ArrayList<>();
  private long sizeMax = 35_651_584;
  private int recipientsMax = 1000;
  private int errorsMax = 100;
  private int accountRecipients = 1000;
  private ContentLimits contentLimits = ContentLimits.DEFAULT;
  private int idleCommandsMax = 100;
  private int loginsMax = Pop3Limits.DEFAULT.loginsMax();
  private String client = "127.0.0.1";
  private final List<Network> etrnFrom = new ArrayList<>();
  private final List<Network> relayNetworks = new ArrayList<>();
  private Relaying.Senders relaySenders = Relaying.Senders.ANY;
  private final List<Domain> zones = new ArrayList<>();
  private Optional<Duration> greylisting = Optional.empty();
  private int mailRate = 1_000_000;
  private final RamDns dns = new RamDns();
  private DomainLookup senderDomains = DomainLookup.NOT_ASKED;

  Scene(Script script) {
    this.script = script;
    try {
      for (Given given : script.givens()) {
        set(given);
      }
      Postmaster.ensure(store.directory(), domains.getFirst());
    } catch (StorageFailure e) {
      throw new IllegalStateException(e);
    }
  }

  private void set(Given given) throws StorageFailure {
    switch (given.what()) {
      case "domains" -> domains = given.words().stream().map(Domain::ofAscii).toList();
      case "users" -> addUsers(given);
      case "password" ->
          store
              .directory()
              .setPassword(user(given.word(0)).id(), StoredPassword.main(hash(given.wordsFrom(1))));
      case "alias" -> addAlias(given);
      case "quota" -> store.directory().setQuota(user(given.word(0)).id(), given.number(1));
      case "mail" -> addMail(given);
      case "locked" -> store.maildrops().open(user(given.word(0)).id());
      case "strict" -> strict = true;
      case "size-max" -> sizeMax = given.number(0);
      case "recipients-max" -> recipientsMax = given.number(0);
      case "account-recipients" -> accountRecipients = given.number(0);
      case "content-limits" ->
          contentLimits =
              new ContentLimits(given.number(0), given.number(1), given.number(2), given.number(3));
      case "errors-max" -> errorsMax = given.number(0);
      case "idle-commands-max" -> idleCommandsMax = given.number(0);
      case "logins-max" -> loginsMax = given.number(0);
      case "client" -> client = given.word(0);
      case "relay-networks" -> given.words().forEach(word -> relayNetworks.add(network(word)));
      case "tls" -> startTls = true;
      case "implicit-tls" -> implicitTls = true;
      case "submission" -> service = Service.SUBMISSION;
      case "xclient-from" -> given.words().forEach(word -> xclientFrom.add(network(word)));
      case "etrn-from" -> given.words().forEach(word -> etrnFrom.add(network(word)));
      case "queue-out-of-reach" -> arrivals.fail();
      case "relay-senders" ->
          relaySenders = Relaying.Senders.valueOf(given.word(0).toUpperCase(Locale.ROOT));
      case "sender-domain" -> senderDomains = new SenderDomains(dns);
      case "mx" -> dns.withMx(given.word(0), "10 " + given.word(1).replaceFirst("^\\.$", ""));
      case "address" -> dns.withAddresses(given.word(0), given.word(1));
      case "dnsbl" -> zones.add(Domain.ofAscii(given.word(0)));
      case "text" -> dns.withTexts(given.word(0), given.wordsFrom(1));
      case "greylisting" -> greylisting = Optional.of(Duration.ofSeconds(given.number(0)));
      case "known-guest" -> store.guestbook().mailTaken(network(given.word(0)), NOW);
      case "mail-rate" -> mailRate = given.number(0);
      case "dns-trouble" -> dns.withTrouble(given.word(0));
      case "no-passwords" -> takesPasswords = false;
      case "busy" -> busy = true;
      case "at-once" -> atOnce = true;
      default -> throw given.place().wrong("nothing is known of 'given " + given.what() + "'");
    }
  }

  private void addUsers(Given given) throws StorageFailure {
    for (String name : given.words()) {
      store.directory().addAccount(address(name), Optional.of(hash("secret")), 0);
    }
  }

  private void addAlias(Given given) throws StorageFailure {
    List<Mailbox> targets = given.words().stream().skip(1).map(this::address).toList();
    store.directory().putAlias(new Alias(address(given.word(0)), targets));
  }

  private void addMail(Given given) throws StorageFailure {
    Account account = user(given.word(0));
    Recipient recipient =
        Recipient.local(new ForwardPath.To(account.address()), List.of(account.id()));
    StringBuilder text = new StringBuilder();
    given.block().forEach(line -> text.append(line).append("\r\n"));
    store.keep(
        Post.arrival(
            ids.next(),
            new Envelope(new ReversePath.Null(), List.of(recipient)),
            "",
            given.words().contains("utf8")),
        text.toString().getBytes(UTF_8));
  }

  /** Argon2id as cheap as it can be: these secrets are none. */
  private static String hash(String password) {
    return HASHES.computeIfAbsent(
        password,
        secret ->
            Password.hash(secret)
                .addSalt("not so secret")
                .with(Argon2Function.getInstance(8, 1, 1, 32, Argon2.ID))
                .getResult());
  }

  /** The account of this name; a script that asks for another is wrong. */
  Account user(String name) throws StorageFailure {
    if (store.directory().find(address(name)) instanceof Directory.Entry.User(var account)) {
      return account;
    }
    throw new BadScript(script.name() + ": there is no user " + name);
  }

  private Mailbox address(String name) {
    String whole = name.indexOf('@') < 0 ? name + "@" + domains.getFirst() : name;
    if (AddressParser.mailbox(whole) instanceof Parsed.Right<Mailbox>(var mailbox)) {
      return mailbox;
    }
    throw new BadScript(script.name() + ": this is no address: " + name);
  }

  private Network network(String text) {
    if (Network.parse(text) instanceof Parsed.Right<Network>(var network)) {
      return network;
    }
    throw new BadScript(script.name() + ": this is no network: " + text);
  }

  /** What befalls the house in the middle of a conversation. */
  void befall(String event) {
    switch (event) {
      case "full" -> store.fail(StorageFailure.Kind.FULL);
      case "trouble" -> store.fail(StorageFailure.Kind.TROUBLE);
      case "damaged" -> store.fail(StorageFailure.Kind.DAMAGED);
      case "well" -> store.recover();
      default -> {} // it befalls the conversation, not the house
    }
  }

  House house() {
    return new House(
        domains.getFirst().ascii(),
        sizeMax,
        recipientsMax,
        errorsMax,
        idleCommandsMax,
        contentLimits,
        service,
        startTls,
        xclientFrom);
  }

  Policy policy() {
    Recipients recipients = new Recipients(store.directory()::find, domains);
    return new AccountPolicy(
        site(recipients), new Ownership(recipients), new AccountRates(accountRecipients, CLOCK));
  }

  private Policy site(Recipients recipients) {
    return new SitePolicy(
        recipients,
        (account, octets) ->
            account.quotaOctets() == 0
                || store.maildrops().usage(account.id()).octets() + octets <= account.quotaOctets(),
        relaying(),
        senderDomains,
        new QueueStarts(etrnFrom, arrivals::flush),
        new LoginRules(takesPasswords, logins()::mechanisms),
        strangers());
  }

  private Strangers strangers() {
    return new Strangers(
        new Strangers.Known(relayNetworks, true),
        new Rate(mailRate, CLOCK),
        new Dnsbl(dns, zones, _ -> {}, CLOCK),
        greylisting.map(delay -> new Greylisting(delay, store.guestbook(), CLOCK)));
  }

  private Relaying relaying() {
    return new Relaying(relayNetworks, relaySenders, RecentLogins.off(), "log in at port 2587");
  }

  /** How its door speaks TLS. */
  Encryption encryption() {
    return startTls || implicitTls
        ? new Encryption(Optional.of(new TlsServer(Tls::kept)), implicitTls, Duration.ofSeconds(20))
        : Encryption.NONE;
  }

  private Logins logins() {
    KnownGood none = new KnownGood(new byte[32], CLOCK, Duration.ZERO, 1);
    return new Logins(
        store.directory(),
        new Passwords(work -> busy ? Optional.empty() : Optional.of(work.get()), none));
  }

  Pop3Door pop3Door(Journal journal) {
    return new Pop3Door(
        house().hostname(),
        "port 2525",
        new Pop3Limits(Pop3Limits.DEFAULT.lineOctetsMax(), loginsMax, errorsMax, idleCommandsMax),
        encryption(),
        takesPasswords,
        patience(),
        logins(),
        RecentLogins.off(),
        store.maildrops(),
        ids,
        journal,
        CLOCK);
  }

  boolean strict() {
    return strict;
  }

  /** Whether it may not be played octet by octet. */
  boolean atOnce() {
    return atOnce;
  }

  String client() {
    return client;
  }

  boolean clientIsOnIpv6() {
    return client.equals(IPV6_LOOPBACK);
  }

  /** Whether a client on this machine can have the address. */
  boolean canHaveSocket() {
    return client.startsWith("127.") || clientIsOnIpv6();
  }

  /** How long clients are watched before the greeting: only where the script is about that. */
  Duration greetPause() {
    return script.exchanges().getFirst().said().isEmpty() ? Duration.ZERO : Duration.ofSeconds(2);
  }

  /** How long a client may be silent: only where the script is about that. */
  Duration patience() {
    return script.exchanges().stream().anyMatch(exchange -> exchange.has("idle"))
        ? Duration.ofSeconds(2)
        : Duration.ofMinutes(1);
  }

  /** The conversation without a socket. */
  Talk talk() {
    return script.protocol() == Script.Protocol.SMTP ? new SmtpTalk(this) : new Pop3Talk(this);
  }
}
