package me.ehlo.talk;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import me.ehlo.call.Heard;

/** What has come of it all, over every connection: for the last line, and for the shell. */
final class Tally {
  private int mails;
  private int accepted;
  private int refused;
  private int mailRecipientsRefused;
  private String refusal = "";
  private int status = Ending.WELL;
  private boolean brokenOff;

  /** A line was answered; {@code verb} in capitals. */
  void heard(String verb, Heard heard) {
    boolean good = heard.isGood();
    switch (verb) {
      case "MAIL" -> mailRecipientsRefused = 0;
      case "RCPT" -> recipient(good);
      default -> {}
    }
    if (good) {
      return;
    }
    if (refusal.isEmpty() || verb.equals("RCPT")) {
      refusal = number(heard);
    }
    status = statusOf(verb);
  }

  /**
   * A mail was answered, behind its end.
   *
   * @param answers one in SMTP, one for each recipient in LMTP
   * @param taken for how many recipients each of them is
   */
  void mail(List<Heard> answers, int taken) {
    List<Heard> bad = answers.stream().filter(each -> !each.isGood()).toList();
    bad.forEach(each -> refusal = number(each));
    if (bad.size() == answers.size()) {
      status = Ending.DOT;
      return;
    }
    mails++;
    accepted -= bad.size();
    refused += bad.size();
    boolean partly = !bad.isEmpty() || mailRecipientsRefused > 0 && taken > 0;
    status = partly ? Ending.PARTLY : Ending.WELL;
  }

  /** The command of this verb has come to nothing, and what was to follow it is not said; {@code verb} in capitals. */
  void stoppedAt(String verb) {
    int ending = statusOf(verb);
    brokeOff(ending == Ending.WELL ? Ending.DATA : ending);
  }

  /** Something else has gone wrong. */
  void failed(int ending) {
    status = ending;
  }

  /** The conversation came to an early end, which those are told too who did not ask how the last step went. */
  void brokeOff(int ending) {
    status = ending;
    brokenOff = true;
  }

  /**
   * The connection was lost.
   *
   * @param verb whose answer was awaited, in capitals; empty: none was
   */
  void lost(String verb) {
    if (!verb.equals("QUIT")) { // what came before is done, answered or not
      int ending = statusOf(verb);
      brokeOff(ending == Ending.WELL ? Ending.NO_CONNECTION : ending);
    }
  }

  /** There is a connection again. */
  void resumed() {
    brokenOff = false;
  }

  /** Whether it came to an early end, and was not begun anew since. */
  boolean hasBrokenOff() {
    return brokenOff;
  }

  /** For scripts: what the last step that went wrong was, {@link Ending#WELL} if a mail was taken behind it. */
  int status() {
    return status;
  }

  /** {@code closed after 48 s: 1 mail accepted, 1 recipient, 0 refused}. */
  String sentence(Duration since) {
    String parts =
        mails > 0
            ? count(mails, "mail") + " accepted, " + count(accepted, "recipient") + ", " + refused()
            : accepted + refused == 0
                ? "nothing sent"
                : "nothing sent. " + count(accepted, "recipient") + " accepted, " + refused();
    return "closed after " + span(since) + ": " + parts;
  }

  private void recipient(boolean good) {
    if (good) {
      accepted++;
    } else {
      refused++;
      mailRecipientsRefused++;
    }
  }

  private String refused() {
    return refused + " refused" + (refused == 0 || refusal.isEmpty() ? "" : " (" + refusal + ")");
  }

  private int statusOf(String verb) {
    return switch (verb) {
      case "EHLO", "HELO", "LHLO" -> Ending.EHLO;
      case "MAIL" -> Ending.MAIL;
      case "RCPT" -> Ending.RECIPIENTS;
      case "AUTH", "PASS", "APOP", "USER" -> Ending.AUTH;
      case "STARTTLS", "STLS" -> Ending.TLS;
      case "DATA", "BDAT" -> Ending.DATA;
      default -> status; // no step of a mail: VRFY, HELP, NOOP, and words that nobody knows
    };
  }

  private static String number(Heard heard) {
    List<String> words = new ArrayList<>();
    if (heard.code() > 0) {
      words.add(Integer.toString(heard.code()));
    }
    heard.status().ifPresent(status -> words.add(status.toString()));
    return String.join(" ", words);
  }

  private static String count(int number, String what) {
    return number + " " + what + (number == 1 ? "" : "s");
  }

  /** {@code 48 s}, {@code 3 min 20 s}. */
  static String span(Duration span) {
    long seconds = span.toSeconds();
    return seconds < 60 ? seconds + " s" : seconds / 60 + " min " + seconds % 60 + " s";
  }
}
