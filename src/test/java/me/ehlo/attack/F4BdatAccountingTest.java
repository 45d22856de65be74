package me.ehlo.attack;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * F4: the octets of a chunk are counted exactly (RFC 3030 §2): whatever becomes of it, what follows it is the next
 * command, and what is in it never is.
 */
class F4BdatAccountingTest {
  private static final String TRAP =
      "RSET\r\nQUIT\r\n"; // if a chunk is read as commands, they show

  @Test
  void chunksMakeTheMailTheyAddUpTo() {
    try (Site site = Site.usual();
        Peer peer = site.inTransaction()) {
      peer.sends("BDAT 5\r\nab\r\ncBDAT 0\r\nBDAT 6 LAST\r\n\r\n.\r\n.");
      peer.hears("250");
      peer.hears("250");
      peer.hears("250 2.0.0 Ok: queued");
      assertThat(site.onlyMail().content()).isEqualTo("ab\r\nc\r\n.\r\n.");
      peer.asks("QUIT", "221");
    }
  }

  @Test
  void aChunkMayEndBetweenCrAndLf() {
    try (Site site = Site.usual();
        Peer peer = site.inTransaction()) {
      peer.sends("BDAT 2\r\na\rBDAT 3 LAST\r\n\nb\r");
      peer.hears("250");
      peer.hears("550 5.5.2"); // only the last CR is one without LF
      peer.asks("MAIL FROM:<ann@client.example>", "250");
      peer.asks("RCPT TO:<bob@ehlo.test>", "250");
      peer.sends("BDAT 2\r\na\rBDAT 1\r\n\nBDAT 0 LAST\r\n");
      peer.hears("250");
      peer.hears("250");
      peer.hears("250 2.0.0 Ok: queued");
      assertThat(site.onlyMail().content()).isEqualTo("a\r\n");
    }
  }

  @Test
  void anEmptyLastChunkEndsTheMail() {
    try (Site site = Site.usual();
        Peer peer = site.inTransaction()) {
      peer.asks("BDAT 0 LAST", "250 2.0.0 Ok: queued");
      assertThat(site.onlyMail().content()).isEmpty();
    }
  }

  /** Each is in a state in which BDAT is wrong: the chunk is read and forgotten, the state is as it was. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "EHLO a.example\n",
        "HELO a.example\nMAIL FROM:<>\nRCPT TO:<bob@ehlo.test>\n",
        "EHLO a.example\nMAIL FROM:<>\n",
        "EHLO a.example\nMAIL FROM:<>\nRCPT TO:<bob@elsewhere.example>\n",
        "EHLO a.example\nMAIL FROM:not an address\n"
      })
  void aChunkOutOfPlaceIsConsumed(String before) {
    try (Site site = Site.usual();
        Peer peer = site.connect()) {
      peer.hears("220");
      for (String command : before.split("\n", -1)) {
        if (!command.isEmpty()) {
          peer.says(command);
          peer.reply();
        }
      }
      for (String last : new String[] {"", " LAST"}) {
        peer.sends("BDAT " + TRAP.length() + last + "\r\n" + TRAP);
        peer.hears("50");
      }
      peer.asks("NOOP", "250");
      assertThat(site.kept).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-1",
        "+5",
        "5x",
        "0x10",
        "1e3",
        "5 LAST LAST",
        "5 FIRST",
        "LAST",
        "LAST 5",
        "99999999999999999999",
        "9223372036854775808",
        "18446744073709551621",
        "٥",
        "5,5",
        "5.0"
      })
  void aSizeThatCannotBeKnownEndsTheConversation(String size) {
    try (Site site = Site.usual();
        Peer peer = site.inTransaction()) {
      peer.sends(("BDAT " + size + "\r\n" + TRAP).getBytes(UTF_8));
      peer.hears("501 5.5.4");
      peer.hearsTheEnd();
      assertThat(site.kept).isEmpty();
      peer.hangsUp();
      site.awaitNobodyHere();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"2000001", "999999999999999999", "9223372036854775807"})
  void aHugeChunkIsNotWaitedFor(String size) {
    try (Site site = Site.usual();
        Peer peer = site.inTransaction()) {
      peer.sends("BDAT " + size + " LAST\r\n" + TRAP);
      assertThat(peer.reply()).as("%s", peer).matches("(?s)(552 5\\.3\\.4|501 5\\.5\\.4).*");
      peer.hearsTheEnd();
      assertThat(site.kept).isEmpty();
    }
  }

  @Test
  void aChunkThatIsTooBigIsConsumedAndTheRestOfItsMailToo() {
    try (Site site = new Site(Site.Plan.USUAL.sizeMax(100));
        Peer peer = site.inTransaction()) {
      String big = TRAP.repeat(13); // 156 octets
      peer.sends("BDAT " + big.length() + "\r\n" + big + "BDAT 12 LAST\r\n" + TRAP);
      peer.hears("552 5.3.4");
      peer.hears("503 5.5.1");
      peer.asks("NOOP", "250");
      assertThat(site.kept).isEmpty();
    }
  }

  @Test
  void chunksThatAddUpToTooMuchAreRefusedAtTheOneThatDoes() {
    try (Site site = new Site(Site.Plan.USUAL.sizeMax(23));
        Peer peer = site.inTransaction()) {
      peer.sends(("BDAT 12\r\n" + TRAP).repeat(2) + "BDAT 12 LAST\r\n" + TRAP);
      peer.hears("250");
      peer.hears("552 5.3.4");
      peer.hears("503 5.5.1");
      peer.asks("NOOP", "250");
      assertThat(site.kept).isEmpty();
    }
  }

  @Test
  void exactlyTheLargestMailIsTaken() {
    try (Site site = new Site(Site.Plan.USUAL.sizeMax(24));
        Peer peer = site.inTransaction()) {
      peer.sends("BDAT 12\r\n" + TRAP + "BDAT 12 LAST\r\n" + TRAP);
      peer.hears("250");
      peer.hears("250 2.0.0 Ok: queued");
    }
  }

  @Test
  void dataAmongChunksIsRefusedAndTheChunksGoOn() {
    try (Site site = Site.usual();
        Peer peer = site.inTransaction()) {
      peer.sends("BDAT 3\r\na\r\n");
      peer.hears("250");
      peer.asks("DATA", "503 5.5.1");
      peer.asks("MAIL FROM:<eve@client.example>", "503 5.5.1");
      peer.asks("RCPT TO:<ann@ehlo.test>", "503 5.5.1");
      peer.sends("BDAT 3 LAST\r\nb\r\n");
      peer.hears("250 2.0.0 Ok: queued");
      assertThat(site.onlyMail().content()).isEqualTo("a\r\nb\r\n");
      assertThat(site.onlyMail().arrival().envelope().recipients()).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"RSET", "EHLO again.example", "HELO again.example"})
  void chunksForgottenLeaveNothingToTheNextMail(String forget) {
    try (Site site = Site.usual();
        Peer peer = site.inTransaction()) {
      peer.sends("BDAT 3\r\nx\r\n");
      peer.hears("250");
      peer.asks(forget, "250");
      peer.asks("MAIL FROM:<ann@client.example>", "250");
      peer.asks("RCPT TO:<bob@ehlo.test>", "250");
      peer.asks("DATA", "354");
      peer.asks("y\r\n.", "250 2.0.0 Ok: queued");
      assertThat(site.onlyMail().content()).isEqualTo("y\r\n");
    }
  }

  @Test
  void aChunkMayArriveOctetByOctet() {
    try (Site site = Site.usual();
        Peer peer = site.inTransaction()) {
      peer.trickles(
          ("BDAT 12\r\n" + TRAP + "BDAT 12 LAST\r\n" + TRAP + "NOOP\r\n").getBytes(ISO_8859_1));
      peer.hears("250");
      peer.hears("250 2.0.0 Ok: queued");
      peer.hears("250 2.0.0");
      assertThat(site.onlyMail().content()).isEqualTo(TRAP + TRAP);
    }
  }
}
