package me.ehlo.planted;

import me.ehlo.planted.config.Keys;

/** May know the configuration and end the process: nothing is to be found here. */
public record Main(Keys keys) {
  static void end() {
    System.exit(0);
  }
}
