package me.ehlo.pop3;

import me.ehlo.mail.StorageFailure;
import me.ehlo.sasl.Channel;
import me.ehlo.sasl.Identity;
import me.ehlo.sasl.Mechanisms;

/** What a conversation asks of the site; one for each conversation, so that it may know who the client is. */
public interface Site {

  /** Whether a user's maildrop could be opened. */
  sealed interface Opening {

    /** It is this session's alone. */
    record Opened(Drop drop) implements Opening {}

    /** Another session holds it (RFC 1939 §4). */
    record InUse() implements Opening {}
  }

  /** Our name. */
  String hostname();

  /** Where mail is sent, for those who came to the wrong port: "port 2525", or "another port". */
  String sendingAt();

  /** Whether a conversation in the clear may go on encrypted. */
  boolean offersTls();

  /** How this client may log in over this channel; PASS asks the same authority. None: no password is taken. */
  Mechanisms mechanisms(Channel channel);

  /** Opens the maildrop of a user who has logged in. */
  Opening open(Identity identity) throws StorageFailure;
}
