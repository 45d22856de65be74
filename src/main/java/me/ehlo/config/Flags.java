package me.ehlo.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What the command line says about the configuration.
 *
 * @param file {@code --config}
 * @param data {@code --data}, short for {@code --set data=…}
 * @param set each {@code --set KEY=VALUE}, the last one of a key counts
 */
public record Flags(Optional<Path> file, Optional<String> data, List<String> set) {
  public static final Flags NONE = new Flags(Optional.empty(), Optional.empty(), List.of());

  public Flags {
    set = List.copyOf(set);
  }
}
