package me.ehlo.check;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** The usual replies, each after a while. */
record UnhurriedReplies(Duration pause) {

  String reply(String line) {
    if (line.startsWith("EHLO")) {
      LockSupport.parkNanos(pause.toNanos());
    }
    return "";
  }
}
