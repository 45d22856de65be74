package me.ehlo.smtp.server;

import java.util.Optional;
import me.ehlo.mail.ForwardPath;
import me.ehlo.mail.Recipient;
import me.ehlo.mail.ReversePath;
import me.ehlo.smtp.Reply;

/** The questions that a conversation asks the site. They may block; each is answered at once and for good. */
public interface Policy {

  /** Why a mail from here is refused, whoever it is for; empty: it is not. */
  default Optional<Reply> sender(Client client, ReversePath from) {
    return Optional.empty();
  }

  /**
   * May this client send a mail from here to there?
   *
   * @param size octets announced for the mail, 0 if none were
   */
  Verdict recipient(Client client, ReversePath from, ForwardPath to, long size);

  /** The answer. */
  sealed interface Verdict {
    record Welcome(Recipient recipient) implements Verdict {}

    record Refused(Reply reply) implements Verdict {}
  }
}
