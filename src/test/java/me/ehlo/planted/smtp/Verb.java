package me.ehlo.planted.smtp;

import java.util.Random;
import me.ehlo.planted.pop3.Stat;

/** Knows its neighbour, throws dice, and looks around in the process. */
public record Verb(Stat stat) {
  static int guess(Random dice) {
    return dice.nextInt();
  }

  static String home() {
    return System.getProperty("user.home");
  }
}
