package me.ehlo.smtp.server;

import java.util.Optional;
import me.ehlo.mail.DomainParser;
import me.ehlo.smtp.Command.Mail;
import me.ehlo.smtp.Command.Rcpt;
import me.ehlo.smtp.MailParameters;
import me.ehlo.smtp.RcptParameters;
import me.ehlo.smtp.Replies;
import me.ehlo.smtp.Reply;

/** What speaks against a sender or a recipient before anybody is asked who they are. */
final class EnvelopeRules {
  private final House house;
  private final Policy policy;
  private final Doorway doorway;

  EnvelopeRules(House house, Policy policy, Doorway doorway) {
    this.house = house;
    this.policy = policy;
    this.doorway = doorway;
  }

  /** Why this mail is not begun; empty: it is. The site itself is asked last. */
  Optional<Reply> against(Client client, Sender sender, Mail mail) {
    MailParameters parameters = mail.parameters();
    Optional<Reply> loginFirst = doorway.loginFirst(client);
    if (loginFirst.isPresent()) {
      return loginFirst;
    }
    if (!sender.extended() && !parameters.equals(MailParameters.NONE)) {
      return Optional.of(Reply.of(Replies.NEEDS_EHLO)); // HELO offered nothing
    }
    if (parameters.auth() && policy.mechanisms(client).areNone()) {
      // RFC 4954 §5: a parameter of an extension that is not offered
      return Optional.of(Reply.of(Replies.UNKNOWN_PARAMETER, "AUTH"));
    }
    if (!parameters.smtpUtf8() && !isAscii(mail.reversePath())) {
      return Optional.of(Reply.of(Replies.NEEDS_SMTPUTF8)); // RFC 6531 §3.5
    }
    if (parameters.size().orElse(0) > house.sizeMax()) {
      return Optional.of(Reply.of(Replies.TOO_BIG, house.sizeMax())); // RFC 1870 §6.1
    }
    return policy.sender(client, mail.reversePath());
  }

  /** Why this recipient is not even looked for; empty: it is. */
  Optional<Reply> against(Sender sender, Transaction tx, Rcpt rcpt) {
    RcptParameters parameters = rcpt.parameters();
    if (!sender.extended() && !parameters.equals(RcptParameters.NONE)) {
      return Optional.of(Reply.of(Replies.NEEDS_EHLO));
    }
    if (!tx.parameters().smtpUtf8() && (parameters.notAscii() || !isAscii(rcpt.forwardPath()))) {
      return Optional.of(Reply.of(Replies.NEEDS_SMTPUTF8));
    }
    return tx.recipients().size() >= house.recipientsMax()
        ? Optional.of(Reply.of(Replies.TOO_MANY_RECIPIENTS, house.recipientsMax()))
        : Optional.empty();
  }

  /** Whether a path is, as it is written. */
  private static boolean isAscii(Object path) {
    return DomainParser.isAscii(path.toString());
  }
}
