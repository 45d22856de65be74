package me.ehlo.planted.mail;

import java.io.FileInputStream;
import java.net.Socket;
import java.time.Instant;
import java.util.function.Supplier;
import me.ehlo.planted.smtp.Verb;

/** Reaches down, and touches a file, a socket, and a clock. */
record Letter(Verb verb, FileInputStream file, Socket socket) {
  static Supplier<Instant> now() {
    return Instant::now;
  }
}
