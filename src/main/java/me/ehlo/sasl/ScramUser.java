package me.ehlo.sasl;

import java.util.List;

/**
 * A user as one run of SCRAM sees one (RFC 5802 §3). Nobody is such a user too, with a salt that is always the same and
 * passwords that no proof fits, so that a client cannot tell.
 */
public interface ScramUser {

  /** In Base64; one for all passwords of the user, so that one proof can be tried against each. */
  String salt();

  /** How often a password is hashed; for all passwords of the user. */
  int iterations();

  /** The server's part of the nonce: printable ASCII without a comma, never the same twice. */
  String nonce();

  /** The passwords, one of which the proof may fit. */
  List<ScramPassword> passwords();

  /** What becomes of a client whose proof fits this password. May block. */
  Verdict proved(ScramPassword password);

  /** What becomes of a client whose proof fits none. May block. */
  Verdict failed();
}
