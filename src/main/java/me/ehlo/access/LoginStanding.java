package me.ehlo.access;

import java.util.Optional;
import me.ehlo.mail.Reason;
import me.ehlo.mail.StorageFailure;
import me.ehlo.sasl.Identity;
import me.ehlo.smtp.Replies;
import me.ehlo.smtp.Reply;

/**
 * Says whether somebody who has logged in could still do so: a conversation may last for hours, and a password may be
 * revoked or changed meanwhile.
 */
public final class LoginStanding {
  static final Reason LOGIN_REVOKED =
      new Reason(
          "login-revoked",
          530,
          "5.7.0",
          "The password of {} that you logged in with was changed or revoked; connect again and log in with the present one");

  private final Recipients.Finder directory;

  /**
   * @param directory asked each time, so it should be quick
   */
  public LoginStanding(Recipients.Finder directory) {
    this.directory = directory;
  }

  /** Whether the account is there, and has the very password that was used. */
  public boolean stillHolds(Identity identity) throws StorageFailure {
    return directory.find(identity.address()) instanceof Directory.Entry.User(var account)
        && account.id().equals(identity.account())
        && account
            .password(identity.password())
            .filter(password -> password.mark().equals(identity.mark()))
            .isPresent();
  }

  /** Why this login counts no more; empty: it does. */
  Optional<Reply> refusal(Identity identity) {
    try {
      return stillHolds(identity)
          ? Optional.empty()
          : Optional.of(Reply.of(LOGIN_REVOKED, identity.address()));
    } catch (StorageFailure e) {
      return Optional.of(Reply.of(Replies.LOOKUP_TROUBLE));
    }
  }
}
