package me.ehlo.relay;

import java.io.IOException;

/** What a server may do instead of answering as it should; {@code right} is the answer that it should give. */
@SuppressWarnings("ImmutableEnumChecker") // deeds are lambdas that hold nothing
enum Behaviour {
  WELL((talk, right) -> talk.say(right), true),
  REFUSES_FOR_NOW("450 4.7.1 Not now\r\n"),
  REFUSES_FOR_NOW_WITHOUT_STATUS("451 Busy\r\n"),
  REFUSES_FOR_GOOD("550 5.7.1 Never\r\n"),
  REFUSES_WITH_554("554 No\r\n"),
  REFUSES_WITHOUT_TEXT("550\r\n"),
  REFUSES_IN_LINES("550-5.1.1 No\r\n550-5.1.1 such\r\n550 5.1.1 user\r\n"),
  HAS_NO_ROOM("452 4.3.1 Full\r\n"),
  SAYS_TOO_MANY("452 4.5.3 Too many\r\n"),
  SAYS_552("552 Too many recipients\r\n"),
  SAYS_552_QUOTA("552 5.2.2 Full\r\n"),
  KNOWS_NO_COMMAND("500 5.5.1 What?\r\n"),
  HAS_NOT_IMPLEMENTED_IT("502 5.5.1 No\r\n"),
  LOST_STEP("503 5.5.1 Bad sequence\r\n"),
  WANTS_A_LOGIN("530 5.7.0 Authenticate first\r\n"),
  CLASSES_DIFFER("450 5.1.1 For now or for good\r\n"),
  GOES_WITH_421((talk, _) -> talk.say("421 4.3.2 Bye\r\n").hangUp()),
  STAYS_WITH_421("421 4.3.2 Bye\r\n"),
  SAYS_NOTHING((_, _) -> {}),
  ANSWERS_TOO_LATE((talk, right) -> talk.pause(1500).say(right)),
  HANGS_UP((talk, _) -> talk.hangUp()),
  RESETS((talk, _) -> talk.reset()),
  SAYS_HALF_AND_HANGS_UP((talk, right) -> talk.say(right.substring(0, 2)).hangUp()),
  SAYS_HALF_AND_RESETS((talk, right) -> talk.say(right.substring(0, 2)).reset()),
  SAYS_HALF_AND_NO_MORE((talk, right) -> talk.say(right.substring(0, right.length() - 2))),
  BEGINS_LINES_AND_HANGS_UP((talk, right) -> talk.say(right.substring(0, 3) + "-x\r\n").hangUp()),
  BEGINS_LINES_AND_NO_MORE((talk, right) -> talk.say(right.substring(0, 3) + "-x\r\n")),
  SAYS_LINES_WITHOUT_END((talk, right) -> talk.sayForEver(right.substring(0, 3) + "-more\r\n")),
  SAYS_A_LINE_WITHOUT_END((talk, right) -> talk.sayForEver(right.substring(0, 3) + " more")),
  TRICKLES((talk, right) -> talk.trickle(right, 0), true),
  TRICKLES_FOR_EVER((talk, right) -> talk.trickle((right.substring(0, 4) + "x").repeat(40), 40)),
  SAYS_THE_CODE_ALONE((talk, right) -> talk.say(right.substring(0, 3) + "\r\n")),
  SAYS_THE_CODE_AND_A_SPACE((talk, right) -> talk.say(right.substring(0, 3) + " \r\n")),
  ENDS_LINES_IN_LF((talk, right) -> talk.say(right.replace("\r\n", "\n")), true),
  ENDS_LINES_IN_CR((talk, right) -> talk.say(right.replace("\r\n", "\r"))),
  ENDS_NO_LINE((talk, right) -> talk.say(right.strip())),
  SAYS_A_HUNDRED_LINES(
      (talk, right) -> talk.say((right.substring(0, 3) + "-x\r\n").repeat(200)).say(right), true),
  SAYS_A_LONG_LINE(
      (talk, right) -> talk.say(right.substring(0, 3) + "-" + "x".repeat(6000) + "\r\n" + right),
      true),
  SAYS_IT_IN_EIGHT_BITS(
      (talk, right) -> talk.say(right.substring(0, 3) + "-\u00e4\u00f6\u00fc\r\n" + right), true),
  SAYS_IT_WITH_CONTROLS(
      (talk, right) -> talk.say(right.substring(0, 3) + "-\0\7\33[2J\rx\r\n" + right), true),
  SAYS_GARBAGE("hello there\r\n"),
  SAYS_BINARY_GARBAGE("\0\1\2\377\376\r\n\n\r"),
  SAYS_AN_EMPTY_LINE("\r\n"),
  SPEAKS_HTTP("HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n"),
  SAYS_TWO_DIGITS("25 ok\r\n"),
  SAYS_FOUR_DIGITS("2500 ok\r\n"),
  SAYS_150("150 wait\r\n"),
  SAYS_999("999 what\r\n"),
  SAYS_220("220 hello\r\n"),
  SAYS_250("250 2.0.0 fine\r\n"),
  SAYS_251("251 will forward\r\n"),
  SAYS_334("334 go on\r\n"),
  SAYS_354("354 go on\r\n"),
  MIXES_CODES((talk, right) -> talk.say("550-x\r\n" + right)),
  MIXES_CODES_IN_THE_END((talk, right) -> talk.say(right.substring(0, 3) + "-x\r\n550 y\r\n")),
  ANSWERS_TWICE((talk, right) -> talk.say(right + right)),
  ANSWERS_AND_SAYS_421((talk, right) -> talk.say(right + "421 4.3.2 Bye\r\n").hangUp()),
  ANSWERS_AND_HANGS_UP((talk, right) -> talk.say(right).hangUp()),
  ANSWERS_AND_RESETS((talk, right) -> talk.say(right).reset());

  /** Does it. */
  interface Deed {
    void act(BadServer.Talk talk, String right) throws IOException;
  }

  private final Deed deed;
  private final boolean harmless;

  Behaviour(String words) {
    this((talk, _) -> talk.say(words), false);
  }

  Behaviour(Deed deed) {
    this(deed, false);
  }

  Behaviour(Deed deed, boolean harmless) {
    this.deed = deed;
    this.harmless = harmless;
  }

  void act(BadServer.Talk talk, String right) throws IOException {
    deed.act(talk, right);
  }

  /** Whether mails get through all the same, wherever a server behaves so. */
  boolean isHarmless() {
    return harmless;
  }
}
