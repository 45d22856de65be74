package me.ehlo.check;

import java.io.Closeable;
import java.io.IOException;
import java.net.ServerSocket;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import me.ehlo.dns.RamDns;
import me.ehlo.mail.AddressParser;
import me.ehlo.mail.Domain;
import me.ehlo.mail.Mailbox;
import me.ehlo.mail.Parsed;
import me.ehlo.net.Authority;
import me.ehlo.net.Dialer;
import me.ehlo.net.TlsClient;
import me.ehlo.net.Trust;

/** A small internet of one domain, {@code example.test}, with its DNS and its hosts on loopback. */
final class World implements Closeable {
  static final Authority AUTHORITY = new Authority();
  static final Trust TRUST =
      new Trust("the tests", List.of(AUTHORITY.issue("any.test").authority()));
  private static final SSLContext GOOD =
      AUTHORITY.showing(AUTHORITY.issueFor(Duration.ofDays(90), "mx.example.test"));

  private final RamDns dns = new RamDns();
  private final Dialer dialer = new Dialer("check-test");
  private final List<ScriptedHost> hosts = new ArrayList<>();
  private Ports ports = new Ports(1, 1, 1);
  private Duration patience = Duration.ofSeconds(5);

  /** One host, {@code mx.example.test}, at 127.0.0.1, with everything in order but for what was changed. */
  static World of(ScriptedHost.Manners manners) throws IOException {
    World world = new World();
    world.host("127.0.0.1", manners);
    world
        .dns
        .withMx("example.test", "10 mx.example.test")
        .withAddresses("mx.example.test", "127.0.0.1");
    return world;
  }

  static ScriptedHost.Manners healthy() {
    return ScriptedHost.Manners.healthy("mx.example.test", GOOD);
  }

  RamDns dns() {
    return dns;
  }

  World patience(Duration answer) {
    patience = answer;
    return this;
  }

  /** A further host; all have the same port, one that nobody else on this machine has on any address. */
  ScriptedHost host(String address, ScriptedHost.Manners manners) throws IOException {
    int port = hosts.isEmpty() ? freeEverywhere() : ports.smtp();
    ScriptedHost host = new ScriptedHost(address, port, manners);
    hosts.add(host);
    ports = new Ports(host.port(), ports.submission(), ports.web());
    return host;
  }

  private static int freeEverywhere() throws IOException {
    try (ServerSocket everywhere = new ServerSocket(0)) {
      return everywhere.getLocalPort();
    }
  }

  /** The other door of 127.0.0.1. */
  World submission(ScriptedHost.Manners manners) throws IOException {
    ScriptedHost host = new ScriptedHost("127.0.0.1", 0, manners);
    hosts.add(host);
    ports = new Ports(ports.smtp(), host.port(), ports.web());
    return this;
  }

  List<String> heard() {
    return hosts.getFirst().heard();
  }

  World withoutServer() throws IOException {
    hosts.getFirst().close();
    return this;
  }

  Visitor visitor() {
    return new Visitor(
        "client.test",
        dialer,
        TlsClient.of(TRUST, Optional.empty()),
        InstantSource.system(),
        Patience.of(patience),
        ports,
        _ -> {});
  }

  Report check(String... rcpt) {
    return check(request(rcpt));
  }

  Report check(Request request) {
    return new Diagnosis(visitor(), dns, new SecureRandom(), TRUST).of(request);
  }

  static Request request(String... rcpt) {
    return new Request(
        Domain.ofAscii("example.test"),
        List.of(rcpt).stream().findFirst().map(World::mailbox),
        Optional.of("check@client.test"),
        "somebody@elsewhere.test",
        List.of(),
        List.of(),
        Set.of());
  }

  private static Mailbox mailbox(String text) {
    if (AddressParser.mailbox(text) instanceof Parsed.Right<Mailbox>(var mailbox)) {
      return mailbox;
    }
    throw new IllegalArgumentException(text);
  }

  /** The findings that are more than fine, one a line: {@code FAIL cert: The certificate expired ...}. */
  static String told(Report report) {
    return report.findings().stream()
        .filter(finding -> finding.result() != Result.OK && finding.result() != Result.SKIP)
        .map(finding -> finding.result() + " " + finding.check() + ": " + finding.saw())
        .collect(Collectors.joining("\n"));
  }

  @Override
  public void close() throws IOException {
    for (ScriptedHost host : hosts) {
      host.close();
    }
    dialer.close(Duration.ZERO);
  }
}
