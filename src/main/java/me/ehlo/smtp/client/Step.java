package me.ehlo.smtp.client;

import java.util.List;
import me.ehlo.mail.Cause;

/** What happens on the wire next: the effect that the dialogue returns and its driver carries out. */
public sealed interface Step {

  /** Say these lines, CRLF behind each, in one write; then listen and tell the dialogue what was heard. */
  record Say(String lines) implements Step {}

  /** Listen and tell the dialogue what was heard. */
  record Listen() implements Step {}

  /**
   * Say these lines, perhaps none, and send the mail's content behind them; then tell {@link SmtpDialogue#sent}.
   *
   * @param dots stuffed and ended by a dot (DATA); else as it is (BDAT)
   */
  record Send(String lines, OutboundMail mail, boolean dots) implements Step {}

  /** Begin the TLS handshake; then tell {@link SmtpDialogue#secured}, or the fault. */
  record StartTls() implements Step {}

  /** Nothing is under way: tell {@link SmtpDialogue#mail}, or say {@link SmtpDialogue#QUIT}. */
  record Ready() implements Step {}

  /**
   * All that this conversation can do for this mail is done; then go on.
   *
   * @param fates one for each of the mail's recipients, in their order
   */
  record Settled(OutboundMail mail, List<Fate> fates, Step then) implements Step {
    public Settled {
      fates = List.copyOf(fates);
    }
  }

  /**
   * The conversation cannot go on: close the connection.
   *
   * @param fault whether something broke, or the server sent us away by its reply
   */
  record GiveUp(Cause cause, boolean fault) implements Step {}
}
