package me.ehlo.talk;

import me.ehlo.net.WireFailure;

/** Why nobody answers at a socket in the file system. */
enum SocketTrouble {
  ABSENT(
      "there is no such socket",
      "The server is not running, or keeps its socket elsewhere: its configuration says where."),
  FORBIDDEN(
      "not allowed",
      "The socket may be there, but this user may not use it, or not enter its folder: its"
          + " owner, its group and root may."),
  ABANDONED(
      "refused: nobody listens there",
      "The socket was left behind by a server that has gone, or is no socket."),
  BUSY("no answer", "A server made this socket and takes nobody who comes to it.");

  private final String words;
  private final String advice;

  SocketTrouble(String words, String advice) {
    this.words = words;
    this.advice = advice;
  }

  static SocketTrouble of(WireFailure failure) {
    String message = String.valueOf(failure.getMessage());
    if (message.contains("No such file")) {
      return ABSENT;
    }
    if (message.contains("Permission denied")) {
      return FORBIDDEN;
    }
    return failure.kind() == WireFailure.Kind.TIMED_OUT ? BUSY : ABANDONED;
  }

  /** As the end of a line. */
  String words() {
    return words;
  }

  /** What it means, as a sentence. */
  String advice() {
    return advice;
  }
}
