package me.ehlo.smtp.client;

import static me.ehlo.smtp.client.DialogueReason.EIGHT_BIT_THERE;
import static me.ehlo.smtp.client.DialogueReason.MAIL_DELAYED;
import static me.ehlo.smtp.client.DialogueReason.MAIL_REFUSED;
import static me.ehlo.smtp.client.DialogueReason.RECIPIENT_DELAYED;
import static me.ehlo.smtp.client.DialogueReason.RECIPIENT_REFUSED;
import static me.ehlo.smtp.client.DialogueReason.RELAYED;
import static me.ehlo.smtp.client.DialogueReason.SENDER_DELAYED;
import static me.ehlo.smtp.client.DialogueReason.SENDER_REFUSED;
import static me.ehlo.smtp.client.DialogueReason.SMTPUTF8_THERE;
import static me.ehlo.smtp.client.DialogueReason.TOO_BIG_THERE;
import static me.ehlo.smtp.client.DialogueReason.UNFIT_ADDRESS;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import me.ehlo.mail.Cause;
import me.ehlo.mail.Outcome;
import me.ehlo.mail.Reason;
import me.ehlo.smtp.Answer;

/** One mail transaction from our side: what is still to be said, and each recipient's fate. */
final class Transaction {

  /** A command that waits to be said. */
  record Command(Phase phase, int recipient, String line) {}

  /** How far a recipient has come. */
  private enum Standing {
    ASKED,
    ACCEPTED,
    DECIDED
  }

  private final OutboundMail mail;
  private final String host;
  private final Causes causes;
  private final Offered offered;
  private final Standing[] standing;
  private final Fate[] fates;
  private final Deque<Command> unsaid = new ArrayDeque<>();
  private int accepted;
  private boolean touched;
  private boolean mailRefused;
  private boolean sent;

  /** Weighs what is known before a word is said; recipients that cannot go to this server are decided. */
  Transaction(OutboundMail mail, String host, Offered offered) {
    this.mail = mail;
    this.host = host;
    this.causes = new Causes(host);
    this.offered = offered;
    this.standing = new Standing[mail.recipients().size()];
    this.fates = new Fate[standing.length];
    Arrays.fill(standing, Standing.ASKED);
    weighMail();
    weighRecipients();
  }

  OutboundMail mail() {
    return mail;
  }

  /** Lines up the commands for those that are open; {@code last} is DATA or BDAT, or empty when that is said later. */
  void lineUp(boolean rset, Optional<String> last) {
    if (rset) {
      unsaid.add(new Command(Phase.RSET, 0, "RSET\r\n"));
    }
    Wording wording = new Wording(offered, mail, needsUtf8());
    unsaid.add(new Command(Phase.MAIL, 0, wording.mail()));
    for (int i = 0; i < fates.length; i++) {
      if (standing[i] == Standing.ASKED) {
        unsaid.add(new Command(Phase.RCPT, i, wording.rcpt(mail.recipients().get(i))));
      }
    }
    last.ifPresent(line -> unsaid.add(new Command(Phase.DATA, 0, line)));
  }

  Deque<Command> unsaid() {
    return unsaid;
  }

  void touch() {
    touched = true;
  }

  boolean mailRefused() {
    return mailRefused;
  }

  boolean anyAccepted() {
    return accepted > 0;
  }

  /** The content has been sent wholly: from here on a silence leaves us in doubt. */
  void contentSent() {
    sent = true;
  }

  boolean sent() {
    return sent;
  }

  boolean isDecided() {
    for (Standing each : standing) {
      if (each != Standing.DECIDED) {
        return false;
      }
    }
    return true;
  }

  List<Fate> fates() {
    return List.of(fates);
  }

  void mailAnswered(Answer.Said said) {
    if (said.kind() != 2) {
      mailRefused = true;
      decideAll(refusal(said, SENDER_REFUSED, SENDER_DELAYED));
    }
  }

  void rcptAnswered(int n, Answer.Said said) {
    if (standing[n] == Standing.DECIDED) {
      return; // MAIL was refused, so this is too
    }
    if (said.kind() == 2) {
      standing[n] = Standing.ACCEPTED;
      accepted++;
    } else if (saysTooMany(said)) {
      decide(n, accepted > 0 ? new Fate.Left() : new Fate.Over(delayed(said, RECIPIENT_DELAYED)));
    } else {
      decide(n, refusal(said, RECIPIENT_REFUSED, RECIPIENT_DELAYED));
    }
  }

  /** DATA was refused, or what came after the content. */
  void contentAnswered(Answer.Said said) {
    decideAll(
        said.kind() == 2
            ? new Fate.Over(new Outcome.Relayed(causes.said(said, RELAYED, host), offered.dsn()))
            : refusal(said, MAIL_REFUSED, MAIL_DELAYED));
    sent = false;
  }

  /** The conversation ended with this cause; {@code doubt} is the cause if the content was wholly sent. */
  void broken(Cause cause, Cause doubt) {
    if (sent) {
      decideAll(new Fate.Over(new Outcome.Delayed(doubt, true)));
    } else {
      open(cause);
    }
  }

  /** The conversation ended with this cause, and without doubt: what is not decided may be tried elsewhere. */
  void open(Cause cause) {
    decideAll(new Fate.Open(cause, touched));
  }

  /** Every recipient that is still open ends so. */
  void decideAll(Fate fate) {
    for (int i = 0; i < fates.length; i++) {
      if (standing[i] != Standing.DECIDED) {
        decide(i, fate);
      }
    }
    unsaid.clear();
  }

  private void weighMail() {
    Wording.Need sender = Wording.need(mail.reversePath());
    if (offered.sizeMax() > 0 && mail.octets() > offered.sizeMax()) {
      fail(TOO_BIG_THERE, mail.octets(), host, offered.sizeMax()); // RFC 1870 §6.1
    } else if (sender == Wording.Need.UNFIT) {
      fail(UNFIT_ADDRESS, host);
    } else if (!offered.smtpUtf8() && (sender == Wording.Need.SMTPUTF8 || mail.utf8Header())) {
      fail(SMTPUTF8_THERE, host); // RFC 6531 §3.5
    } else if (mail.eightBit() && !offered.eightBitMime()) {
      fail(EIGHT_BIT_THERE, host); // RFC 6152 §3
    }
  }

  private void weighRecipients() {
    int open = 0;
    for (int i = 0; i < fates.length; i++) {
      if (standing[i] == Standing.DECIDED) {
        continue;
      }
      Wording.Need need = Wording.need(mail.recipients().get(i).mailbox());
      if (need == Wording.Need.UNFIT) {
        decide(i, failed(UNFIT_ADDRESS, host));
      } else if (need == Wording.Need.SMTPUTF8 && !offered.smtpUtf8()) {
        decide(i, failed(SMTPUTF8_THERE, host));
      } else if (offered.recipientsMax() > 0 && open >= offered.recipientsMax()) {
        decide(i, new Fate.Left()); // RFC 9422 §4.3
      } else {
        open++;
      }
    }
  }

  private boolean needsUtf8() {
    return offered.smtpUtf8()
        && (mail.utf8Header()
            || Wording.need(mail.reversePath()) == Wording.Need.SMTPUTF8
            || mail.recipients().stream()
                .anyMatch(to -> Wording.need(to.mailbox()) == Wording.Need.SMTPUTF8));
  }

  /** RFC 5321 §4.5.3.1.10: 452, or 552 from older servers; a full maildrop is another matter (x.2.2). */
  private static boolean saysTooMany(Answer.Said said) {
    return (said.code() == 452 || said.code() == 552)
        && said.remote()
            .status()
            .map(status -> status.subject() == 5 && status.detail() == 3)
            .orElse(true);
  }

  private Fate refusal(Answer.Said said, Reason never, Reason notNow) {
    // 503 says that the two sides have lost step, which is no judgement on the mail
    return new Fate.Over(
        said.kind() == 5 && said.code() != 503
            ? new Outcome.Failed(causes.said(said, never, host))
            : delayed(said, notNow));
  }

  private Outcome delayed(Answer.Said said, Reason reason) {
    return new Outcome.Delayed(causes.said(said, reason, host), false);
  }

  private void fail(Reason reason, Object... values) {
    decideAll(failed(reason, values));
  }

  private Fate failed(Reason reason, Object... values) {
    return new Fate.Over(new Outcome.Failed(causes.because(reason, values)));
  }

  private void decide(int n, Fate fate) {
    standing[n] = Standing.DECIDED;
    fates[n] = fate;
  }
}
