package me.ehlo.sasl;

/**
 * What a client logs in with.
 *
 * @param user the name; may be empty for a certificate, which says it itself
 * @param secret empty for a certificate, whose key has been used in TLS
 */
public record Credentials(String user, String secret, Kind kind) {

  /** What the secret is. */
  public enum Kind {
    PASSWORD,
    /** An access token of OAuth 2.0 (RFC 6749 §1.4). */
    TOKEN,
    /** A certificate of the client's own, shown in the TLS handshake. */
    CERTIFICATE
  }

  public static Credentials password(String user, String password) {
    return new Credentials(user, password, Kind.PASSWORD);
  }

  public static Credentials token(String user, String token) {
    return new Credentials(user, token, Kind.TOKEN);
  }

  /** The user of the certificate; {@code user} empty: whoever the server finds in it. */
  public static Credentials certificate(String user) {
    return new Credentials(user, "", Kind.CERTIFICATE);
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return "Credentials[user=" + user + ", kind=" + kind + "]";
  }
}
