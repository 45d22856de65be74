package me.ehlo.control;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What is to be checked, and how it is told; picocli fills it in. */
public final class CheckOptions {
  @Parameters(
      paramLabel = "DOMAIN",
      arity = "0..1",
      description = "The domain whose mail servers are looked at.")
  private @Nullable String domain;

  @Option(names = "--port25", description = "Look whether this machine may call others on port 25.")
  private boolean port25;

  @Option(
      names = "--probe",
      paramLabel = "HOST",
      arity = "0..1",
      split = ",",
      fallbackValue = "",
      description =
          "With --port25: call these hosts, or three well-known ones. Without it nobody is called.")
  private @Nullable List<String> probe;

  @Option(
      names = "--self",
      description = "Look at our own configuration: names, doors, certificate.")
  private boolean self;

  @Option(
      names = "--from-mail",
      paramLabel = "FILE",
      description = "Explain a mail that was received; - reads it from standard input.")
  private @Nullable String fromMail;

  @Option(
      names = "--rcpt",
      paramLabel = "ADDRESS",
      description = "Ask whether this recipient is taken. No mail is ever sent.")
  private @Nullable String rcpt;

  @Option(
      names = "--from",
      paramLabel = "ADDRESS",
      description = "Ask in the name of this sender (else postmaster at our hostname).")
  private @Nullable String from;

  @Option(
      names = "--relay-to",
      paramLabel = "ADDRESS",
      description = "Ask for an open relay with this recipient elsewhere.")
  private @Nullable String relayTo;

  @Option(
      names = "--dnsbl",
      paramLabel = "ZONE",
      description = "Ask this list of bad senders about each host; may be repeated.")
  private List<String> dnsbl = new ArrayList<>();

  @Option(
      names = "--own",
      paramLabel = "IP",
      description = "With --dnsbl: ask about this address too, from which you send.")
  private List<String> own = new ArrayList<>();

  @Option(
      names = "--only",
      paramLabel = "ID",
      split = ",",
      description = "Tell of these checks only: cert, starttls, ...")
  private List<String> only = new ArrayList<>();

  @Option(names = "--all", description = "Tell what is fine, too.")
  private boolean all;

  @Option(names = "--strict", description = "Exit with 50 if there are warnings.")
  private boolean strict;

  @Option(names = "--json", description = "Print one JSON document.")
  private boolean json;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      description = "Wait so long for each answer (30s), twice as long for a greeting.")
  private @Nullable Duration timeout;

  @Option(
      names = "--ca",
      paramLabel = "FILE",
      description = "Trust these authorities instead of the machine's.")
  private @Nullable Path authorities;

  /** How many things are asked for that exclude each other; it must be one. */
  int subjects() {
    return (domain != null ? 1 : 0)
        + (port25 ? 1 : 0)
        + (self ? 1 : 0)
        + (fromMail != null ? 1 : 0);
  }

  public Optional<String> domain() {
    return Optional.ofNullable(domain);
  }

  public boolean port25() {
    return port25;
  }

  /** Hosts to call; a list without names: the well-known ones; empty: nobody. */
  public Optional<List<String>> probe() {
    return Optional.ofNullable(probe)
        .map(hosts -> hosts.stream().filter(host -> !host.isEmpty()).toList());
  }

  public boolean self() {
    return self;
  }

  /** The file of a mail; {@code -}: standard input. */
  public Optional<String> fromMail() {
    return Optional.ofNullable(fromMail);
  }

  public Optional<String> rcpt() {
    return Optional.ofNullable(rcpt);
  }

  public Optional<String> from() {
    return Optional.ofNullable(from);
  }

  public Optional<String> relayTo() {
    return Optional.ofNullable(relayTo);
  }

  public List<String> dnsbl() {
    return List.copyOf(dnsbl);
  }

  public List<String> own() {
    return List.copyOf(own);
  }

  public List<String> only() {
    return List.copyOf(only);
  }

  public boolean all() {
    return all;
  }

  public boolean strict() {
    return strict;
  }

  public boolean json() {
    return json;
  }

  public Optional<Path> authorities() {
    return Optional.ofNullable(authorities);
  }

  public Optional<Duration> timeout() {
    return Optional.ofNullable(timeout);
  }
}
