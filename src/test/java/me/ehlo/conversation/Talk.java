package me.ehlo.conversation;

import java.util.ArrayList;
import java.util.List;
import me.ehlo.script.Script.Exchange;

/** A conversation without a socket: octets are given to it, and what it says is taken from it. */
interface Talk {

  /** The client has come, and has perhaps said something already. */
  void greet(boolean talksEarly);

  /** The client says this, all at once. */
  void hear(byte[] octets);

  /** The client has said nothing for too long. */
  void idle();

  /** The server is told to stop. */
  void stop();

  /** The client's TLS handshake happens here. */
  default void handshake() {
    throw new IllegalStateException("nobody has asked for TLS");
  }

  /** The client is gone. */
  void end();

  /** What has been said since it was last asked for. */
  byte[] said();

  /** Whether the last command is one whose answer a client waits for. */
  boolean waits();

  boolean closed();

  /** Plays the script, exchange by exchange. */
  static Played play(Scene scene) {
    Talk talk = scene.talk();
    List<byte[]> answers = new ArrayList<>();
    List<Boolean> waits = new ArrayList<>();
    for (Exchange exchange : scene.script.exchanges()) {
      byte[] octets = exchange.octets();
      if (answers.isEmpty()) {
        talk.greet(!isNegotiation(octets));
      }
      exchange.events().forEach(scene::befall);
      if (exchange.has("stop")) {
        talk.stop();
      }
      if (exchange.has("tls")) {
        talk.handshake();
      }
      if (exchange.has("idle")) {
        talk.idle();
      }
      talk.hear(octets);
      waits.add(answers.isEmpty() || talk.waits());
      answers.add(talk.said());
    }
    boolean closed = talk.closed();
    talk.end();
    return new Played(answers, waits, closed);
  }

  /** Nothing at all, or only telnet's own (RFC 854), which may come before the greeting. */
  private static boolean isNegotiation(byte[] octets) {
    return octets.length == 0 || octets[0] == (byte) 255;
  }
}
