package me.ehlo.attack;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.List;
import me.ehlo.front.Encryption;
import me.ehlo.front.Pop3House;
import me.ehlo.pop3.Pop3Limits;
import org.junit.jupiter.api.Test;

/** F9 for POP3: a NUL or another control in a name, a password or a Base64 message lets nobody in, cut off or not. */
class F9ControlsInLoginsTest {
  private static final Pop3Limits PATIENT =
      new Pop3Limits(512, Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE);
  private static final String RIGHT = "\0bob\0secret";

  @Test
  void anyOctetAnywhereInsideTheMessage() {
    try (Pop3House house = house();
        Peer peer = peer(house)) {
      for (int at = 0; at <= RIGHT.length(); at++) {
        for (char octet : "\0\r\u00FF".toCharArray()) {
          refused(peer, RIGHT.substring(0, at) + octet + RIGHT.substring(at));
        }
      }
      right(peer);
    }
  }

  @Test
  void anythingCutOff() {
    try (Pop3House house = house();
        Peer peer = peer(house)) {
      for (int end = 1; end < RIGHT.length(); end++) {
        refused(peer, RIGHT.substring(0, end));
      }
      right(peer);
    }
  }

  @Test
  void anyControlAnywhereInTheLine() {
    try (Pop3House house = house();
        Peer peer = peer(house)) {
      String word = encoded(RIGHT);
      for (int at = 0; at <= word.length(); at++) {
        for (char control : "\0\1\r\u001B".toCharArray()) {
          String spoiled = word.substring(0, at) + control + word.substring(at) + "\r\n";
          peer.sends("AUTH PLAIN " + spoiled);
          peer.hears("-ERR Your line contains");
          peer.asks("AUTH PLAIN", "+ ");
          peer.sends(spoiled);
          peer.hears("-ERR Your line contains");
        }
      }
      right(peer);
    }
  }

  @Test
  void namesAndPasswordsInTheClear() {
    try (Pop3House house = house();
        Peer peer = peer(house)) {
      for (char control : "\0\1\u001B".toCharArray()) {
        for (String line : List.of("USER bob" + control, "USER b" + control + "ob")) {
          peer.asks(line, "-ERR Your line contains");
        }
        peer.asks("USER bob", "+OK");
        peer.asks("PASS secret" + control, "-ERR Your line contains");
        peer.asks("PASS secret" + control + "x", "-ERR Your line contains");
      }
      right(peer);
    }
  }

  @Test
  void mechanismsThatAreNotOffered() {
    try (Pop3House house = house();
        Peer peer = peer(house)) {
      for (String name : List.of("EXTERNAL", "ANONYMOUS", "NTLM", "CRAM-MD5", "GSSAPI", "OTP")) {
        peer.asks("AUTH " + name + " =", "-ERR [AUTH] This mechanism is not offered");
        peer.asks("AUTH " + name, "-ERR [AUTH] This mechanism is not offered");
      }
      right(peer);
    }
  }

  private static void refused(Peer peer, String message) {
    String answer = peer.asks("AUTH PLAIN " + encoded(message), "-ERR");
    assertThat(answer).doesNotContain("secret").doesNotContain("bob");
  }

  /** So that it is seen that the others are refused for what is wrong with them. */
  private static void right(Peer peer) {
    peer.asks("AUTH PLAIN " + encoded(RIGHT), "+OK Welcome");
  }

  private static String encoded(String message) {
    return Base64.getEncoder().encodeToString(message.getBytes(ISO_8859_1));
  }

  private static Pop3House house() {
    return new Pop3House(Encryption.NONE, true, PATIENT);
  }

  private static Peer peer(Pop3House house) {
    Peer peer = new Peer(house.address());
    peer.hears("+OK");
    return peer;
  }
}
