package me.ehlo.planted.queue;

import java.net.ServerSocket;
import java.sql.Connection;
import me.ehlo.planted.store.Shelf;

/** Knows how things are kept, starts threads, listens, and speaks SQL. */
public record Turn(Shelf shelf, Connection connection, ServerSocket socket) {
  static void start() {
    Thread.startVirtualThread(() -> {}).interrupt();
  }
}
