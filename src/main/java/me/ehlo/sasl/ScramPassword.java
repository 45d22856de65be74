package me.ehlo.sasl;

/**
 * What a server keeps of one password for SCRAM (RFC 5802 §3): enough to check a proof, not enough to make one.
 *
 * @param name of the password; empty: the account's main one
 * @param storedKey in Base64
 * @param serverKey in Base64
 */
public record ScramPassword(String name, String storedKey, String serverKey) {

  /** Keys are secrets: who has them may pose as this server, and guess at leisure. */
  @Override
  public String toString() {
    return "ScramPassword[" + name + "]";
  }
}
