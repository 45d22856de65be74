package me.ehlo.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * What the configuration takes from outside, passed in so that tests can choose it.
 *
 * @param folder the working directory
 * @param systemFile the configuration file of the whole machine
 * @param machine asks for our host name, and only when nobody has set one: the question may go as far as DNS
 */
public record Surroundings(
    Map<String, String> environment, Path folder, Path systemFile, Supplier<String> machine) {

  public Surroundings {
    environment = Map.copyOf(environment);
  }

  /** This process on this machine. */
  public static Surroundings ofProcess() {
    return new Surroundings(
        System.getenv(),
        Path.of("").toAbsolutePath(),
        Path.of("/etc/ehlo/ehlo.toml"),
        MachineName::find);
  }

  String hostname() {
    return machine.get();
  }

  /** The first of the usual configuration files that exists. */
  Optional<Path> usualFile() {
    return Stream.of(
            Optional.of(folder.resolve("ehlo.toml")), personalFile(), Optional.of(systemFile))
        .flatMap(Optional::stream)
        .filter(Files::exists)
        .findFirst();
  }

  // XDG Base Directory Specification: $XDG_CONFIG_HOME, or ~/.config when it is not set.
  private Optional<Path> personalFile() {
    return variable("XDG_CONFIG_HOME")
        .map(Path::of)
        .or(() -> variable("HOME").map(home -> Path.of(home, ".config")))
        .map(config -> config.resolve("ehlo").resolve("ehlo.toml"));
  }

  private Optional<String> variable(String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty());
  }
}
