package me.ehlo.control;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code ehlo config}: what is set, and whether it is right. */
@Command(
    name = "config",
    header = "The configuration: what is set, by whom, and whether it is right.",
    description = {
      "",
      "  ehlo config show               every key, its value, and where that comes from",
      "  ehlo config show > ehlo.toml   a file to begin with",
      "  ehlo config check              all mistakes, with line and column",
      "",
      "A key is set, the strongest first, by --set smtp.size-max=50m, by the variable",
      "EHLO_SMTP_SIZE_MAX, or in the file: --config FILE, else ehlo.toml in this folder, else",
      "~/.config/ehlo/ehlo.toml, else /etc/ehlo/ehlo.toml.",
      ""
    })
public final class ConfigCommand {
  private final Door door;

  public ConfigCommand(Door door) {
    this.door = door;
  }

  @Command(header = "Show every key with its value and where that comes from.")
  int show(@Mixin SiteOptions where) {
    return door.showConfiguration(where);
  }

  @Command(header = "Check the configuration; exit 0, or 2 and all mistakes.")
  int check(@Mixin SiteOptions where) {
    return door.checkConfiguration(where);
  }
}
