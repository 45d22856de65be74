package me.ehlo.maildrop;

import java.util.Optional;
import me.ehlo.mail.AccountId;
import me.ehlo.mail.StorageFailure;

/** The maildrops of all local accounts. */
public interface Maildrops {

  /** Opens an account's maildrop for one session; empty while another session holds it (RFC 1939 §4). */
  Optional<Maildrop> open(AccountId account) throws StorageFailure;

  /** What the account's mails take now; cheap enough to ask for each recipient. */
  Usage usage(AccountId account) throws StorageFailure;

  /** How much a maildrop holds. */
  record Usage(long mails, long octets) {}
}
