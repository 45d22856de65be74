package me.ehlo.send;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import me.ehlo.call.Means;
import me.ehlo.call.Stage;
import me.ehlo.call.TlsFiles;
import me.ehlo.call.Wishes.Encryption;
import me.ehlo.explain.Catalogue;
import me.ehlo.net.ClientCertificate;
import me.ehlo.net.Dialer;
import me.ehlo.net.TlsClient;
import me.ehlo.net.Trust;
import me.ehlo.net.UnusableCertificate;
import me.ehlo.sasl.ClientLogins;
import me.ehlo.sasl.Credentials;
import me.ehlo.send.Order.Content;
import me.ehlo.send.Result.State;
import me.ehlo.trace.Mark;
import me.ehlo.trace.Utterance;

/** {@code ehlo send}: reads what was typed, sends one mail, and says how it went. */
public final class Send {
  private static final Duration LAST_WORDS = Duration.ofSeconds(1);
  private static final int ID_OCTETS = 8;

  private final Means means;
  private final Surroundings here;

  public Send(Means means, Surroundings here) {
    this.means = means;
    this.here = here;
  }

  /**
   * Sends.
   *
   * @param typed the options by their long names, with their values
   * @return the exit code
   * @throws Misused if what was typed cannot be done
   */
  public int carryOut(List<Map.Entry<String, String>> typed)
      throws Misused, UnusableCertificate, IOException {
    Options options = new Options(typed);
    if (options.has("--script")) {
      return play(new Playing(options));
    }
    Asking asking = options.has("--no-input") ? new Nobody() : here.asking();
    Inputs inputs = new Inputs(here.in());
    Orders orders = new Orders(options, inputs, asking, defaultSender());
    if (options.has("--replay")) {
      orders.refusePasswords();
      return replay(
          new Replaying(options, inputs),
          orders.show(),
          new Secrets(here.environment(), inputs, asking));
    }
    Order order = orders.read();
    Optional<Credentials> credentials = Optional.empty();
    if (order.login().isPresent()) {
      credentials =
          Optional.of(
              new Secrets(here.environment(), inputs, asking)
                  .find(order.login().get(), order.way().server()));
    }
    try (PrintStream transcript = transcript(order.show())) {
      return carryOut(order, credentials, transcript);
    }
  }

  private int play(Playing playing) throws Misused, UnusableCertificate {
    Dialer dialer = new Dialer("send", playing.way().from());
    Trust nobodyIsJudged = new Trust("", List.of());
    try {
      return playing.play(
          means.by(dialer), TlsClient.of(nobodyIsJudged, certificate(playing.tls())), here.out());
    } finally {
      dialer.close(LAST_WORDS);
    }
  }

  private int replay(Replaying replaying, Order.Show show, Secrets secrets)
      throws Misused, UnusableCertificate, IOException {
    Optional<Credentials> credentials = replaying.credentials(secrets);
    Screen screen = new Screen(show, here.out(), here.err(), here.colour(), here.width());
    Trust trust = trust(replaying.tls());
    Dialer dialer = new Dialer("send", replaying.way().from());
    try (PrintStream transcript = transcript(show)) {
      return replaying.play(
          means.by(dialer),
          new Replaying.Given(
              TlsClient.of(trust, certificate(replaying.tls())),
              trust,
              credentials::orElseThrow,
              ClientLogins.nonces(here.random()),
              teller(show, screen, transcript)));
    } finally {
      dialer.close(LAST_WORDS);
    }
  }

  private int carryOut(Order order, Optional<Credentials> credentials, PrintStream transcript)
      throws Misused, UnusableCertificate {
    Screen screen = new Screen(order.show(), here.out(), here.err(), here.colour(), here.width());
    Trust trust = trust(order.tls());
    TlsClient tls = TlsClient.of(trust, certificate(order.tls()));
    Composer.Facts facts = facts();
    Dialer dialer = new Dialer("send", order.way().from());
    Tools tools =
        new Tools(
            means,
            dialer,
            () -> tls,
            () -> trust,
            credentials::orElseThrow,
            ClientLogins.nonces(here.random()),
            new Composer(order, facts),
            teller(order.show(), screen, transcript));
    try {
      Report report = new Posting(order, tools).carryOut();
      tellTheEnd(tools, report);
      if (order.show().json()) {
        here.out().println(ReportJson.document(order, report, facts.messageId()));
      }
      return report.exitCode();
    } finally {
      dialer.close(LAST_WORDS);
    }
  }

  private Consumer<Utterance> teller(Order.Show show, Screen screen, PrintStream transcript) {
    Consumer<Utterance> both =
        utterance -> {
          screen.accept(utterance);
          if (show.content() != Content.NOTHING || utterance.mark() != Mark.CONTENT) {
            transcript.println(utterance.line());
          }
        };
    Consumer<Utterance> shown = show.content() == Content.ALL ? both : new Shortened(both);
    boolean explain = show.explain().orElse(here.terminal()) && screen.isLoud();
    return explain
        ? new Explainer(
            shown, Catalogue.ours(), new Utterance(means.clock().instant(), Mark.INFO, ""))
        : shown;
  }

  private static PrintStream transcript(Order.Show show) throws IOException {
    OutputStream to =
        show.transcript().isPresent()
            ? Files.newOutputStream(show.transcript().get())
            : OutputStream.nullOutputStream();
    return new PrintStream(to, true, UTF_8);
  }

  private static Trust trust(Order.Tls tls) throws UnusableCertificate {
    if (tls.encryption() == Encryption.NEVER) {
      return new Trust("", List.of()); // reading hundreds of certificates takes a while
    }
    return tls.authorities().isPresent()
        ? TlsFiles.authorities(tls.authorities().get())
        : Trust.ofThisMachine();
  }

  private static Optional<ClientCertificate> certificate(Order.Tls tls) throws UnusableCertificate {
    return TlsFiles.certificate(tls.certificate(), tls.key());
  }

  private Composer.Facts facts() {
    byte[] id = new byte[ID_OCTETS];
    here.random().nextBytes(id);
    return new Composer.Facts(
        means.clock().instant().atZone(here.zone()),
        means.clock().millis() + "." + HexFormat.of().formatHex(id) + "@" + means.hostname(),
        here.mailer());
  }

  /** As swaks does it: whoever we are on this machine. */
  private String defaultSender() {
    String name =
        here.environment()
            .getOrDefault("LOGNAME", here.environment().getOrDefault("USER", "nobody"));
    return name + "@" + means.hostname();
  }

  private static void tellTheEnd(Tools tools, Report report) {
    if (report.isStopped()) {
      tools.tell(Mark.INFO, stopped(report));
      return;
    }
    if (report.results().isEmpty()) {
      return; // it has been told where it failed, and nobody was named
    }
    for (String sentence : sentences(report)) {
      tools.tell(report.exitCode() == 0 ? Mark.INFO : Mark.ERROR, sentence);
    }
  }

  private static String stopped(Report report) {
    return report.stage() == Stage.DOT
        ? "left there, as it was asked for: nobody knows whether the server has the mail"
        : "stopped there, as it was asked for: nothing sent";
  }

  private static List<String> sentences(Report report) {
    List<String> sentences = new ArrayList<>();
    long accepted = report.count(State.ACCEPTED);
    int all = report.results().size();
    String whom = all == 1 ? "1 recipient" : all + " recipients";
    if (accepted == all) {
      sentences.add("accepted for " + whom);
      return sentences;
    }
    long stopped = report.count(State.STOPPED);
    sentences.add(
        stopped > 0
            ? stopped(report) + "; until then %d of %s accepted".formatted(stopped + accepted, whom)
            : accepted == 0
                ? "not accepted for any of " + whom
                : "accepted for %d of %s only; not for:".formatted(accepted, whom));
    report.without().stream()
        .filter(result -> result.state() != State.STOPPED)
        .forEach(result -> sentences.add("  " + result.shown()));
    if (report.count(State.IN_DOUBT) > 0) {
      sentences.add(
          "nobody can know whether it arrived: sent again, it may arrive twice (RFC 1047)");
    } else if (report.retryable().orElse(false)) {
      sentences.add("a temporary failure: later it may go well");
    }
    return sentences;
  }

  /** Nobody who could be asked. */
  private static final class Nobody implements Asking {
    @Override
    public boolean isThere() {
      return false;
    }

    @Override
    public Optional<String> line(String prompt) {
      return Optional.empty();
    }

    @Override
    public Optional<String> secret(String prompt) {
      return Optional.empty();
    }
  }
}
