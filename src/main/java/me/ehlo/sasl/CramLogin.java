package me.ehlo.sasl;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** CRAM-MD5 (RFC 2195), the client's side: a word of the server's is hashed together with the password. */
final class CramLogin implements ClientExchange {
  private final Credentials credentials;
  private boolean answered;

  CramLogin(Credentials credentials) {
    this.credentials = credentials;
  }

  @Override
  public Reaction on(String challenge) {
    String heard = "The server's word is " + Plainly.quoted(challenge);
    if (answered || challenge.isEmpty() || credentials.secret().isEmpty()) {
      return new Reaction.Stop(
          heard + ".",
          credentials.secret().isEmpty()
              ? "CRAM-MD5 needs a password that is not empty."
              : "CRAM-MD5 has one challenge, a word that is not empty.");
    }
    answered = true;
    return new Reaction.Answer(
        heard + ": it is to be hashed together with the password.",
        new Said(
            credentials.user() + " " + digest(challenge),
            "user name, and the word hashed together with the password",
            true));
  }

  private String digest(String challenge) {
    try {
      Mac mac = Mac.getInstance("HmacMD5");
      mac.init(new SecretKeySpec(credentials.secret().getBytes(UTF_8), "HmacMD5"));
      return HexFormat.of().formatHex(mac.doFinal(challenge.getBytes(UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HMAC-MD5", e);
    }
  }
}
