package me.ehlo.talk;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import me.ehlo.call.Directions;
import me.ehlo.call.Door;
import me.ehlo.call.Means;
import me.ehlo.call.ScriptedServer;
import me.ehlo.config.Nearest;
import me.ehlo.dns.MxLookup;
import me.ehlo.dns.RamDns;
import me.ehlo.explain.Catalogue;
import me.ehlo.net.Dialer;
import me.ehlo.net.TlsClient;
import me.ehlo.net.Trust;

/** A whole conversation of {@code ehlo talk}, typed through a pipe at a server that is called mx.test. */
final class Evening {
  static final Trust NOBODY = new Trust("nobody", List.of());

  private final Target target;
  private Door door = Door.SMTP;
  private Trust trust = NOBODY;
  private boolean strict;
  private boolean tls;
  private boolean person;
  private boolean explains;
  private boolean lastStatus;
  private Optional<Path> transcript = Optional.empty();
  private Supplier<String> nonces = () -> "nonce" + System.nanoTime();
  private Duration patience = Duration.ofSeconds(10);

  /** What came of it. */
  record Seen(int code, String screen) {
    List<String> lines() {
      return screen.lines().toList();
    }
  }

  Evening(ScriptedServer server) {
    this("mx.test", server.port());
  }

  Evening(String host, int port) {
    this(new Target.Host(host, port));
  }

  Evening(Target target) {
    this.target = target;
  }

  Evening door(Door kind) {
    door = kind;
    return this;
  }

  Evening trusting(Trust whom) {
    trust = whom;
    return this;
  }

  Evening strict() {
    strict = true;
    return this;
  }

  Evening tls() {
    tls = true;
    return this;
  }

  /** Somebody types at a terminal that can do nothing but lines. */
  Evening person() {
    person = true;
    return this;
  }

  Evening explained() {
    explains = true;
    return this;
  }

  Evening lastStatus() {
    lastStatus = true;
    return this;
  }

  Evening keptIn(Path file) {
    transcript = Optional.of(file);
    return this;
  }

  Evening nonce(String nonce) {
    nonces = () -> nonce;
    return this;
  }

  Evening patient(Duration awaited) {
    patience = awaited;
    return this;
  }

  /** Types these lines, each answered before the next. */
  Seen types(String... lines) {
    String typed = String.join("\n", lines) + (lines.length == 0 ? "" : "\n");
    return reads(new ByteArrayInputStream(typed.getBytes(UTF_8)));
  }

  /** The same, from a stream. */
  Seen reads(InputStream typed) {
    return reads(typed, new ByteArrayOutputStream());
  }

  /** The same, and what is shown can be seen meanwhile. */
  Seen reads(InputStream typed, ByteArrayOutputStream out) {
    PipeDesk desk = new PipeDesk(typed, new PrintStream(out, true, UTF_8), Looks.PLAIN, person);
    int code = with(desk, UnaryOperator.identity());
    return new Seen(code, out.toString(UTF_8));
  }

  /** The same, at any desk; {@code begun} is shown the talk before it begins. */
  int with(Desk desk, UnaryOperator<Talk> begun) {
    RamDns dns =
        new RamDns()
            .withAddresses("mx.test", InetAddress.getLoopbackAddress().getHostAddress())
            .withAddresses("localhost", InetAddress.getLoopbackAddress().getHostAddress())
            .withMx("domain.test", "10 mx.test");
    Dialer dialer = new Dialer("test");
    Means means =
        new Means(
            dialer,
            new Directions(dns, new MxLookup(dns, new Random(1))),
            dns,
            "client.example",
            InstantSource.system());
    Talk.Given given =
        new Talk.Given(
            means,
            desk,
            () -> TlsClient.of(trust, Optional.empty()),
            () -> trust,
            nonces,
            Catalogue::ours,
            Nearest::to);
    try {
      return begun.apply(new Talk(settings(), given)).run();
    } finally {
      dialer.close(Duration.ZERO);
    }
  }

  private Settings settings() {
    return new Settings(
        target,
        door,
        "client.example",
        tls,
        strict,
        Settings.Family.ANY,
        Duration.ofSeconds(5),
        patience,
        explains,
        lastStatus,
        Optional.empty(),
        transcript);
  }
}
