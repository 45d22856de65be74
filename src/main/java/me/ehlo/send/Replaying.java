package me.ehlo.send;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import me.ehlo.call.Call;
import me.ehlo.call.Destination;
import me.ehlo.call.Difference;
import me.ehlo.call.Directions;
import me.ehlo.call.Door;
import me.ehlo.call.Fitting;
import me.ehlo.call.Means;
import me.ehlo.call.Protocol;
import me.ehlo.call.ScriptCalls;
import me.ehlo.call.ScriptRun;
import me.ehlo.call.Scripts;
import me.ehlo.call.Stage;
import me.ehlo.call.Wishes.Encryption;
import me.ehlo.mail.Parsed;
import me.ehlo.net.Secured;
import me.ehlo.net.TlsClient;
import me.ehlo.net.Trust;
import me.ehlo.net.WireFailure;
import me.ehlo.sasl.ClientMechanism;
import me.ehlo.sasl.Credentials;
import me.ehlo.script.Script;
import me.ehlo.smtp.client.Offered;
import me.ehlo.trace.Mark;
import me.ehlo.trace.TranscriptReader;
import me.ehlo.trace.Utterance;

/** {@code ehlo send --replay}: says again what a transcript holds, and tells where the answers are others. */
final class Replaying {

  /** The transcript says what is said; the others say with whom, who logs in, and what is shown. */
  private static final Set<String> FITTING =
      Set.of(
          "--replay",
          "--compare",
          "--tls-verify",
          "--ca",
          "--auth",
          "--auth-user",
          "--auth-password",
          "--auth-password-file",
          "--auth-password-env",
          "--trust-once",
          "--quiet",
          "--silent",
          "--hide-send",
          "--hide-receive",
          "--hide-informational",
          "--hide-all",
          "--suppress-data",
          "--show-data",
          "--explain",
          "--no-explain",
          "--transcript");

  private final Recording recording;
  private final Scripts.Level level;
  private final Order.Way way;
  private final Order.Tls tls;
  private final Optional<Order.Login> login;
  private final Protocol protocol;
  private final Patience patience;

  /**
   * What it is done with.
   *
   * @param credentials asked for only where the transcript logs in
   */
  record Given(
      TlsClient tls,
      Trust trust,
      Supplier<Credentials> credentials,
      Supplier<String> nonces,
      Consumer<Utterance> teller) {

    void tell(InstantSource clock, Mark mark, String text) {
      teller.accept(new Utterance(clock.instant(), mark, text));
    }
  }

  /** Reads the transcript; nobody is called yet. */
  Replaying(Options options, Inputs inputs) throws Misused {
    options.refuseAllBut(new Fitting(FITTING, "--replay: the transcript says all that is said"));
    String file = options.last("--replay").orElse("");
    this.recording = recording(file, new String(inputs.file("--replay", file), UTF_8));
    this.level = Playing.level(options, Scripts.Level.STATUS);
    Calling calling = new Calling(options);
    this.way = way(calling.way());
    this.tls = asInTheTranscript(calling.tls());
    this.protocol = recording.isLmtp() ? Protocol.LMTP : calling.manner().protocol();
    this.patience = Patience.of(calling.manner().patience());
    this.login = login(calling.login());
  }

  private static Recording recording(String file, String text) throws Misused {
    return switch (TranscriptReader.read(text)) {
      case Parsed.Right<List<Utterance>>(var said) -> new Recording(file, said);
      case Parsed.Wrong<List<Utterance>>(var why) ->
          throw new Misused("--replay: " + file + " is no transcript: " + why);
    };
  }

  /** The server of the transcript, if no other is named. */
  private Order.Way way(Order.Way asked) {
    boolean named =
        asked.server().isPresent() || asked.domain().isPresent() || asked.socket().isPresent();
    if (named) {
      return asked;
    }
    return recording
        .server()
        .map(it ->
            new Order.Way(
                it.host(),
                Optional.empty(),
                it.port(),
                false,
                asked.family(),
                asked.from(),
                it.socket()))
        .orElse(asked);
  }

  private static Order.Tls asInTheTranscript(Order.Tls asked) {
    return new Order.Tls(
        Encryption.IF_OFFERED,
        asked.verify(),
        asked.name(),
        asked.authorities(),
        asked.certificate(),
        asked.key());
  }

  /** By the mechanism of the transcript, unless another is named. */
  private Optional<Order.Login> login(Optional<Order.Login> asked) {
    if (recording.mechanism().isEmpty()) {
      return Optional.empty();
    }
    Optional<ClientMechanism> same = recording.mechanism().flatMap(ClientMechanism::of);
    Order.Login bare =
        new Order.Login(
            List.of(), Optional.empty(), Optional.empty(), Optional.empty(), false, false);
    Order.Login given = asked.orElse(bare);
    return Optional.of(
        new Order.Login(
            given.mechanisms().isEmpty() ? same.stream().toList() : given.mechanisms(),
            given.user(),
            given.passwordFile(),
            given.passwordVariable(),
            false,
            given.unprotected()));
  }

  Order.Way way() {
    return way;
  }

  Order.Tls tls() {
    return tls;
  }

  /** The secrets that the transcript does not hold, if it needs any. */
  Optional<Credentials> credentials(Secrets secrets) throws Misused {
    if (login.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(secrets.find(login.get(), way.server()));
    } catch (Misused e) {
      throw new Misused("the transcript logs in, and holds no secrets: " + e.sentence());
    }
  }

  /** Says it all again; returns the exit code. */
  int play(Means means, Given given) throws Misused {
    return switch (new Finding(means.directions(), "--replay").find(way)) {
      case Directions.Way.Nowhere(var why, _) -> {
        given.tell(means.clock(), Mark.ERROR, why);
        yield Scripts.NO_CONNECTION;
      }
      case Directions.Way.To(var destinations) -> play(means, given, destinations);
    };
  }

  private int play(Means means, Given given, List<Destination> destinations) {
    Door door = new Door("replay", protocol, way.port(), false);
    ScriptCalls calls =
        new ScriptCalls(
            means, door, patience.connect(), patience.answer(), destinations, given::tls);
    given.tell(means.clock(), Mark.INFO, "connecting to " + destinations.getFirst().shown());
    try (Call call = calls.connect(Script.Protocol.SMTP, given.teller())) {
      if (recording.hasLeftOut()) {
        call.tell(Mark.INFO, "a login that was refused is left out: nobody has kept what was said");
      }
      return tell(call, level.of(run(call, means, given).play(call)));
    } catch (WireFailure e) {
      Trouble trouble = Trouble.lost(Stage.CONNECT, e);
      given.tell(means.clock(), Mark.ERROR, trouble.why());
      return Scripts.NO_CONNECTION;
    }
  }

  private ScriptRun run(Call call, Means means, Given given) {
    Protection protection =
        new Protection(given.trust(), call.to(), tls.verify(), means.clock(), call::tell);
    Map<String, ScriptRun.Event> events =
        Map.of(
            Recording.TLS, it -> encrypt(it, given.tls(), protection),
            Recording.LOGIN, it -> logIn(it, given, protection));
    return new ScriptRun(recording.script(), events, patience.answer());
  }

  private static int tell(Call call, List<Difference> differences) {
    if (differences.isEmpty()) {
      call.tell(Mark.INFO, "answered as in the transcript");
      return 0;
    }
    call.tell(Mark.ERROR, "not answered as in the transcript:");
    differences.forEach(it -> call.tell(Mark.ERROR, "  " + it.sentence()));
    return Scripts.OTHERWISE;
  }

  private Optional<String> encrypt(Call call, TlsClient client, Protection protection)
      throws WireFailure {
    Optional<Secured> secured = call.encrypt(client, patience.answer());
    if (secured.isEmpty()) {
      return Optional.of("the server has said something in the clear before TLS began");
    }
    return protection.judge(secured.get())
        ? Optional.empty()
        : Optional.of("the certificate is not good, and it has to be");
  }

  /** What the server offers now is not looked at: what it offered then was good enough to log in by. */
  private Optional<String> logIn(Call call, Given given, Protection protection) {
    Order.Login how = login.orElseThrow();
    List<String> words = how.mechanisms().stream().map(ClientMechanism::word).toList();
    Offered offered = Offered.read(List.of("", "AUTH " + String.join(" ", words)));
    return new Login(call, how, Order.Halt.NOWHERE, given.credentials(), given.nonces(), patience)
        .carryOut(offered, protection)
        .map(it -> it.heard().map(heard -> heard.text()).orElse(it.why()));
  }
}
