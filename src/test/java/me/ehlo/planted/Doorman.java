package me.ehlo.planted;

import me.ehlo.planted.config.Keys;
import me.ehlo.planted.store.Shelf;

/** Stands at the door and knows too much, remembers, and gives up. */
record Doorman(Shelf shelf, Keys keys) {
  static int count;

  static void giveUp(Exception reason) {
    reason.printStackTrace();
    System.exit(1);
  }
}
