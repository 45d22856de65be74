package me.ehlo.pop3;

import static org.assertj.core.api.Assertions.assertThat;

import me.ehlo.lines.Line;
import me.ehlo.mail.StorageFailure;
import me.ehlo.sasl.Channel;
import me.ehlo.sasl.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 5034 and RFC 2595: logging in by mechanisms, and what TLS changes. */
class Pop3LoginTest {
  private static final String RIGHT = "AUTH PLAIN AGFubgBzZWNyZXQgd29yZA==";
  private static final Channel ENCRYPTED =
      new Channel("TLSv1.3", "TLS_AES_256_GCM_SHA384", java.util.Optional.empty());

  private final RamSite site = new RamSite(new RamDrop("x"));
  private final Talk talk = new Talk(site);

  @ParameterizedTest
  @CsvSource({
    "WRONG, [AUTH], false",
    "BUSY, [SYS/TEMP], false",
    "BLOCKED, [SYS/TEMP], true",
    "TROUBLE, [SYS/TEMP], false"
  })
  void everyRefusalHasItsCodeHoweverThePasswordIsGiven(Verdict.Why why, String code, boolean closes)
      throws StorageFailure {
    site.refusals.add(why);
    String byAuth = talk.say(RIGHT);
    assertThat(byAuth).startsWith("-ERR " + code + " ");
    assertThat(talk.closed).isEqualTo(closes);
    Talk other = new Talk(site);
    site.refusals.add(why);
    assertThat(other.say("USER ann", "PASS secret word")).isEqualTo(byAuth);
    assertThat(other.closed).isEqualTo(closes);
  }

  @Test
  void theStoreInTroubleBehindARightPassword() throws StorageFailure {
    site.drop.trouble = true;
    assertThat(talk.say(RIGHT)).startsWith("-ERR [SYS/TEMP] ");
    site.drop.trouble = false;
    assertThat(talk.say(RIGHT)).startsWith("+OK");
  }

  @Test
  void theLogIsToldWhoAndHowButNoSecret() {
    Turn turn = talk.session.on(talk.session.read(new Line.Text(RIGHT)));
    assertThat(turn.details())
        .containsExactly(new Turn.Detail("user", "ann"), new Turn.Detail("mechanism", "PLAIN"));
  }

  @Test
  void stlsIsAskedForAndThenTheSessionIsTold() throws StorageFailure {
    site.offersTls = true;
    site.takesCleartext = false;
    assertThat(talk.say("CAPA").lines()).contains("STLS").doesNotContain("USER");
    assertThat(talk.say("STLS")).isEqualTo("+OK Ready to start TLS");
    assertThat(talk.encrypts).isTrue();
    talk.session.over(ENCRYPTED);
    assertThat(talk.say("CAPA").lines())
        .contains("USER", "SASL PLAIN LOGIN")
        .doesNotContain("STLS");
    assertThat(talk.say(RIGHT)).startsWith("+OK");
  }

  @Test
  void tlsForgetsAUserAndALoginHalfDone() throws StorageFailure {
    site.offersTls = true;
    talk.say("USER ann", "STLS");
    talk.session.over(ENCRYPTED);
    assertThat(talk.say("PASS secret word")).startsWith("-ERR First say who you are");
    assertThat(talk.say("AUTH LOGIN")).startsWith("+ ");
    talk.session.over(ENCRYPTED);
    assertThat(talk.say("NOOP")).startsWith("-ERR First log in");
    assertThat(site.askedFor).isEmpty();
  }

  @Test
  void tlsGivesAMaildropBack() throws StorageFailure {
    talk.say(RIGHT);
    talk.session.over(ENCRYPTED);
    assertThat(site.drop.isOpen()).isFalse();
    assertThat(talk.say("STAT")).startsWith("-ERR First log in");
  }

  @ParameterizedTest
  @ValueSource(strings = {"STAT", "LIST", "RETR 1", "DELE 1", "RSET", "NOOP", "QUIT"})
  void aPasswordThatIsRevokedReadsAndDeletesNothingMore(String command) throws StorageFailure {
    assertThat(talk.say(RIGHT, "DELE 1")).startsWith("+OK");
    site.drop.revoked = true;
    assertThat(talk.say(command)).startsWith("-ERR [AUTH] The password that you logged in with");
    assertThat(talk.closed).isTrue();
    assertThat(site.drop.isOpen()).isFalse();
    assertThat(site.drop.mails()).hasSize(1);
  }

  @Test
  void noCommandIsCarriedOutInTheMiddleOfALogin() throws StorageFailure {
    assertThat(talk.say("AUTH LOGIN", "QUIT")).startsWith("+ ");
    assertThat(talk.say("QUIT")).startsWith("-ERR [AUTH] ");
    assertThat(talk.closed).isFalse();
    assertThat(talk.say("QUIT")).startsWith("+OK");
  }
}
