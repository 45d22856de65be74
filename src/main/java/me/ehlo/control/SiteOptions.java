package me.ehlo.control;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say which site a command is about; picocli fills them in. */
public final class SiteOptions {
  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "Read this configuration (else ./ehlo.toml, ~/.config/ehlo/ehlo.toml,"
              + " /etc/ehlo/ehlo.toml).")
  private @Nullable Path config;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Where mail is kept: short for --set data=DIR.")
  private @Nullable String data;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Set a key of the configuration; may be repeated. ehlo config show lists them.")
  private List<String> set = new ArrayList<>();

  public @Nullable Path config() {
    return config;
  }

  public @Nullable String data() {
    return data;
  }

  public List<String> set() {
    return List.copyOf(set);
  }
}
