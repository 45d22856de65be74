package me.ehlo;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import me.ehlo.call.Directions;
import me.ehlo.call.Door;
import me.ehlo.call.Fitting;
import me.ehlo.call.ScriptCalls;
import me.ehlo.call.Scripts;
import me.ehlo.call.TlsFiles;
import me.ehlo.config.Config;
import me.ehlo.config.Endpoint;
import me.ehlo.config.Nearest;
import me.ehlo.control.Colour;
import me.ehlo.control.ExitCode;
import me.ehlo.control.Streams;
import me.ehlo.control.TalkOptions;
import me.ehlo.explain.Catalogue;
import me.ehlo.mail.Domain;
import me.ehlo.mail.DomainParser;
import me.ehlo.mail.Parsed;
import me.ehlo.net.ClientCertificate;
import me.ehlo.net.TlsClient;
import me.ehlo.net.Trust;
import me.ehlo.net.UnusableCertificate;
import me.ehlo.talk.Desk;
import me.ehlo.talk.Looks;
import me.ehlo.talk.PipeDesk;
import me.ehlo.talk.Place;
import me.ehlo.talk.Settings;
import me.ehlo.talk.Talk;
import me.ehlo.talk.Target;
import me.ehlo.talk.TerminalDesk;

/** The wiring of {@code ehlo talk}; what takes time is made when it is needed, because somebody waits for a prompt. */
final class Talking {
  private static final Duration CONNECTING = Duration.ofSeconds(10);
  private static final Duration PATIENCE = Duration.ofMinutes(5); // RFC 5321 §4.5.3.2.7
  private static final int NONCE_OCTETS = 18;

  private final TalkOptions options;
  private final Config config;
  private final Streams streams;
  private final Map<String, String> environment;
  private final List<String> arguments;

  Talking(
      TalkOptions options,
      Config config,
      Streams streams,
      Map<String, String> environment,
      List<String> arguments) {
    this.options = options;
    this.config = config;
    this.streams = streams;
    this.environment = environment;
    this.arguments = arguments;
  }

  /** Talks; returns what the shell is told. */
  int talk() {
    Optional<Place> place = place();
    if (place.isEmpty() || !isDomain() || isTwoWays()) {
      return misused(mistake());
    }
    Optional<String> unfit =
        options.scripts().isEmpty() ? Optional.empty() : Fitting.SCRIPT.refusal(options.typed());
    if (unfit.isPresent()) {
      return misused(unfit.get());
    }
    try {
      return talk(settings(place.get()));
    } catch (UnusableCertificate e) {
      return misused(e.sentences().getFirst());
    }
  }

  private int misused(String sentence) {
    streams.err().println("ehlo talk: " + sentence);
    return ExitCode.USAGE;
  }

  private int talk(Settings settings) throws UnusableCertificate {
    Supplier<Trust> trust = once(Talking::machines);
    if (options.authorities().isPresent()) {
      Trust named = TlsFiles.authorities(options.authorities().get());
      trust = () -> named;
    }
    Optional<ClientCertificate> own =
        TlsFiles.certificate(options.certificate(), options.certificateKey());
    Supplier<Trust> whom = trust;
    Supplier<TlsClient> tls = once(() -> TlsClient.of(whom.get(), own));
    if (!options.scripts().isEmpty()) {
      return play(settings, tls);
    }
    return talk(settings, trust, tls);
  }

  private int play(Settings settings, Supplier<TlsClient> tls) {
    try (Client client = new Client(config)) {
      return switch (settings.target().way(client.means().directions())) {
        case Directions.Way.Nowhere(var why, _) -> {
          streams.err().println("ehlo talk: " + why);
          yield Scripts.NO_CONNECTION;
        }
        case Directions.Way.To(var all) when settings.family().of(all).isEmpty() -> {
          streams
              .err()
              .println("ehlo talk: " + settings.family().absent(settings.target().name(), all));
          yield Scripts.NO_CONNECTION;
        }
        case Directions.Way.To(var all) ->
            new Scripts(
                    new ScriptCalls(
                        client.means(),
                        settings.door(),
                        settings.connecting(),
                        settings.patience(),
                        settings.family().of(all),
                        tls),
                    tls,
                    settings.patience(),
                    Scripts.Level.valueOf(options.compare().toUpperCase(Locale.ROOT)),
                    streams.out())
                .play(options.scripts());
      };
    }
  }

  private int talk(Settings settings, Supplier<Trust> trust, Supplier<TlsClient> tls) {
    try (Client client = new Client(config);
        Desk desk = desk()) {
      Talk talk =
          new Talk(
              settings,
              new Talk.Given(
                  client.means(),
                  desk,
                  tls,
                  trust,
                  Talking::nonce,
                  once(Catalogue::ours),
                  Nearest::to));
      if (desk instanceof TerminalDesk terminal) {
        terminal.learn(talk::completions, talk::hasSecret);
      }
      return talk.run();
    }
  }

  private Settings settings(Place place) {
    Target target =
        options
            .socket()
            .<Target>map(Target.Socket::new)
            .or(() -> domain().map(domain -> new Target.MailOf(domain, place.port())))
            .orElseGet(() -> new Target.Host(place.host(), place.port()));
    Optional<Path> state = state();
    return new Settings(
        target,
        place.door(),
        options.name().orElse(config.hostname().ascii()),
        options.tls(),
        options.strict(),
        family(),
        options.timeout().filter(it -> it.compareTo(CONNECTING) < 0).orElse(CONNECTING),
        options.timeout().orElse(PATIENCE),
        options.explain().orElse(streams.keyboard().isThere()),
        options.lastStatus(),
        options.keepsTranscript() ? state.map(it -> it.resolve("talk")) : Optional.empty(),
        options.keepsTranscript() ? options.transcript() : Optional.empty());
  }

  private Desk desk() {
    boolean person = streams.keyboard().isThere();
    Looks looks = looks(person);
    if (!person || isDumb()) {
      return new PipeDesk(
          streams.in(),
          streams.out(),
          looks,
          person,
          Optional.<Function<String, Optional<String>>>of(streams.keyboard()::secret)
              .filter(_ -> person));
    }
    Optional<String> editor =
        Optional.ofNullable(environment.get("VISUAL"))
            .or(() -> Optional.ofNullable(environment.get("EDITOR")))
            .filter(it -> !it.isBlank());
    return new TerminalDesk(
        streams.out(), looks, state().map(it -> it.resolve("talk-history")), editor);
  }

  private Looks looks(boolean person) {
    boolean colour = Colour.wanted(arguments, environment, person);
    boolean unicode = streams.out().charset().newEncoder().canEncode('\u2026');
    return new Looks(
        colour,
        options.classic(),
        unicode,
        options.times(),
        options.statusLine() && person && !isDumb());
  }

  private boolean isDumb() {
    return environment.getOrDefault("TERM", "dumb").equals("dumb");
  }

  /** Where it goes; empty: what was typed is no place. */
  private Optional<Place> place() {
    Door door =
        options
            .door()
            .map(Talking::door)
            .or(() -> options.socket().flatMap(Door::at))
            .orElse(Door.SMTP);
    Place usual = new Place("", door.port(), door);
    Optional<Place> place =
        options.host().isPresent()
            ? Place.of(options.host().get(), usual)
            : options.domain().isPresent() || options.socket().isPresent()
                ? Optional.of(usual)
                : ours(door);
    if (options.port().isEmpty() || place.isEmpty()) {
      return place;
    }
    int port = options.port().getAsInt();
    Door kind = options.door().isPresent() ? door : Door.at(port);
    return Optional.of(new Place(place.get().host(), port, kind));
  }

  /** The door of this data folder's server. */
  private Optional<Place> ours(Door door) {
    Config.Listen listen = config.listen();
    List<Endpoint> doors =
        switch (door.name()) {
          case "submission" -> listen.submission();
          case "smtps" -> listen.submissions();
          case "pop3" -> listen.pop3();
          case "pop3s" -> listen.pop3s();
          case "lmtp" -> List.of();
          default -> listen.smtp();
        };
    return doors.stream().findFirst().map(it -> new Place(reachable(it), it.port(), door));
  }

  /** Who listens everywhere is here too. */
  private static String reachable(Endpoint endpoint) {
    InetAddress address = new InetSocketAddress(endpoint.host(), endpoint.port()).getAddress();
    return address != null && address.isAnyLocalAddress() ? "127.0.0.1" : endpoint.host();
  }

  private static Door door(String name) {
    return List.of(Door.SUBMISSION, Door.SMTPS, Door.LMTP, Door.POP3, Door.POP3S).stream()
        .filter(door -> door.name().equals(name))
        .findFirst()
        .orElse(Door.SMTP);
  }

  /** A socket is all of the way to a server. */
  private boolean isTwoWays() {
    return options.socket().isPresent()
        && (options.host().isPresent()
            || options.domain().isPresent()
            || options.port().isPresent());
  }

  private boolean isDomain() {
    return options.domain().isEmpty() || domain().isPresent();
  }

  private Optional<Domain> domain() {
    return options
        .domain()
        .filter(it -> DomainParser.parse(it) instanceof Parsed.Right<Domain>)
        .map(it ->
            DomainParser.parse(it) instanceof Parsed.Right<Domain>(var right)
                ? right
                : Domain.ofAscii(it));
  }

  private String mistake() {
    if (isTwoWays()) {
      return "--socket is all of the way to a server: leave out HOST, --mx and --port";
    }
    return !isDomain()
        ? "\"" + options.domain().orElse("") + "\" is no domain"
        : options.host().isPresent()
            ? "\"" + options.host().get() + "\" is neither HOST nor HOST:PORT"
            : options.door().equals(Optional.of(Door.LMTP.name()))
                ? "this server takes no mail by LMTP: name a host, or --socket PATH"
                : "this server has no such door (listen.*): name a host";
  }

  private Settings.Family family() {
    if (options.onlyIpv4() == options.onlyIpv6()) {
      return Settings.Family.ANY;
    }
    return options.onlyIpv4() ? Settings.Family.IPV4 : Settings.Family.IPV6;
  }

  /** XDG Base Directory Specification: what a program remembers, and can do without. */
  private Optional<Path> state() {
    return variable("XDG_STATE_HOME")
        .map(Path::of)
        .or(() -> variable("HOME").map(home -> Path.of(home, ".local", "state")))
        .map(it -> it.resolve("ehlo"));
  }

  private Optional<String> variable(String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty());
  }

  private static Trust machines() {
    try {
      return Trust.ofThisMachine();
    } catch (UnusableCertificate e) {
      return new Trust(
          "nobody", List.of()); // and every certificate is told to be of an unknown authority
    }
  }

  private static String nonce() {
    byte[] octets = new byte[NONCE_OCTETS];
    new SecureRandom().nextBytes(octets);
    return HexFormat.of().formatHex(octets);
  }

  /** Made when it is first asked for. */
  private static <T> Supplier<T> once(Supplier<T> maker) {
    return new Supplier<>() {
      private Optional<T> made = Optional.empty();

      @Override
      public T get() {
        if (made.isEmpty()) {
          made = Optional.of(maker.get());
        }
        return made.get();
      }
    };
  }
}
