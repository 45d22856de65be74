package me.ehlo.access;

import java.util.Optional;
import me.ehlo.mail.Domain;
import me.ehlo.mail.LocalPart;
import me.ehlo.mail.Mailbox;
import me.ehlo.mail.StorageFailure;

/** Whoever looks after this server: an account that is there before any other (RFC 5321 §4.5.1). */
public final class Postmaster {
  private static final LocalPart NAME = new LocalPart("postmaster");

  private Postmaster() {}

  public static Mailbox of(Domain domain) {
    return new Mailbox(NAME, domain);
  }

  /**
   * Sees to it that the postmaster of this domain can be written to. The account has no password, so that nobody can log
   * in until an administrator sets one; an alias of that name serves as well.
   */
  public static void ensure(Directory directory, Domain domain) throws StorageFailure {
    if (directory.find(of(domain)) instanceof Directory.Entry.Nobody) {
      directory.addAccount(of(domain), Optional.empty(), 0);
    }
  }
}
