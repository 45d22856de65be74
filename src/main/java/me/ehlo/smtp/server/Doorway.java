package me.ehlo.smtp.server;

import java.util.Optional;
import me.ehlo.sasl.Exchange;
import me.ehlo.sasl.Mechanisms;
import me.ehlo.smtp.Command;
import me.ehlo.smtp.Extension;
import me.ehlo.smtp.LoginReplies;
import me.ehlo.smtp.Replies;
import me.ehlo.smtp.Reply;

/** What a client may do at this door before it is known, and why not: encrypt, log in, speak for another, send. */
final class Doorway {
  private final House house;
  private final Policy policy;

  Doorway(House house, Policy policy) {
    this.house = house;
    this.policy = policy;
  }

  /** What EHLO offers to this client. */
  Extension.Here offered(Client client) {
    return new Extension.Here(
        startsTls(client),
        policy.mechanisms(client).names(),
        startsQueue(client),
        house.letsSpeakForOthers(client));
  }

  /** Why TLS does not begin now; empty: it does. */
  Optional<Reply> notEncrypted(Client client) {
    if (client.channel().encrypted()) {
      return Optional.of(Reply.of(LoginReplies.TLS_ALREADY)); // RFC 3207 §4.2
    }
    return house.startTls() ? Optional.empty() : Optional.of(notOffered("STARTTLS"));
  }

  /** Whether this client may have the queue started: not where mail is submitted (RFC 6409 §7). */
  boolean startsQueue(Client client) {
    return house.service() == Service.TRANSFER && policy.mayStartQueue(client);
  }

  /** Why no mail may be sent by this client as yet; empty: it may (RFC 6409 §4.3). */
  Optional<Reply> loginFirst(Client client) {
    if (house.service() == Service.TRANSFER || client.login().isPresent()) {
      return Optional.empty();
    }
    if (!policy.mechanisms(client).areNone()) {
      return Optional.of(Reply.of(LoginReplies.LOGIN_FIRST, "MAIL FROM"));
    }
    return Optional.of(
        startsTls(client)
            ? Reply.of(LoginReplies.TLS_FIRST, "MAIL FROM")
            : Reply.of(LoginReplies.NO_LOGIN_HERE));
  }

  /** Why nobody may become another client now; empty: this one may. */
  Optional<Reply> notNamed(Client client, boolean inMail) {
    if (house.xclientFrom().isEmpty()) {
      return Optional.of(notOffered("XCLIENT"));
    }
    if (!house.letsSpeakForOthers(client)) {
      return Optional.of(Reply.of(LoginReplies.CLIENT_NOT_NAMED_BY_YOU, client.literal()));
    }
    return inMail ? Optional.of(Reply.of(LoginReplies.CLIENT_NAMED_IN_MAIL)) : Optional.empty();
  }

  /** Whether an attempt may begin. */
  sealed interface Entry {
    record Open(Login login) implements Entry {}

    record Shut(Reply reply) implements Entry {}
  }

  /** The attempt that this command begins, or why it begins none. */
  Entry login(Client client, boolean extended, Command.Auth auth) {
    if (!extended) {
      return new Entry.Shut(notOffered("AUTH")); // HELO offered nothing
    }
    if (client.login().isPresent()) {
      return new Entry.Shut(
          Reply.of(LoginReplies.LOGGED_IN_ALREADY, client.login().get().address()));
    }
    Mechanisms mechanisms = policy.mechanisms(client);
    Optional<Exchange> exchange = mechanisms.exchange(auth.mechanism());
    return exchange.isPresent()
        ? new Entry.Open(new Login(auth.mechanism(), exchange.get()))
        : new Entry.Shut(noExchange(client, mechanisms, auth.mechanism()));
  }

  /** RFC 4954 §4: 504 for what is not offered; 538 only where it would be, were it encrypted. */
  private Reply noExchange(Client client, Mechanisms offered, String mechanism) {
    if (offered.areNone() && !startsTls(client)) {
      return notOffered("AUTH");
    }
    return offered.areNone() && Mechanisms.isKnown(mechanism)
        ? Reply.of(LoginReplies.ENCRYPTION_REQUIRED)
        : Reply.of(LoginReplies.UNKNOWN_MECHANISM, mechanism);
  }

  private boolean startsTls(Client client) {
    return house.startTls() && !client.channel().encrypted();
  }

  private static Reply notOffered(String verb) {
    return Reply.of(Replies.NOT_OFFERED, verb);
  }
}
