package me.ehlo.smtp.server;

import me.ehlo.smtp.Reply;

/** What happens on the wire next: the effect that the session returns and the connection carries out. */
public sealed interface Turn {

  /** Say this, then listen. */
  record Say(Reply reply) implements Turn {}

  /** Say this, then close the connection. */
  record SayAndClose(Reply reply) implements Turn {}

  /** Say this (334), take one line, then give it to {@link SmtpSession#response}; what it says is a secret. */
  record Challenge(Reply reply) implements Turn {}

  /** Say this (220), encrypt, then tell the session with {@link SmtpSession#encrypted}. */
  record StartTls(Reply reply) implements Turn {}

  /** Begin again with {@link SmtpSession#greet}. */
  record Greet() implements Turn {}

  /** Say this (354), take content up to CRLF.CRLF, then tell the session with {@link SmtpSession#content}. */
  record TakeContent(Reply reply) implements Turn {}

  /** Take this many octets of content, then tell the session with {@link SmtpSession#content}. */
  record TakeChunk(long octets) implements Turn {}

  /** Take this many octets and forget them, then say this. */
  record SkipChunk(long octets, Reply reply) implements Turn {}

  /** The mail is good: keep it, then tell the session with {@link SmtpSession#kept} or {@link SmtpSession#notKept}. */
  record Keep(Transaction transaction, Sender sender) implements Turn {}
}
