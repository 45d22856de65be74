package me.ehlo.sasl;

/**
 * Who knows the users' secrets; one for each conversation, so that it may know where the client is.
 *
 * <p>Its methods may block, and say as little and take as long of an unknown user as of a known one.
 */
public interface Authority {

  /** Who this name and this password are. */
  Verdict password(String name, String password);

  /** Whom SCRAM talks to under this name: where nobody uses SCRAM, to nobody. */
  default ScramUser scram(String name) {
    return new Nobody();
  }
}
