package me.ehlo.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import me.ehlo.access.RecentLogins;
import me.ehlo.access.Relaying;
import me.ehlo.mail.Network;
import me.ehlo.mail.Parsed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** E1: nobody is relayed for, whatever the address looks like: 36 forms of recipient, each from 12 forms of sender. */
class E1OpenRelayTest {
  private static final List<String> SENDERS =
      List.of(
          "<>",
          "<ann@ehlo.test>",
          "<ann@client.example>",
          "<postmaster@ehlo.test>",
          "<ann@mx.ehlo.test>",
          "<ann@localhost>",
          "<ann@[127.0.0.1]>",
          "<@ehlo.test:ann@elsewhere.example>",
          "<ann%elsewhere.example@ehlo.test>",
          "<\"ann@ehlo.test\"@elsewhere.example>",
          "<elsewhere.example!ann@ehlo.test>",
          "<ANN@EHLO.TEST>");

  private static final List<String> RECIPIENTS =
      List.of(
          "<u@elsewhere.example>",
          "<U@ELSEWHERE.EXAMPLE>",
          "u@elsewhere.example",
          "<u%elsewhere.example@ehlo.test>",
          "<u%elsewhere.example@[127.0.0.1]>",
          "<u%elsewhere.example@mx.ehlo.test>",
          "<u%elsewhere.example>",
          "<\"u@elsewhere.example\"@ehlo.test>",
          "<\"u%elsewhere.example\"@ehlo.test>",
          "<\"u@elsewhere.example\">",
          "<u@elsewhere.example@ehlo.test>",
          "<u@ehlo.test@elsewhere.example>",
          "<\"bob@ehlo.test\"@elsewhere.example>",
          "<@ehlo.test:u@elsewhere.example>",
          "<@ehlo.test,@mx.ehlo.test:u@elsewhere.example>",
          "<@elsewhere.example:u@elsewhere.example>",
          "<@ehlo.test:u%elsewhere.example@ehlo.test>",
          "<elsewhere.example!u>",
          "<elsewhere.example!u@ehlo.test>",
          "<ehlo.test!elsewhere.example!u@ehlo.test>",
          "<u@[127.0.0.1]>",
          "<u@[IPv6:::1]>",
          "<bob@[127.0.0.1]>",
          "<u@[203.0.113.7]>",
          "<u@127.0.0.1>",
          "<u@2130706433>",
          "<u@elsewhere.example.>",
          "<bob@ehlo.test.>",
          "<bob@ehlo.test.elsewhere.example>",
          "<bob@sub.ehlo.test>",
          "<bob@notehlo.test>",
          "<bob@>",
          "<@>",
          "<>",
          "<u:elsewhere.example@ehlo.test>",
          "<bob@ehlo.test>,<u@elsewhere.example>");

  @Test
  void noFormOfRecipientFromAnyFormOfSenderIsRelayed() {
    nobodyIsRelayedFor(Relaying.forNobody());
  }

  /** That others may relay helps nobody here. */
  @ParameterizedTest
  @EnumSource
  void norWhereAnotherNetworkMayRelay(Relaying.Senders senders) {
    nobodyIsRelayedFor(mayRelay("192.0.2.0/24", senders));
  }

  @Test
  void theControlWhereThisNetworkMayRelay() {
    Relaying relaying = mayRelay("127.0.0.0/8", Relaying.Senders.ANY);
    try (Site site = new Site(Site.Plan.USUAL.relaying(relaying));
        Peer peer = site.greeted()) {
      peer.asks("MAIL FROM:<ann@client.example>", "250");
      peer.asks("RCPT TO:<u@elsewhere.example>", "250 2.1.5");
      peer.asks("RCPT TO:<u%elsewhere.example@ehlo.test>", "550 5.1.1");
    }
  }

  private static Relaying mayRelay(String network, Relaying.Senders senders) {
    return Network.parse(network) instanceof Parsed.Right<Network>(var right)
        ? new Relaying(List.of(right), senders, RecentLogins.off())
        : Relaying.forNobody();
  }

  private static void nobodyIsRelayedFor(Relaying relaying) {
    int asked = 0;
    try (Site site = new Site(Site.Plan.USUAL.errorsMax(Integer.MAX_VALUE).relaying(relaying))) {
      for (String sender : SENDERS) {
        try (Peer peer = site.greeted()) {
          for (String recipient : RECIPIENTS) {
            peer.asks("MAIL FROM:" + sender, "250");
            String reply = peer.asks("RCPT TO:" + recipient, "5");
            assertThat(reply)
                .as("%s", peer)
                .matches("(?s)(550 5\\.1\\.1|550 5\\.7\\.1|501 5\\.1\\.3) .*");
            peer.asks("DATA", "503");
            peer.asks("RSET", "250");
            asked++;
          }
        }
      }
      assertThat(asked).isGreaterThanOrEqualTo(300);
      assertThat(site.kept).isEmpty();
    }
  }

  /** RFC 5321 appendix C: a source route is stripped, and what is left is judged like any other address. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "<bob@ehlo.test>",
        "<BOB@EHLO.TEST>",
        "<bob@Ehlo.Test>",
        "bob@ehlo.test",
        "<\"bob\"@ehlo.test>",
        "<@elsewhere.example:bob@ehlo.test>",
        "<@a.example,@b.example:bob@ehlo.test>",
        "<bob+u@ehlo.test>",
        "<\"b\\ob\"@ehlo.test>",
        "<bob+u%elsewhere.example@ehlo.test>"
      })
  void theControlWhatIsOursIsTaken(String recipient) {
    try (Site site = Site.usual();
        Peer peer = site.greeted()) {
      peer.asks("MAIL FROM:<ann@client.example>", "250");
      peer.asks("RCPT TO:" + recipient, "250 2.1.5");
      peer.asks("DATA", "354");
      peer.asks("hello\r\n.", "250 2.0.0 Ok: queued");
      var recipients = site.onlyMail().arrival().envelope().recipients();
      assertThat(recipients).hasSize(1);
      assertThat(recipients.getFirst().accounts())
          .extracting(account -> account.value())
          .containsExactly(2L);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<postmaster>",
        "<Postmaster>",
        "<POSTMASTER@EHLO.TEST>",
        "<postmaster@ehlo.test>"
      })
  void thePostmasterIsAlwaysHere(String recipient) {
    try (Site site = Site.usual();
        Peer peer = site.greeted()) {
      peer.asks("MAIL FROM:<>", "250");
      peer.asks("RCPT TO:" + recipient, "250 2.1.5");
    }
  }
}
