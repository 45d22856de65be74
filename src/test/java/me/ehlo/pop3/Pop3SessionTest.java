package me.ehlo.pop3;

import static org.assertj.core.api.Assertions.assertThat;

import me.ehlo.mail.StorageFailure;
import me.ehlo.sasl.Verdict;
import org.junit.jupiter.api.Test;

/** RFC 1939, rule by rule, and what we add to it. */
class Pop3SessionTest {
  private static final String FIRST = "Subject: one\r\n\r\nHello\r\n.dot\r\nend\r\n";
  private static final String SECOND = "Subject: two\r\n\r\nno line end";

  private final RamDrop drop = new RamDrop(FIRST, SECOND);
  private final RamSite site = new RamSite(drop);
  private final Talk talk = new Talk(site);

  private Talk loggedIn() throws StorageFailure {
    assertThat(talk.say("USER ann", "PASS secret word")).startsWith("+OK Welcome: 2 messages");
    return talk;
  }

  // RFC 1939 §4: the AUTHORIZATION state

  @Test
  void greetingOffersNoApop() {
    assertThat(talk.transcript.toString()).isEqualTo("+OK mail.example POP3 Ehlo C1\n");
  }

  @Test
  void passMayHoldSpaces() throws StorageFailure {
    loggedIn();
    assertThat(site.askedFor).isEqualTo("ann/secret word");
  }

  @Test
  void wrongPasswordAndUnknownUserGetTheSameAnswer() throws StorageFailure {
    String wrong = talk.say("USER ann", "PASS wrong");
    assertThat(talk.say("USER nobody", "PASS wrong")).isEqualTo(wrong).startsWith("-ERR [AUTH] ");
  }

  @Test
  void afterAWrongPasswordUserComesAgain() throws StorageFailure {
    assertThat(talk.say("USER ann", "PASS wrong", "PASS secret word")).startsWith("-ERR First say");
    loggedIn();
  }

  @Test
  void passWithoutUser() throws StorageFailure {
    assertThat(talk.say("PASS secret word")).startsWith("-ERR First say who you are: USER");
    assertThat(site.askedFor).isEmpty();
  }

  @Test
  void theLastUserCounts() throws StorageFailure {
    assertThat(talk.say("USER bob", "USER ann", "PASS secret word")).startsWith("+OK");
  }

  @Test
  void aSlipBetweenUserAndPassIsForgiven() throws StorageFailure {
    assertThat(talk.say("USER ann", "PASW secret word"))
        .isEqualTo("-ERR First your password: PASS password");
    assertThat(talk.say("secret")).isEqualTo("-ERR First your password: PASS password");
    assertThat(talk.say("PASS secret word")).startsWith("+OK");
  }

  @Test
  void inUse() throws StorageFailure {
    loggedIn();
    Talk other = new Talk(site);
    assertThat(other.say("USER ann", "PASS secret word")).startsWith("-ERR [IN-USE] ");
    assertThat(other.closed).isFalse();
    talk.session.close();
    assertThat(other.say("USER ann", "PASS secret word")).startsWith("+OK");
  }

  @Test
  void troubleAtLogin() throws StorageFailure {
    drop.trouble = true;
    assertThat(talk.say("USER ann", "PASS secret word")).startsWith("-ERR [SYS/TEMP] ");
    drop.trouble = false;
    loggedIn();
  }

  @Test
  void tooManyLoginsAtOnce() throws StorageFailure {
    site.refusals.add(Verdict.Why.BUSY);
    assertThat(talk.say("USER ann", "PASS secret word")).startsWith("-ERR [SYS/TEMP] Too many");
  }

  @Test
  void passwordsAreOnlyTakenWhereTheyMayBe() throws StorageFailure {
    site.takesCleartext = false;
    assertThat(talk.say("USER ann")).startsWith("-ERR [AUTH] Passwords are not taken over");
    assertThat(talk.say("PASS secret word")).startsWith("-ERR [AUTH] Passwords are not taken over");
    assertThat(talk.say("CAPA").lines()).doesNotContain("USER");
    assertThat(site.askedFor).isEmpty();
  }

  @Test
  void guessingEnds() throws StorageFailure {
    Talk guesser = new Talk(site, new Pop3Limits(255, 3, 50, 50));
    guesser.say("USER ann", "PASS a", "USER ann", "PASS b", "USER ann");
    assertThat(guesser.closed).isFalse();
    assertThat(guesser.say("PASS c")).startsWith("-ERR [AUTH] ");
    assertThat(guesser.closed).isTrue();
  }

  @Test
  void chatterEnds() throws StorageFailure {
    Talk chatter = new Talk(site, new Pop3Limits(255, 3, 2, 50));
    chatter.say("bla", "bla", "CAPA", "bla", "bla");
    assertThat(chatter.closed).isFalse();
    assertThat(chatter.say("bla")).startsWith("-ERR Too many mistakes");
    assertThat(chatter.closed).isTrue();
  }

  @Test
  void whoNeverLogsInIsSentAway() throws StorageFailure {
    Talk idler = new Talk(site, new Pop3Limits(255, 3, 50, 6));
    idler.say("CAPA", "HELP", "UTF8", "USER ann", "USER ann", "NOOP");
    assertThat(idler.closed).isFalse();
    assertThat(idler.say("CAPA")).startsWith("-ERR 6 commands without a login are enough");
    assertThat(idler.closed).isTrue();
  }

  @Test
  void whoHasLoggedInMaySayAsMuchAsHeLikes() throws StorageFailure {
    Talk reader = new Talk(site, new Pop3Limits(255, 3, 50, 2));
    reader.say("USER ann", "PASS secret word", "NOOP", "STAT", "NOOP", "STAT", "CAPA");
    assertThat(reader.closed).isFalse();
    assertThat(reader.say("QUIT")).startsWith("+OK");
  }

  @Test
  void quitBeforeLogin() throws StorageFailure {
    assertThat(talk.say("QUIT")).isEqualTo("+OK mail.example closing connection");
    assertThat(talk.closed).isTrue();
  }

  @Test
  void apopSaysWhyNot() throws StorageFailure {
    assertThat(talk.say("APOP ann c4c9334bac560ecc979e58001b3e22fb"))
        .isEqualTo(
            "-ERR APOP is not offered: it needs passwords that are kept readable. Log in with USER"
                + " and PASS");
  }

  @Test
  void maildropCommandsWantALogin() throws StorageFailure {
    for (String line :
        new String[] {
          "STAT", "LIST", "LIST 1", "RETR 1", "DELE 1", "NOOP", "RSET", "TOP 1 1", "UIDL"
        }) {
      assertThat(talk.say(line)).isEqualTo("-ERR First log in: USER name, then PASS password");
    }
  }

  // RFC 1939 §5: the TRANSACTION state

  @Test
  void stat() throws StorageFailure {
    assertThat(loggedIn().say("STAT")).isEqualTo("+OK 2 " + (FIRST.length() + SECOND.length()));
    assertThat(talk.say("DELE 1", "STAT")).isEqualTo("+OK 1 " + SECOND.length());
  }

  @Test
  void list() throws StorageFailure {
    assertThat(loggedIn().say("LIST")).isEqualTo("+OK 2 messages (61 octets)\n1 34\n2 27\n.");
    assertThat(talk.say("LIST 2")).isEqualTo("+OK 2 27");
    assertThat(talk.say("LIST 3")).isEqualTo("-ERR There is no message 3: the last one is 2");
    assertThat(talk.say("DELE 1", "LIST")).isEqualTo("+OK 1 message (27 octets)\n2 27\n.");
    assertThat(talk.say("LIST 1")).startsWith("-ERR Message 1 is marked as deleted");
  }

  @Test
  void anEmptyMaildrop() throws StorageFailure {
    Talk empty = new Talk(new RamSite(new RamDrop()));
    empty.say("USER ann", "PASS secret word");
    assertThat(empty.say("STAT")).isEqualTo("+OK 0 0");
    assertThat(empty.say("LIST")).isEqualTo("+OK 0 messages (0 octets)\n.");
    assertThat(empty.say("UIDL")).isEqualTo("+OK 0 unique-ids\n.");
    assertThat(empty.say("RETR 1")).isEqualTo("-ERR There is no message 1: the maildrop is empty");
  }

  @Test
  void retrStuffsDots() throws StorageFailure {
    assertThat(loggedIn().say("RETR 1"))
        .isEqualTo("+OK 34 octets\nSubject: one\n\nHello\n..dot\nend\n.");
    assertThat(talk.say("RETR 2")).isEqualTo("+OK 27 octets\nSubject: two\n\nno line end\n.");
    assertThat(drop.contentsOpen).isZero();
  }

  @Test
  void retrOfWhatIsNotThere() throws StorageFailure {
    assertThat(loggedIn().say("RETR 999")).startsWith("-ERR There is no message 999");
    assertThat(talk.say("RETR 0")).startsWith("-ERR Messages are numbered from 1");
    assertThat(talk.say("RETR 99999999999999")).startsWith("-ERR There is no message");
    assertThat(talk.say("DELE 1", "RETR 1")).startsWith("-ERR Message 1 is marked");
    assertThat(talk.say("TOP 1 1")).startsWith("-ERR Message 1 is marked");
    assertThat(talk.say("UIDL 1")).startsWith("-ERR Message 1 is marked");
    assertThat(talk.say("DELE 1")).startsWith("-ERR Message 1 is marked");
  }

  @Test
  void retrInTrouble() throws StorageFailure {
    loggedIn();
    drop.trouble = true;
    assertThat(talk.say("RETR 1")).startsWith("-ERR [SYS/TEMP] ");
    drop.trouble = false;
    drop.damaged = true;
    assertThat(talk.say("RETR 1")).startsWith("-ERR [SYS/PERM] ");
    assertThat(talk.say("TOP 1 1")).startsWith("-ERR [SYS/PERM] ");
    assertThat(drop.contentsOpen).isZero();
    assertThat(talk.closed).isFalse();
  }

  @Test
  void rsetTakesMarksAway() throws StorageFailure {
    assertThat(loggedIn().say("DELE 1", "DELE 2", "STAT")).isEqualTo("+OK 0 0");
    assertThat(talk.say("RSET")).startsWith("+OK Nothing is marked as deleted: 2 messages");
    assertThat(talk.say("STAT")).startsWith("+OK 2 ");
    talk.say("QUIT");
    assertThat(drop.mails()).hasSize(2);
  }

  @Test
  void noop() throws StorageFailure {
    assertThat(loggedIn().say("NOOP")).startsWith("+OK");
  }

  @Test
  void nobodyLogsInTwice() throws StorageFailure {
    assertThat(loggedIn().say("USER bob")).startsWith("-ERR You are logged in already");
    assertThat(talk.say("PASS x")).startsWith("-ERR You are logged in already");
    assertThat(talk.say("UTF8")).startsWith("-ERR UTF8 must come before USER");
  }

  // RFC 1939 §6: the UPDATE state

  @Test
  void quitDeletesInOneCommit() throws StorageFailure {
    assertThat(loggedIn().say("DELE 1", "QUIT"))
        .isEqualTo("+OK mail.example closing connection: 1 deleted, 1 left");
    assertThat(drop.mails()).containsExactly(SECOND);
    assertThat(drop.commits).isEqualTo(1);
    assertThat(drop.isOpen()).isFalse();
  }

  @Test
  void quitWithoutMarksCommitsNothing() throws StorageFailure {
    loggedIn().say("RETR 1", "QUIT");
    assertThat(drop.commits).isZero();
    assertThat(drop.isOpen()).isFalse();
  }

  @Test
  void aLostConnectionDeletesNothing() throws StorageFailure {
    loggedIn().say("DELE 1");
    talk.session.close();
    talk.session.close();
    assertThat(drop.mails()).hasSize(2);
    assertThat(drop.isOpen()).isFalse();
  }

  @Test
  void aFailedCommitDeletesNothingAndSaysSo() throws StorageFailure {
    loggedIn().say("DELE 1");
    drop.trouble = true;
    assertThat(talk.say("QUIT")).startsWith("-ERR [SYS/TEMP] ").endsWith("was deleted");
    assertThat(talk.closed).isTrue();
    assertThat(drop.mails()).hasSize(2);
    assertThat(drop.isOpen()).isFalse();
  }

  // RFC 1939 §7: optional commands

  @Test
  void top() throws StorageFailure {
    assertThat(loggedIn().say("TOP 1 0").lines())
        .containsExactly("+OK The header and 0 lines", "Subject: one", "", ".");
    assertThat(talk.say("TOP 1 2").lines()).endsWith("", "Hello", "..dot", ".");
    assertThat(talk.say("TOP 1 99").lines()).endsWith("..dot", "end", ".");
    assertThat(talk.say("TOP 2 1").lines()).endsWith("", "no line end", ".");
  }

  @Test
  void uidl() throws StorageFailure {
    assertThat(loggedIn().say("UIDL"))
        .isEqualTo("+OK 2 unique-ids\n1 000000000001\n2 000000000002\n.");
    assertThat(talk.say("UIDL 2")).isEqualTo("+OK 2 000000000002");
    assertThat(talk.say("DELE 1", "UIDL")).isEqualTo("+OK 1 unique-ids\n2 000000000002\n.");
  }

  // RFC 2449, RFC 6856

  @Test
  void capabilities() throws StorageFailure {
    String before = talk.say("CAPA");
    assertThat(before.lines().skip(1))
        .containsExactly(
            "USER",
            "SASL PLAIN LOGIN",
            "TOP",
            "UIDL",
            "PIPELINING",
            "RESP-CODES",
            "AUTH-RESP-CODE",
            "EXPIRE NEVER",
            "UTF8",
            "IMPLEMENTATION Ehlo",
            ".");
    assertThat(loggedIn().say("CAPA")).isEqualTo(before);
  }

  @Test
  void utf8() throws StorageFailure {
    assertThat(talk.say("UTF8")).startsWith("+OK");
    loggedIn();
  }

  // What people type

  @Test
  void helpSaysWhatIsPossibleNow() throws StorageFailure {
    assertThat(talk.say("HELP"))
        .contains("USER name", "QUIT")
        .doesNotContain("RETR")
        .endsWith("\n.");
    assertThat(loggedIn().say("HELP")).contains("RETR number", "QUIT").doesNotContain("USER");
    assertThat(talk.say("HELP DELE")).contains("marks a message as deleted").endsWith("\n.");
  }

  @Test
  void theWrongPort() throws StorageFailure {
    assertThat(talk.say("EHLO me"))
        .isEqualTo(
            "-ERR EHLO is a command of SMTP, and this is POP3: mail is read here. Mail is sent on"
                + " port 2525");
    assertThat(talk.closed).isFalse();
    assertThat(talk.say("GET / HTTP/1.1")).startsWith("-ERR This is a mail server");
    assertThat(talk.closed).isTrue();
  }

  @Test
  void afterTheEndNothingIsHeard() throws StorageFailure {
    assertThat(loggedIn().say("QUIT", "STAT")).startsWith("-ERR");
    assertThat(talk.closed).isTrue();
  }

  @Test
  void theLogIsToldOfLoginsAndDeletions() throws StorageFailure {
    Turn wrong = turn("USER ann", "PASS wrong");
    assertThat(wrong.details()).containsExactly(new Turn.Detail("user", "ann"));
    assertThat(turn("USER ann", "PASS secret word").details()).hasSize(1);
    assertThat(turn("RETR 1", "DELE 1", "QUIT").details())
        .containsExactly(new Turn.Detail("retrieved", "1"), new Turn.Detail("deleted", "1"));
  }

  private Turn turn(String... lines) {
    Turn turn = talk.session.greeting();
    for (String line : lines) {
      turn = talk.session.on(talk.session.read(new me.ehlo.lines.Line.Text(line)));
    }
    return turn;
  }
}
