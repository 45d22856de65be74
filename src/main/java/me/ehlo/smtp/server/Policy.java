package me.ehlo.smtp.server;

import java.util.Optional;
import java.util.OptionalLong;
import me.ehlo.mail.Authors;
import me.ehlo.mail.Domain;
import me.ehlo.mail.ForwardPath;
import me.ehlo.mail.Recipient;
import me.ehlo.mail.ReversePath;
import me.ehlo.sasl.Mechanisms;
import me.ehlo.smtp.Reply;

/** The questions that a conversation asks the site. They may block; each is answered at once and for good. */
public interface Policy {

  /** How this client may log in, here and now; asked again whenever the answer may have changed. */
  default Mechanisms mechanisms(Client client) {
    return Mechanisms.none();
  }

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

  /** Why a client that has logged in may not send a mail whose header names these authors; empty: it may. */
  default Optional<Reply> authors(Client client, Authors authors) {
    return Optional.empty();
  }

  /** May this client have the queue started (ETRN, RFC 1985 §5)? */
  default boolean mayStartQueue(Client client) {
    return false;
  }

  /**
   * Starts what waits for this domain.
   *
   * @param subdomains whether what waits for domains below it is meant as well
   * @return how many recipients that are; empty when the queue cannot be reached
   */
  default OptionalLong startQueue(Domain domain, boolean subdomains) {
    return OptionalLong.empty();
  }

  /** The answer. */
  sealed interface Verdict {
    record Welcome(Recipient recipient) implements Verdict {}

    record Refused(Reply reply) implements Verdict {}
  }
}
