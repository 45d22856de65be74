package me.ehlo.attack;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import me.ehlo.access.Crowd;
import me.ehlo.front.MailPace;
import me.ehlo.trace.Event;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** G5: who comes too often, with too many, or too slowly is told so and sent away, and nobody else notices. */
class G5ManyAndSlowTest {
  private static final Duration SHORT = Duration.ofMillis(700);
  private static final Site.Plan USUAL = Site.Plan.USUAL;

  @Test
  void oneAddressHasItsShare() {
    try (Site site = site(new Crowd.Limits(2, 100, 1000, true));
        Peer first = site.connectFrom("127.0.0.5");
        Peer second = site.connectFrom("127.0.0.5")) {
      first.hears("220");
      second.hears("220");
      try (Peer third = site.connectFrom("127.0.0.5")) {
        assertThat(third.hears("421 4.7.0")).contains("2 connections with 127.0.0.5 already");
        third.hearsTheEnd();
      }
      try (Peer other = site.connectFrom("127.0.0.6")) {
        other.hears("220");
      }
      first.asks("NOOP", "250");
      assertThat(decided(site)).containsOnlyOnce("too-many-from-address");
    }
  }

  @Test
  void whoLeavesMakesRoom() {
    try (Site site = site(new Crowd.Limits(1, 100, 1000, true))) {
      for (int i = 0; i < 20; i++) {
        try (Peer peer = site.connectFrom("127.0.0.5")) {
          peer.hears("220");
          peer.asks("QUIT", "221");
          peer.hearsTheEnd();
        }
        site.awaitNobodyHere();
      }
    }
  }

  @Test
  void oneNetworkHasItsShare() {
    try (Site site = site(new Crowd.Limits(2, 3, 1000, true))) {
      List<Peer> peers = new ArrayList<>();
      for (String address : new String[] {"127.0.3.1", "127.0.3.1", "127.0.3.2"}) {
        Peer peer = site.connectFrom(address);
        peers.add(peer);
        peer.hears("220");
      }
      try (Peer fourth = site.connectFrom("127.0.3.3");
          Peer elsewhere = site.connectFrom("127.0.4.1")) {
        assertThat(fourth.hears("421 4.7.0")).contains("127.0.3.0/24");
        elsewhere.hears("220");
      }
      peers.forEach(Peer::close);
    }
  }

  @Test
  void nobodyComesTooOften() {
    try (Site site = site(new Crowd.Limits(100, 100, 5, true))) {
      for (int i = 0; i < 5; i++) {
        try (Peer peer = site.connectFrom("127.0.0.5")) {
          peer.hears("220");
        }
      }
      try (Peer peer = site.connectFrom("127.0.0.5");
          Peer other = site.connectFrom("127.0.0.6")) {
        assertThat(peer.hears("421 4.7.0")).contains("5 connections a minute from 127.0.0.5");
        peer.hearsTheEnd();
        other.hears("220");
      }
    }
  }

  @Test
  void thisMachineIsExempt() {
    try (Site site = site(new Crowd.Limits(1, 1, 1, false))) {
      List<Peer> peers = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        Peer peer = site.connect();
        peers.add(peer);
        peer.hears("220");
      }
      peers.forEach(Peer::close);
    }
  }

  /** One octet now and then resets no clock: the command has a time in all. */
  @Test
  void aCommandHasATimeInAll() {
    long begin = System.nanoTime();
    try (Site site = new Site(USUAL.patience(SHORT));
        Peer peer = site.connect()) {
      peer.hears("220");
      assertThat(peer.tricklesUntilAnswered("NOOP ".getBytes(ISO_8859_1), Duration.ofMillis(50)))
          .startsWith("421 4.4.2");
      assertThat(System.nanoTime() - begin).isGreaterThan(SHORT.toNanos() / 2);
      peer.hearsTheEnd();
    }
  }

  /** One octet now and then resets no clock: the mail has a time in all, by DATA and by BDAT. */
  @ParameterizedTest
  @ValueSource(strings = {"DATA", "BDAT 1000000", "BDAT 500000 LAST"})
  void aMailHasATimeInAll(String command) {
    MailPace pace = new MailPace(Duration.ofSeconds(20), SHORT, 0);
    try (Site site = new Site(USUAL, Site.Guard.NONE.pace(pace));
        Peer peer = site.inTransaction()) {
      peer.says(command);
      if (command.equals("DATA")) {
        peer.hears("354");
      }
      assertThat(peer.tricklesUntilAnswered("x".getBytes(ISO_8859_1), Duration.ofMillis(50)))
          .startsWith("421 4.4.2")
          .contains("had not ended");
      peer.hearsTheEnd();
      assertThat(site.kept).isEmpty();
      assertThat(decided(site)).contains("mail-too-long");
    }
  }

  /** A chunk that is thrown away has a time in all as well. */
  @Test
  void aChunkThatNobodyWantsHasATimeInAll() {
    MailPace pace = new MailPace(Duration.ofSeconds(20), SHORT, 0);
    try (Site site = new Site(USUAL, Site.Guard.NONE.pace(pace));
        Peer peer = site.greeted()) {
      peer.says("BDAT 1000000");
      assertThat(peer.tricklesUntilAnswered("x".getBytes(ISO_8859_1), Duration.ofMillis(50)))
          .startsWith("421 4.4.2");
      peer.hearsTheEnd();
    }
  }

  /** Chunk after chunk, each in good time, is one mail. */
  @Test
  void chunksTogetherHaveATime() {
    MailPace pace = new MailPace(Duration.ofSeconds(20), SHORT, 0);
    try (Site site = new Site(USUAL, Site.Guard.NONE.pace(pace));
        Peer peer = site.inTransaction()) {
      String reply = "250";
      long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
      while (reply.startsWith("250") && System.nanoTime() < deadline) {
        peer.says("BDAT 1").sends("x");
        reply = peer.reply();
      }
      assertThat(reply).startsWith("421 4.4.2");
      assertThat(site.kept).isEmpty();
    }
  }

  private static Site site(Crowd.Limits crowd) {
    return new Site(USUAL, Site.Guard.NONE.crowd(crowd));
  }

  private static List<String> decided(Site site) {
    return site.events.stream()
        .filter(Event.Decided.class::isInstance)
        .map(event -> ((Event.Decided) event).reason().id())
        .toList();
  }
}
