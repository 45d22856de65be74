package me.ehlo;

import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import me.ehlo.call.Means;
import me.ehlo.call.TlsFiles;
import me.ehlo.check.Diagnosis;
import me.ehlo.check.Outcome;
import me.ehlo.check.OwnSite;
import me.ehlo.check.Page;
import me.ehlo.check.Patience;
import me.ehlo.check.Port25;
import me.ehlo.check.Ports;
import me.ehlo.check.Report;
import me.ehlo.check.ReportJson;
import me.ehlo.check.Request;
import me.ehlo.check.SelfDiagnosis;
import me.ehlo.check.Visitor;
import me.ehlo.config.Config;
import me.ehlo.config.Endpoint;
import me.ehlo.control.CheckOptions;
import me.ehlo.control.ExitCode;
import me.ehlo.control.Streams;
import me.ehlo.control.Width;
import me.ehlo.mail.AddressParser;
import me.ehlo.mail.Domain;
import me.ehlo.mail.DomainParser;
import me.ehlo.mail.Mailbox;
import me.ehlo.mail.Network;
import me.ehlo.mail.Parsed;
import me.ehlo.net.TlsClient;
import me.ehlo.net.Trust;
import me.ehlo.net.UnusableCertificate;

/** The wiring of {@code ehlo check}: from what was typed to a report, and from there to a page or a document. */
final class Checker {
  private static final String ELSEWHERE = "relay-test@example.com"; // RFC 2606: nobody's
  private static final int WIDTH = 80;

  private final Config config;
  private final Means means;
  private final Streams streams;
  private final Map<String, String> environment;
  private final boolean colour;
  private final List<String> mistakes = new ArrayList<>();
  private final SecureRandom random = new SecureRandom();

  Checker(
      Config config,
      Means means,
      Streams streams,
      Map<String, String> environment,
      boolean colour) {
    this.config = config;
    this.means = means;
    this.streams = streams;
    this.environment = environment;
    this.colour = colour;
  }

  /** Looks, and tells; returns the exit code. */
  int carryOut(CheckOptions wanted) throws UnusableCertificate {
    if (wanted.fromMail().isPresent()) {
      return new MailChecker(streams, means.clock(), width(), colour)
          .explain(wanted.fromMail().get(), wanted);
    }
    Trust trust = trust(wanted);
    Visitor visitor = visitor(wanted, trust);
    Diagnosis diagnosis = new Diagnosis(visitor, means.names(), random, trust);
    Optional<Request> request = wanted.domain().map(name -> request(name, wanted));
    unknownIds(wanted, diagnosis);
    if (!mistakes.isEmpty()) {
      mistakes.forEach(mistake -> streams.err().println("ehlo check: " + mistake));
      return ExitCode.USAGE;
    }
    saysWhatItDoes(wanted);
    return tell(
        request
            .map(diagnosis::of)
            .orElseGet(() -> wanted.port25() ? port25(wanted, visitor) : self(visitor, trust)),
        wanted);
  }

  private Trust trust(CheckOptions wanted) throws UnusableCertificate {
    if (wanted.authorities().isEmpty()) {
      return Trust.ofThisMachine();
    }
    try {
      return TlsFiles.authorities(wanted.authorities().get());
    } catch (UnusableCertificate e) {
      mistakes.addAll(e.sentences());
      return new Trust("", List.of());
    }
  }

  private Visitor visitor(CheckOptions wanted, Trust trust) {
    return new Visitor(
        means.hostname(),
        means.dialer(),
        TlsClient.of(trust, Optional.empty()),
        means.clock(),
        wanted.timeout().map(Patience::of).orElse(Patience.DEFAULT),
        new Ports(config.relay().port(), Ports.USUAL.submission(), Ports.USUAL.web()),
        _ -> {});
  }

  private Request request(String name, CheckOptions wanted) {
    Domain domain = read("the domain", DomainParser.parse(name), Domain.ofAscii("invalid"));
    return new Request(
        domain,
        wanted.rcpt().flatMap(text -> mailbox("--rcpt", text)),
        wanted.from().flatMap(text -> mailbox("--from", text)).map(Mailbox::toString).or(this::us),
        elsewhere(domain, wanted),
        wanted.dnsbl().stream()
            .map(zone -> read("--dnsbl", DomainParser.parse(zone), domain))
            .toList(),
        wanted.own().stream().flatMap(this::address).toList(),
        new HashSet<>(wanted.only()));
  }

  private <T> T read(String what, Parsed<T> parsed, T otherwise) {
    return switch (parsed) {
      case Parsed.Right<T>(var value) -> value;
      case Parsed.Wrong<T>(var why) -> {
        mistakes.add(what + ": " + why);
        yield otherwise;
      }
    };
  }

  private Optional<Mailbox> mailbox(String option, String text) {
    return switch (AddressParser.mailbox(text)) {
      case Parsed.Right<Mailbox>(var mailbox) -> Optional.of(mailbox);
      case Parsed.Wrong<Mailbox>(var why) -> {
        mistakes.add(option + " " + text + ": " + why);
        yield Optional.empty();
      }
    };
  }

  private Stream<InetAddress> address(String text) {
    if (text.indexOf('/') < 0 && Network.parse(text) instanceof Parsed.Right<Network>(var one)) {
      return Stream.of(one.first());
    }
    mistakes.add("--own " + text + ": it is no IP address");
    return Stream.of();
  }

  private void unknownIds(CheckOptions wanted, Diagnosis diagnosis) {
    wanted.only().stream()
        .filter(id -> !diagnosis.ids().contains(id))
        .forEach(id ->
            mistakes.add("there is no check " + id + ": " + String.join(", ", diagnosis.ids())));
  }

  /** In our own name, if it is one that others could write to. */
  private Optional<String> us() {
    return means.hostname().indexOf('.') > 0
        ? Optional.of("postmaster@" + means.hostname())
        : Optional.empty();
  }

  private String elsewhere(Domain domain, CheckOptions wanted) {
    return wanted
        .relayTo()
        .flatMap(text -> mailbox("--relay-to", text))
        .map(Mailbox::toString)
        .or(() -> us().filter(_ -> !isIn(means.hostname(), domain.ascii())))
        .orElse(ELSEWHERE);
  }

  private static boolean isIn(String host, String domain) {
    return ("." + host).endsWith("." + domain) || ("." + domain).endsWith("." + host);
  }

  private Report port25(CheckOptions wanted, Visitor visitor) {
    Port25 port25 = new Port25(visitor, means.names());
    if (wanted.probe().isEmpty()) {
      return port25.unprobed();
    }
    List<String> hosts = wanted.probe().get();
    return hosts.isEmpty()
        ? port25.probed(Port25.WELL_KNOWN, Optional.of(Port25.CONTROL))
        : port25.probed(hosts, Optional.empty());
  }

  private Report self(Visitor visitor, Trust trust) {
    Config.Listen listen = config.listen();
    List<InetSocketAddress> others =
        Stream.of(listen.submission(), listen.submissions(), listen.pop3(), listen.pop3s())
            .flatMap(List::stream)
            .map(Endpoint::address)
            .toList();
    OwnSite site =
        new OwnSite(
            config.hostname(),
            config.domains(),
            listen.smtp().stream().map(Endpoint::address).toList(),
            others,
            config.policy().relayNetworks(),
            ownAddresses());
    return new SelfDiagnosis(visitor, means.names(), random, trust).of(site, ELSEWHERE);
  }

  private static List<InetAddress> ownAddresses() {
    try {
      return NetworkInterface.networkInterfaces().flatMap(NetworkInterface::inetAddresses).toList();
    } catch (SocketException e) {
      return List.of(); // a machine without network has none
    }
  }

  private void saysWhatItDoes(CheckOptions wanted) {
    if (!streams.keyboard().isThere() || wanted.json()) {
      return;
    }
    String what =
        wanted
            .domain()
            .map(domain -> "Looking at the mail servers of " + domain + " ...")
            .orElse(wanted.port25() ? "Looking at the way out ..." : "Looking at our own site ...");
    streams.err().println(what);
  }

  private int tell(Report report, CheckOptions wanted) {
    int exit = Outcome.of(report, wanted.strict());
    PrintStream out = streams.out();
    if (wanted.json()) {
      out.println(ReportJson.of(report, exit));
    } else {
      boolean unicode = out.charset().newEncoder().canEncode('✓');
      new Page(width(), unicode, colour).lines(report, wanted.all()).forEach(out::println);
    }
    return exit;
  }

  private int width() {
    return Width.of(environment, streams.keyboard()).orElse(WIDTH);
  }
}
