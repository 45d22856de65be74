package me.ehlo.control;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of a command that calls servers and has no store: which configuration it reads; picocli fills them in. */
public final class CallerOptions {
  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "Read this configuration (else ./ehlo.toml, ~/.config/ehlo/ehlo.toml,"
              + " /etc/ehlo/ehlo.toml).")
  private @Nullable Path config;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Set a key of the configuration, such as dns.servers; may be repeated.")
  private List<String> set = new ArrayList<>();

  public @Nullable Path config() {
    return config;
  }

  public List<String> set() {
    return List.copyOf(set);
  }
}
