package me.ehlo.pop3;

import static me.ehlo.pop3.Pop3Reason.NOT_A_NUMBER;
import static me.ehlo.pop3.Pop3Reason.NUMBERS_FROM_ONE;
import static me.ehlo.pop3.Pop3Reason.ONE_NUMBER;
import static me.ehlo.pop3.Pop3Reason.WANTS_NUMBER;
import static me.ehlo.pop3.Pop3Reason.WANTS_TWO_NUMBERS;

import java.util.function.IntFunction;

/** Reads the numbers behind a verb. */
final class Numbers {
  private static final int NOT_DIGITS = -1;

  private Numbers() {}

  /** A verb that wants the number of one message. */
  static Command one(Verb verb, String[] words, IntFunction<Command> command) {
    if (words.length == 0) {
      return new Command.Malformed(WANTS_NUMBER.say(verb, verb));
    }
    if (words.length > 1) {
      return new Command.Malformed(ONE_NUMBER.say(verb, verb));
    }
    return message(verb, words[0], command);
  }

  /** TOP, which wants a message and a number of lines, and that may be 0. */
  static Command top(String[] words) {
    if (words.length != 2 || digits(words[1]) == NOT_DIGITS) {
      return new Command.Malformed(WANTS_TWO_NUMBERS.say());
    }
    int lines = digits(words[1]);
    return message(Verb.TOP, words[0], number -> new Command.Top(number, lines));
  }

  private static Command message(Verb verb, String word, IntFunction<Command> command) {
    boolean negative = word.startsWith("-");
    int number = digits(negative ? word.substring(1) : word);
    if (number == NOT_DIGITS) {
      return new Command.Malformed(NOT_A_NUMBER.say(example(verb)));
    }
    return negative || number == 0
        ? new Command.Malformed(NUMBERS_FROM_ONE.say())
        : command.apply(number);
  }

  private static String example(Verb verb) {
    return verb == Verb.TOP ? "TOP 1 10" : verb + " 1";
  }

  /** The number these digits are; the highest there is when they are more. */
  private static int digits(String word) {
    if (word.isEmpty()) {
      return NOT_DIGITS;
    }
    long number = 0;
    for (int i = 0; i < word.length(); i++) {
      char c = word.charAt(i);
      if (c < '0' || c > '9') {
        return NOT_DIGITS;
      }
      number = Math.min(Integer.MAX_VALUE, number * 10 + (c - '0'));
    }
    return (int) number;
  }
}
