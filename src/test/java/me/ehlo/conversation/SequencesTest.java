package me.ehlo.conversation;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import me.ehlo.conversation.Oracle.Door;
import me.ehlo.lines.ContentLimits;
import me.ehlo.lines.ContentScan.Flaw;
import me.ehlo.lines.ContentShape;
import me.ehlo.lines.Line;
import me.ehlo.lines.LineDecoder;
import me.ehlo.mail.AccountId;
import me.ehlo.mail.Authors;
import me.ehlo.mail.Domain;
import me.ehlo.mail.ForwardPath;
import me.ehlo.mail.LocalPart;
import me.ehlo.mail.MailId;
import me.ehlo.mail.Mailbox;
import me.ehlo.mail.Recipient;
import me.ehlo.mail.ReversePath;
import me.ehlo.sasl.Authority;
import me.ehlo.sasl.Channel;
import me.ehlo.sasl.Identity;
import me.ehlo.sasl.Mechanisms;
import me.ehlo.sasl.Verdict;
import me.ehlo.smtp.Command;
import me.ehlo.smtp.CommandParser;
import me.ehlo.smtp.Replies;
import me.ehlo.smtp.Reply;
import me.ehlo.smtp.SmtpLimits;
import me.ehlo.smtp.server.Client;
import me.ehlo.smtp.server.ContentFacts;
import me.ehlo.smtp.server.House;
import me.ehlo.smtp.server.Policy;
import me.ehlo.smtp.server.Service;
import me.ehlo.smtp.server.SmtpSession;
import me.ehlo.smtp.server.Turn;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every sequence of up to five commands, each answered as {@link Oracle} says, and what must hold in any case. */
class SequencesTest {
  private static final int LENGTH = 5;
  private static final int LENGTH_WITH_SMALL_TALK = 4;
  private static final int LENGTH_MAX = 8;
  private static final int CHUNK = 8;
  private static final Channel TLS = new Channel("TLSv1.3", "a suite", Optional.empty());

  /** What a client can say; with content, the content that follows if it is asked for. */
  enum Word {
    EHLO("EHLO client.example"),
    HELO("HELO client.example"),
    MAIL("MAIL FROM:<ann@client.example>"),
    MAIL_WITH_PARAMETERS("MAIL FROM:<ann@client.example> SIZE=8 RET=HDRS ENVID=x"),
    RCPT("RCPT TO:<bob@ehlo.test>"),
    RCPT_WITH_PARAMETERS("RCPT TO:<bob@ehlo.test> NOTIFY=NEVER ORCPT=rfc822;bob@ehlo.test"),
    RCPT_UNKNOWN("RCPT TO:<nobody@ehlo.test>"),
    DATA("DATA"),
    DATA_WITH_BARE_LF("DATA"),
    BDAT("BDAT " + CHUNK),
    BDAT_WITH_NUL("BDAT " + CHUNK),
    BDAT_LAST("BDAT " + CHUNK + " LAST"),
    RSET("RSET"),
    STARTTLS("STARTTLS"),
    AUTH("AUTH PLAIN AGJvYgBzZWNyZXQ="),
    AUTH_WRONG("AUTH PLAIN AGJvYgB3cm9uZw=="),
    AUTH_CANCELLED("AUTH PLAIN"),
    MALFORMED("RSET now"),
    QUIT("QUIT"),
    NOOP("NOOP"),
    HELP("HELP"),
    VRFY("VRFY bob"),
    EXPN("EXPN staff"),
    ETRN("ETRN client.example");

    @SuppressWarnings("ImmutableEnumChecker") // a Command is a record of values
    final Command command;

    Word(String line) {
      LineDecoder lines = new LineDecoder(SmtpLimits.COMMAND_LINE_OCTETS, false);
      byte[] octets = (line + "\r\n").getBytes(US_ASCII);
      lines.decode(octets, 0, octets.length);
      command = new CommandParser(false).parse(lines.take());
    }

    Flaw flaw() {
      return switch (this) {
        case DATA_WITH_BARE_LF -> Flaw.BARE_LF;
        case BDAT_WITH_NUL -> Flaw.NUL;
        default -> Flaw.NONE;
      };
    }
  }

  private static final Set<Word> SMALL_TALK =
      EnumSet.of(Word.NOOP, Word.HELP, Word.VRFY, Word.EXPN, Word.ETRN);
  private static final List<Word> ALL = List.of(Word.values());
  private static final Set<Word> LOCKS =
      EnumSet.of(Word.STARTTLS, Word.AUTH, Word.AUTH_WRONG, Word.AUTH_CANCELLED);
  private static final List<Word> WITHOUT_SMALL_TALK =
      ALL.stream().filter(word -> !SMALL_TALK.contains(word) && !LOCKS.contains(word)).toList();
  private static final List<Word> WITH_LOCKS =
      List.of(
          Word.EHLO,
          Word.HELO,
          Word.STARTTLS,
          Word.AUTH,
          Word.AUTH_WRONG,
          Word.AUTH_CANCELLED,
          Word.MAIL,
          Word.RCPT,
          Word.DATA,
          Word.BDAT,
          Word.RSET);
  private static final Door OPEN = new Door(false, false, false);
  private static final Client CLIENT = new Client("C", "192.0.2.1");
  private static final Set<Reply> KNOWN = new HashSet<>(); // each is looked at once
  private static final MailId ID = new MailId(1);
  private static final Identity BOB =
      new Identity(
          new AccountId(1), new Mailbox(new LocalPart("bob"), Domain.ofAscii("ehlo.test")), "", "");
  private static final Authority AUTHORITY =
      (name, password) ->
          name.equals("bob") && password.equals("secret")
              ? new Verdict.Known(BOB)
              : Verdict.refused(Verdict.Why.WRONG);

  /** A site where bob has a password. */
  private record Site(Door door) implements Policy {

    @Override
    public Mechanisms mechanisms(Client client) {
      return client.channel().encrypted() || door.clear()
          ? Mechanisms.ofPasswords(AUTHORITY)
          : Mechanisms.none();
    }

    @Override
    public Policy.Verdict recipient(Client client, ReversePath from, ForwardPath to, long size) {
      return to instanceof ForwardPath.To(var mailbox) && mailbox.localPart().key().equals("bob")
          ? new Policy.Verdict.Welcome(Recipient.local(to, List.of(new AccountId(1))))
          : new Policy.Verdict.Refused(Reply.of(Replies.UNKNOWN_USER, to));
    }

    @Override
    public boolean mayStartQueue(Client client) {
      return true;
    }

    @Override
    public OptionalLong startQueue(Domain domain, boolean subdomains) {
      return OptionalLong.of(3);
    }
  }

  /** One test for each first word; the shorter sequences are the beginnings of the longer ones. */
  @TestFactory
  Stream<DynamicTest> everySequenceBeginningWith() {
    return WITHOUT_SMALL_TALK.stream()
        .map(first ->
            DynamicTest.dynamicTest(
                first.name(), () -> allBeginningWith(OPEN, first, WITHOUT_SMALL_TALK, LENGTH)));
  }

  /** The same with TLS and passwords: at a strict door for users, and at a careless one for servers. */
  @TestFactory
  Stream<DynamicTest> everySequenceWithLocksBeginningWith() {
    return Stream.of(new Door(true, true, false), new Door(false, true, true))
        .flatMap(door ->
            WITH_LOCKS.stream()
                .map(first ->
                    DynamicTest.dynamicTest(
                        door + " " + first,
                        () -> allBeginningWith(door, first, WITH_LOCKS, LENGTH))));
  }

  /** NOOP, HELP, VRFY, EXPN and ETRN change nothing, wherever they stand. */
  @TestFactory
  Stream<DynamicTest> everySequenceWithSmallTalkBeginningWith() {
    return ALL.stream()
        .map(first ->
            DynamicTest.dynamicTest(
                first.name(), () -> allBeginningWith(OPEN, first, ALL, LENGTH_WITH_SMALL_TALK)));
  }

  /** So that a wrong oracle and a wrong session cannot agree on everything being refused. */
  @Test
  void aMailInFiveWords() {
    Played played = new Played(OPEN);
    for (Word word : List.of(Word.EHLO, Word.MAIL, Word.RCPT, Word.BDAT, Word.BDAT_LAST)) {
      played.say(word);
    }
    assertThat(played.kept).isEqualTo(1);
  }

  @Test
  void aSubmissionInEightWords() {
    Played played = new Played(new Door(true, true, false));
    for (Word word :
        List.of(Word.EHLO, Word.STARTTLS, Word.EHLO, Word.AUTH, Word.MAIL, Word.RCPT, Word.DATA)) {
      played.say(word);
    }
    assertThat(played.kept).isEqualTo(1);
  }

  private static void allBeginningWith(Door door, Word first, List<Word> words, int length) {
    int[] rest = new int[length - 1];
    int last = rest.length - 1;
    do {
      Played played = new Played(door);
      played.say(first);
      int i = 0;
      while (i < rest.length && !played.closed) {
        played.say(words.get(rest[i++]));
      }
      last = Math.max(0, i - 1); // what stands behind QUIT need not be tried
    } while (next(rest, last, words.size()));
  }

  /** Counts up at this place; false when all have been. */
  private static boolean next(int[] digits, int last, int base) {
    Arrays.fill(digits, last + 1, digits.length, 0);
    for (int i = last; i >= 0; i--) {
      if (++digits[i] < base) {
        return true;
      }
      digits[i] = 0;
    }
    return false;
  }

  /** A session and its oracle, word by word. */
  private static final class Played {
    private final SmtpSession session;
    private final Oracle oracle;
    private final Word[] said = new Word[LENGTH_MAX];
    private int words;
    private int kept;
    private int promised;
    private long octets;
    private Flaw flaw = Flaw.NONE;
    private boolean closed;

    Played(Door door) {
      House house =
          new House(
              "ehlo.test",
              1_000_000,
              100,
              100,
              100,
              ContentLimits.DEFAULT,
              door.submission() ? Service.SUBMISSION : Service.TRANSFER,
              door.startTls(),
              List.of());
      this.session = new SmtpSession(house, CLIENT, new Site(door), () -> ID);
      this.oracle = new Oracle(door);
    }

    void say(Word word) {
      said[words++] = word;
      boolean wasMail = oracle.inTransaction();
      int expected = oracle.answer(word);
      Reply reply = carryOut(word, session.on(word.command));
      check(reply.reason().code() == expected, reply, "the oracle says " + expected);
      check(
          session.client().login().isPresent() == oracle.loggedIn(),
          reply,
          "logged in is not " + oracle.loggedIn());
      check(
          session.client().channel().encrypted() == oracle.encrypted(),
          reply,
          "encrypted is not " + oracle.encrypted());
      check(closed == oracle.closed(), reply, "closed is " + closed);
      check(kept == oracle.kept(), reply, kept + " mails kept");
      check(kept == promised, reply, promised + " promises for " + kept + " mails");
      check(
          session.mail().isPresent() == oracle.inTransaction(),
          reply,
          "a transaction is " + (oracle.inTransaction() ? "" : "not ") + "under way");
      if (!session.mail().isPresent()) {
        octets = 0;
        flaw = Flaw.NONE;
      }
      check(wasMail || expected != 354, reply, "354 without MAIL");
    }

    private Reply carryOut(Word word, Turn turn) {
      return switch (turn) {
        case Turn.Say(var reply) -> wellFormed(reply);
        case Turn.SayAndClose(var reply) -> {
          closed = true;
          yield wellFormed(reply);
        }
        case Turn.SkipChunk(var skipped, var reply) -> {
          check(skipped == CHUNK, reply, "a chunk is skipped whole");
          yield wellFormed(reply);
        }
        case Turn.TakeContent(var reply) -> {
          check(reply.reason().code() == 354, reply, "content is asked for with 354");
          wellFormed(reply);
          yield carryOut(word, content(word));
        }
        case Turn.TakeChunk(var size) -> {
          octets += size;
          yield carryOut(word, content(word));
        }
        case Turn.Challenge(var reply) -> {
          check(reply.reason().code() == 334, reply, "a challenge is 334");
          wellFormed(reply);
          yield carryOut(word, session.response(new Line.Text("*")));
        }
        case Turn.StartTls(var reply) -> {
          session.encrypted(TLS);
          yield wellFormed(reply);
        }
        case Turn.Greet() -> throw new AssertionError("nobody is a proxy");
        case Turn.Keep(var transaction, _) -> {
          kept++;
          Reply reply = carryOut(word, session.kept());
          check(!transaction.recipients().isEmpty(), reply, "nobody gets the mail");
          promised += reply.reason().code() == 250 ? 1 : 0;
          yield reply;
        }
      };
    }

    private Turn content(Word word) {
      flaw = flaw == Flaw.NONE ? word.flaw() : flaw;
      return session.content(
          new ContentFacts(
              octets,
              flaw,
              ContentShape.Excess.NONE,
              0,
              Set.of(),
              Authors.Unasked::new,
              ContentFacts.Stored.WELL));
    }

    private Reply wellFormed(Reply reply) {
      int kind = reply.reason().status().kind();
      check(kind == 0 || kind == reply.reason().code() / 100, reply, "status of another class");
      if (KNOWN.add(reply)) {
        WellFormed.check(reply);
      }
      return reply;
    }

    private void check(boolean right, Reply reply, String why) {
      if (!right) {
        throw new AssertionError(
            List.of(said).subList(0, words)
                + " -> "
                + reply.reason().code()
                + " "
                + reply.said()
                + "\n"
                + why);
      }
    }
  }
}
