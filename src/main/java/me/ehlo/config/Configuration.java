package me.ehlo.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads file, environment and command line, the later ones stronger, into one {@link Config} or all the mistakes. */
public final class Configuration {
  /** Not a key: asks for the details of an unexpected error. */
  private static final String DEBUG = "EHLO_DEBUG";

  // Kubernetes sets these in every container beside a service that is called ehlo; nobody wrote
  // them.
  private static final Pattern NOT_OURS = Pattern.compile("EHLO_(SERVICE_.*|PORT(_.*)?)");

  private final Settings settings;
  private final Optional<String> file;

  private Configuration(Settings settings, Optional<String> file) {
    this.settings = settings;
    this.file = file;
  }

  /** Reads everything; nothing is started with a part of it. */
  public static Configuration load(Flags flags, Surroundings surroundings) throws Misconfigured {
    Optional<Path> file =
        flags.file().map(surroundings.folder()::resolve).or(surroundings::usualFile);
    Findings findings = findings(file, flags, surroundings);
    Settings settings = Settings.of(findings, surroundings);
    Together.check(settings, findings);
    List<Mistake> mistakes = findings.mistakes();
    if (!mistakes.isEmpty()) {
      throw new Misconfigured(mistakes);
    }
    return new Configuration(settings, file.map(Object::toString));
  }

  /**
   * Where programs on this machine hand in their mail ({@code listen.submit}); empty: nowhere.
   *
   * <p>Any user may ask, so nothing else of the configuration is looked at: its files may be the server's alone. The file
   * of the whole machine comes first: a folder that somebody else writes to must not say where root's mail goes.
   */
  public static Optional<Path> submitSocket(Flags flags, Surroundings surroundings)
      throws Misconfigured {
    Optional<Path> file =
        flags
            .file()
            .map(surroundings.folder()::resolve)
            .or(() -> Optional.of(surroundings.systemFile()).filter(Files::exists))
            .or(surroundings::usualFile);
    Findings found = findings(file, flags, surroundings);
    List<Key<?>> keys = List.of(Keys.DATA, Keys.LISTEN_SUBMIT);
    Findings wrong = new Findings();
    if (file.filter(path -> !Files.isReadable(path)).isPresent() && found.givens().isEmpty()) {
      wrong.mistake(
          Source.of(file.get().toString()),
          "cannot be read by this user; EHLO_LISTEN_SUBMIT can say where the socket is");
    }
    Settings settings = Settings.of(keys, found, surroundings, wrong);
    if (!wrong.mistakes().isEmpty()) {
      throw new Misconfigured(wrong.mistakes());
    }
    return Config.submitSocket(settings);
  }

  private static Findings findings(Optional<Path> file, Flags flags, Surroundings surroundings) {
    Findings findings = new Findings();
    file.map(ConfigFile::read).ifPresent(findings::addAll);
    readEnvironment(surroundings.environment(), findings);
    readFlags(flags, findings);
    return findings;
  }

  /** The values for those who use them. */
  public Config config() {
    return Config.of(settings);
  }

  /** What is no mistake and yet not well, a sentence each. */
  public List<String> warnings() {
    Stream<String> passwords =
        settings.get(Keys.RELAY_PASSWORD_FILE).stream()
            .flatMap(file -> open(Keys.RELAY_PASSWORD_FILE, file.path()));
    Stream<String> keys =
        settings.get(Keys.TLS_KEY).stream().flatMap(file -> open(Keys.TLS_KEY, file));
    return Stream.concat(passwords, keys).toList();
  }

  /** A sentence if every user of this machine may read or write it. */
  private static Stream<String> open(Key<?> key, Path file) {
    try {
      Set<PosixFilePermission> rights = Files.getPosixFilePermissions(file);
      return rights.contains(PosixFilePermission.OTHERS_READ)
              || rights.contains(PosixFilePermission.OTHERS_WRITE)
          ? Stream.of(
              "%s: everybody on this machine may read or write %s; chmod o= %2$s"
                  .formatted(key.name(), file))
          : Stream.of();
    } catch (IOException e) {
      return Stream.of(); // whoever reads it says what is wrong
    }
  }

  /** Where the file is, for a sentence about it. */
  public String file() {
    return file.orElse("The configuration (there is no file)");
  }

  /** The values for people: a valid file, each line with the source of its value. */
  public String show() {
    return new Shown(settings, file).toString();
  }

  private static void readEnvironment(Map<String, String> environment, Findings findings) {
    new TreeMap<>(environment)
        .forEach((variable, value) -> {
          if (variable.startsWith("EHLO_")
              && !variable.equals(DEBUG)
              && !NOT_OURS.matcher(variable).matches()) {
            readVariable(variable, value, findings);
          }
        });
  }

  private static void readVariable(String variable, String value, Findings findings) {
    Source source = Source.of(variable);
    Keys.ALL.stream()
        .filter(key -> key.variable().equals(variable))
        .findFirst()
        .ifPresentOrElse(
            key -> findings.value(key, value, source),
            () -> findings.mistake(source, Unknown.variable(variable)));
  }

  private static void readFlags(Flags flags, Findings findings) {
    flags.data().ifPresent(data -> findings.value(Keys.DATA, data, Source.of("--data")));
    for (String set : flags.set()) {
      int equals = set.indexOf('=');
      if (equals < 0) {
        findings.mistake(Source.of("--set"), "write KEY=VALUE, such as --set smtp.strict=true");
        continue;
      }
      String name = set.substring(0, equals).strip();
      Source source = Source.of("--set " + name);
      findings.value(name, set.substring(equals + 1), source);
    }
  }
}
