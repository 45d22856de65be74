package me.ehlo.pop3;

import me.ehlo.mail.StorageFailure;

/** What a conversation asks of the site; one for each conversation, so that it may know who the client is. */
public interface Site {

  /** What became of a login. */
  sealed interface Login {

    /** The password is right and the maildrop is this session's alone. */
    record Opened(Drop drop) implements Login {}

    /** The password is right, but another session holds the maildrop (RFC 1939 §4). */
    record InUse() implements Login {}

    /** No such user, or not this password; nobody is told which. */
    record Rejected() implements Login {}

    /** Too many are logging in at this moment. */
    record Busy() implements Login {}
  }

  /** Our name. */
  String hostname();

  /** Where mail is sent, for those who came to the wrong port: "port 2525", or "another port". */
  String sendingAt();

  /** Whether this client may give a password on this connection. */
  boolean takesPasswords();

  /** Checks the password and opens the user's maildrop. */
  Login login(String user, String password) throws StorageFailure;
}
