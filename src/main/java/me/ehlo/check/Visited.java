package me.ehlo.check;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import me.ehlo.call.Heard;
import me.ehlo.call.Reach;

/**
 * What was seen of a host at one address, without any opinion of it.
 *
 * @param here our own address in it, once connected
 * @param ehlo the first answer to EHLO, in the clear
 * @param helo asked for only where EHLO was refused
 * @param answers in the order of the questions
 * @param pipelined whether commands that were sent together were all answered; empty: not offered, or not reached
 * @param lost where the conversation ended that should have gone on
 * @param doors other ports of the same host that were tried, and whether they have STARTTLS or at least answer
 */
record Visited(
    Target target,
    Reach reach,
    Optional<InetAddress> here,
    Optional<Heard> greeting,
    Optional<Heard> ehlo,
    Optional<Heard> helo,
    Encryption encryption,
    Optional<Heard> ehloEncrypted,
    List<Question.Asked> answers,
    Optional<Boolean> pipelined,
    Optional<Lost> lost,
    Map<Integer, Knock> doors) {

  /** A conversation that has ended before its time. */
  record Lost(Stage at, boolean silent, Duration waited) {}

  /** What another port of the host has shown. */
  record Knock(Reach reach, boolean startTls) {}

  Visited {
    answers = List.copyOf(answers);
    doors = Map.copyOf(doors);
  }

  Place place() {
    return Place.of(target);
  }

  /** The last answer to EHLO that there was. */
  Optional<Heard> lastEhlo() {
    return ehloEncrypted.or(() -> ehlo).filter(Heard::isGood);
  }

  /** Whether mail could be spoken of. */
  boolean isIntroduced() {
    return ehlo.or(() -> helo).filter(Heard::isGood).isPresent()
        || helo.filter(Heard::isGood).isPresent();
  }

  Stream<Heard> answers(Question.Kind kind) {
    return answers.stream()
        .filter(asked -> asked.question().kind() == kind)
        .flatMap(asked -> asked.heard().stream());
  }

  Optional<Heard> answer(Question.Kind kind) {
    return answers(kind).findFirst();
  }
}
