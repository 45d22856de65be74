package me.ehlo.control;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What {@code ehlo talk} is told on the command line; picocli fills it in. */
public final class TalkOptions {
  @Parameters(
      paramLabel = "HOST[:PORT]",
      arity = "0..1",
      description = "Whom to talk to; without it, the server of this data folder.")
  private @Nullable String host;

  @ArgGroup(exclusive = true)
  private final Kind kind = new Kind();

  @Option(
      names = {"-p", "--port"},
      paramLabel = "PORT",
      description = "Another port.")
  private @Nullable Integer port;

  @Option(
      names = "--socket",
      paramLabel = "PATH",
      description =
          "A socket in the file system of this machine, such as Dovecot's for LMTP; by LMTP if it is"
              + " called so, else by SMTP, --lmtp or --pop3 say otherwise.")
  private @Nullable Path socket;

  @Option(
      names = "--ehlo",
      paramLabel = "NAME",
      description = "Our name, behind EHLO (else the host name).")
  private @Nullable String name;

  @Option(
      names = "--tls",
      description =
          "Begin TLS before anything is typed. Where there is none, a pipe ends with exit code 29,"
              + " and a person is told.")
  private boolean tls;

  @Option(
      names = "--verify",
      paramLabel = "HOW",
      description = "strict: end it with exit code 29 if the certificate is not good.")
  private @Nullable Verify verify;

  @Option(
      names = "--ca",
      paramLabel = "FILE",
      description = "Trust these authorities instead of the machine's.")
  private @Nullable Path authorities;

  @Option(
      names = "--tls-cert",
      paramLabel = "FILE",
      description = "A certificate of our own, for servers that ask for one.")
  private @Nullable Path certificate;

  @Option(
      names = "--tls-key",
      paramLabel = "FILE",
      description = "Its key, if it stands in another file.")
  private @Nullable Path certificateKey;

  @Option(
      names = "--explain",
      negatable = true,
      description = "Say what each answer means (on a terminal it is said anyway).")
  private @Nullable Boolean explain;

  @Option(
      names = "--theme",
      paramLabel = "NAME",
      description = "classic: sent blue, received red; or plain.")
  private Theme theme = Theme.classic;

  @Option(names = "--times", description = "How long each answer took, on narrow terminals too.")
  private boolean times;

  @Option(names = "--no-status", description = "No status line at the bottom.")
  private boolean noStatus;

  @Option(
      names = "--transcript",
      paramLabel = "FILE",
      description = "Keep the conversation in this file.")
  private @Nullable Path transcript;

  @Option(names = "--no-transcript", description = "Keep it nowhere.")
  private boolean noTranscript;

  @Option(names = "-4", description = "IPv4 only.")
  private boolean four;

  @Option(names = "-6", description = "IPv6 only.")
  private boolean six;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      description = "How long an answer is awaited, such as 30s (else 5m).")
  private @Nullable Duration timeout;

  @Option(
      names = "--exit-status",
      paramLabel = "WHICH",
      description =
          "last: tell the shell how the last step went (23 MAIL, 24 RCPT, 26 the mail, 40 in"
              + " part).")
  private @Nullable Status status;

  @Option(
      names = "--script",
      paramLabel = "FILE",
      arity = "1..*",
      description =
          "Play these conversation scripts, and those in these folders, each on a connection of its"
              + " own, and say where the server answers otherwise (exit 30).")
  private List<Path> scripts = new ArrayList<>();

  @Option(
      names = "--compare",
      paramLabel = "WHAT",
      description =
          "With --script: codes, status (enhanced codes too) or words (all; the default).")
  private Compare compare = Compare.words;

  /** Kinds of servers, of which one is meant. */
  static final class Kind {
    @Option(
        names = "--mx",
        paramLabel = "DOMAIN",
        description = "Whoever takes the mail of a domain.")
    private @Nullable String domain;

    @Option(names = "--submission", description = "Port 587: where mail programs log in and send.")
    private boolean submission;

    @Option(names = "--smtps", description = "Port 465: the same, TLS at once.")
    private boolean smtps;

    @Option(names = "--lmtp", description = "Port 24: the delivery protocol (RFC 2033).")
    private boolean lmtp;

    @Option(names = "--pop3", description = "Port 110: read mail.")
    private boolean pop3;

    @Option(names = "--pop3s", description = "Port 995: the same, TLS at once.")
    private boolean pop3s;
  }

  /** Ways to verify. */
  @SuppressWarnings("MemberName") // as they are typed
  enum Verify {
    strict
  }

  /** What of an answer counts. */
  @SuppressWarnings("MemberName") // as they are typed
  enum Compare {
    codes,
    status,
    words
  }

  /** Which exit code. */
  @SuppressWarnings("MemberName") // as they are typed
  enum Status {
    last
  }

  /** Looks. */
  @SuppressWarnings("MemberName") // as they are typed
  enum Theme {
    classic,
    plain
  }

  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec spec;

  /** What is meant by {@code ehlo talk HOST[:PORT]} alone. */
  public static TalkOptions to(Optional<String> host) {
    TalkOptions options = new TalkOptions();
    options.host = host.orElse(null);
    return options;
  }

  /** The whole command line as it was typed; empty where picocli had no part in it. */
  public List<String> arguments() {
    return spec == null ? List.of() : spec.root().commandLine().getParseResult().originalArgs();
  }

  /** The options that were typed, by their long names. */
  public List<String> typed() {
    return spec == null
        ? List.of()
        : spec.commandLine().getParseResult().matchedOptions().stream()
            .map(OptionSpec::longestName)
            .distinct()
            .toList();
  }

  public Optional<String> host() {
    return Optional.ofNullable(host);
  }

  public Optional<String> domain() {
    return Optional.ofNullable(kind.domain);
  }

  /** The kind of door, by its name: {@code submission}; empty: it was not said. */
  public Optional<String> door() {
    return Optional.ofNullable(
        kind.submission
            ? "submission"
            : kind.smtps
                ? "smtps"
                : kind.lmtp ? "lmtp" : kind.pop3 ? "pop3" : kind.pop3s ? "pop3s" : null);
  }

  public OptionalInt port() {
    return port == null ? OptionalInt.empty() : OptionalInt.of(port);
  }

  public Optional<Path> socket() {
    return Optional.ofNullable(socket);
  }

  public Optional<String> name() {
    return Optional.ofNullable(name);
  }

  public boolean tls() {
    return tls;
  }

  public boolean strict() {
    return verify == Verify.strict;
  }

  public Optional<Path> authorities() {
    return Optional.ofNullable(authorities);
  }

  public Optional<Path> certificate() {
    return Optional.ofNullable(certificate);
  }

  public Optional<Path> certificateKey() {
    return Optional.ofNullable(certificateKey);
  }

  public Optional<Boolean> explain() {
    return Optional.ofNullable(explain);
  }

  public boolean classic() {
    return theme == Theme.classic;
  }

  public boolean times() {
    return times;
  }

  public boolean statusLine() {
    return !noStatus;
  }

  public Optional<Path> transcript() {
    return Optional.ofNullable(transcript);
  }

  public boolean keepsTranscript() {
    return !noTranscript;
  }

  public boolean onlyIpv4() {
    return four;
  }

  public boolean onlyIpv6() {
    return six;
  }

  public Optional<Duration> timeout() {
    return Optional.ofNullable(timeout);
  }

  public boolean lastStatus() {
    return status == Status.last;
  }

  public List<Path> scripts() {
    return List.copyOf(scripts);
  }

  /** {@code codes}, {@code status} or {@code words}. */
  public String compare() {
    return compare.name();
  }
}
