package me.ehlo.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import me.ehlo.access.Crowd;
import me.ehlo.attack.FiveDoors.Door;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * F8 on each door, within TLS where the door has it: whoever speaks another language is told so once and sent away, and
 * nothing of what follows is carried out. A browser can be made to send such a request to any port, and its body is a
 * conversation that somebody else has written (ALPACA, USENIX Security 2021).
 */
class F8EveryDoorTest {
  private static final List<String> FIRST_LINES =
      List.of(
          "GET / HTTP/1.1",
          "POST /mail HTTP/1.0",
          "CONNECT mx.ehlo.test:25 HTTP/1.1",
          "OPTIONS * HTTP/1.1",
          "PUT /x HTTP/1.1",
          "HEAD / HTTP/1.0",
          "PRI * HTTP/2.0",
          "get / http/1.1",
          "PROXY TCP4 127.0.0.1 127.0.0.1 56324 25",
          "PROXY UNKNOWN");
  private static final String HELLO = "\u0016\u0003\u0001\u0002\0\u0001\0\u0001\u00FC\u0003\u0003";
  private static final String PLAIN = "AUTH PLAIN AGFubgBzZWNyZXQ=";
  private static final String SMTP_BODY =
      body(
          "EHLO x",
          PLAIN,
          "MAIL FROM:<ann@ehlo.test>",
          "RCPT TO:<bob@ehlo.test>",
          "DATA",
          "x",
          ".",
          "QUIT");
  private static final String POP3_BODY = body("USER ann", "PASS secret", PLAIN, "DELE 1", "QUIT");

  static Stream<Arguments> everyFirstLineAtEveryDoor() {
    return Arrays.stream(Door.values())
        .flatMap(door -> FIRST_LINES.stream().map(line -> Arguments.of(door, line)));
  }

  @ParameterizedTest
  @MethodSource("everyFirstLineAtEveryDoor")
  void anotherLanguageIsAnsweredOnce(Door door, String line) {
    try (FiveDoors house = new FiveDoors();
        Peer peer = house.welcomed(door)) {
      peer.sends(line + (door.reads ? POP3_BODY : SMTP_BODY));
      peer.hears(refusal(door));
      peer.hearsTheEnd();
      peer.hangsUp();
      house.awaitNobodyHere();
      assertThat(house.decided()).containsExactly(reason(door));
    }
  }

  /** In the middle of everything, too, the request ends it, and the mail that had begun is none. */
  @ParameterizedTest
  @EnumSource(
      value = Door.class,
      names = {"TRANSFER", "SUBMISSION", "SUBMISSIONS"})
  void anotherLanguageInTheMiddleOfAMail(Door door) {
    try (FiveDoors house = new FiveDoors();
        Peer peer = house.encrypted(door)) {
      peer.asks("AUTH PLAIN AGFubgBzZWNyZXQ=", "235");
      peer.asks("MAIL FROM:<ann@ehlo.test>", "250");
      peer.asks("RCPT TO:<bob@ehlo.test>", "250");
      peer.sends("GET / HTTP/1.1\r\nDATA\r\nx\r\n.\r\n");
      peer.hears("554 5.5.0");
      peer.hearsTheEnd();
      peer.hangsUp();
      house.awaitNobodyHere();
      assertThat(house.decided())
          .containsExactly("logged-in", "sender-ok", "recipient-ok", "another-protocol");
    }
  }

  /** A client that has TLS in mind waits for our answer to its hello, and neither of us would ever say a word. */
  @ParameterizedTest
  @EnumSource
  void aHelloOfTlsWhereNoneIsExpected(Door door) {
    try (FiveDoors house = new FiveDoors();
        Peer peer = house.welcomed(door)) {
      peer.sends(HELLO);
      peer.hears(refusal(door));
      peer.hearsTheEnd();
      peer.hangsUp();
      house.awaitNobodyHere();
      assertThat(house.decided()).containsExactly(reason(door));
    }
  }

  @ParameterizedTest
  @EnumSource
  void aHelloOfTlsOctetByOctet(Door door) {
    try (FiveDoors house = new FiveDoors();
        Peer peer = house.welcomed(door)) {
      peer.sends("\u0016");
      peer.sends("\u0003");
      peer.hears(refusal(door));
      peer.hearsTheEnd();
    }
  }

  /** Where TLS comes first, whatever is no handshake gets no word of a conversation. */
  @ParameterizedTest
  @EnumSource(
      value = Door.class,
      names = {"SUBMISSIONS", "POP3S"})
  void inTheClearWhereTlsComesFirst(Door door) {
    for (String line : FIRST_LINES) {
      try (FiveDoors house = new FiveDoors();
          Peer peer = house.connect(door)) {
        peer.sends(line + (door.reads ? POP3_BODY : SMTP_BODY));
        assertThat(peer.rest()).doesNotContain("220", "250", "+OK");
        peer.hangsUp();
        house.awaitNobodyHere();
        assertThat(house.decided())
            .containsExactly(door.reads ? "pop3-handshake-failed" : "handshake-failed");
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Door.class,
      names = {"TRANSFER", "SUBMISSION", "SUBMISSIONS"})
  void talkingBeforeTheGreeting(Door door) {
    Crowd.Limits room = new Crowd.Limits(1000, 1000, 1000, true);
    try (FiveDoors house = new FiveDoors(Duration.ofSeconds(30), room);
        Peer peer = house.connect(door)) {
      if (door.tlsFirst) {
        peer.encrypts();
      }
      peer.sends("EHLO client.example\r\n");
      peer.hears("554 5.5.0");
      peer.hearsTheEnd();
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Door.class,
      names = {"TRANSFER", "SUBMISSION", "SUBMISSIONS"})
  void pipeliningPastWhatEndsAGroup(Door door) {
    for (String last :
        List.of(
            "EHLO x",
            "HELO x",
            "DATA",
            "STARTTLS",
            "AUTH PLAIN AGFubgBzZWNyZXQ=",
            "AUTH PLAIN",
            "AUTH LOGIN")) {
      try (FiveDoors house = new FiveDoors();
          Peer peer = house.encrypted(door)) {
        peer.sends(last + "\r\nMAIL FROM:<ann@ehlo.test>\r\nRCPT TO:<bob@ehlo.test>\r\n");
        peer.hears("554 5.5.0");
        peer.hearsTheEnd();
        assertThat(house.decided()).as(last).containsExactly("too-early");
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Door.class,
      names = {"TRANSFER", "SUBMISSION", "SUBMISSIONS"})
  void pipeliningPastAResponse(Door door) {
    try (FiveDoors house = new FiveDoors();
        Peer peer = house.encrypted(door)) {
      peer.asks("AUTH PLAIN", "334");
      peer.sends("AGFubgBzZWNyZXQ=\r\nMAIL FROM:<ann@ehlo.test>\r\n");
      peer.hears("554 5.5.0");
      peer.hearsTheEnd();
      assertThat(house.decided()).containsExactly("too-early");
    }
  }

  /** STARTTLS in the clear, with more behind it, before anybody is encrypted. */
  @Test
  void pipeliningPastStartTlsInTheClear() {
    for (Door door : List.of(Door.TRANSFER, Door.SUBMISSION)) {
      try (FiveDoors house = new FiveDoors();
          Peer peer = house.welcomed(door)) {
        peer.asks("EHLO client.example", "250");
        peer.sends("STARTTLS\r\nEHLO y\r\n");
        peer.hears("554 5.5.0");
        peer.hearsTheEnd();
      }
    }
  }

  /** So that refusing everything always would not do. */
  @ParameterizedTest
  @EnumSource
  void theControlOurOwnLanguage(Door door) {
    try (FiveDoors house = new FiveDoors();
        Peer peer = house.encrypted(door)) {
      if (door.reads) {
        peer.asks("USER ann", "+OK");
        peer.asks("PASS secret", "+OK");
        assertThat(house.decided()).contains("pop3-logged-in");
      } else {
        peer.asks("AUTH PLAIN AGFubgBzZWNyZXQ=", "235");
        peer.asks("MAIL FROM:<ann@ehlo.test>", "250");
        peer.asks("RCPT TO:<bob@ehlo.test>", "250");
        peer.asks("DATA", "354");
        peer.asks("From: ann@ehlo.test\r\n\r\nx\r\n.", "250");
        assertThat(house.decided()).contains("accepted");
      }
    }
  }

  private static String body(String... lines) {
    return "\r\nHost: x\r\n\r\n" + String.join("\r\n", lines) + "\r\n";
  }

  private static String refusal(Door door) {
    return door.reads ? "-ERR This is a mail server (POP3)" : "554 5.5.0";
  }

  private static String reason(Door door) {
    return door.reads ? "pop3-another-protocol" : "another-protocol";
  }
}
