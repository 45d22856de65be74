package me.ehlo.net;

import java.io.IOException;
import java.io.StringReader;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;

/** A private key in the forms that came before PKCS #8; apart from the rest, since only such a key is worth the library. */
final class TraditionalKey {
  private TraditionalKey() {}

  /** The same key as the JDK reads it. */
  static byte[] toPkcs8(String armoured) throws IOException {
    try (PEMParser parser = new PEMParser(new StringReader(armoured))) {
      if (parser.readObject() instanceof PEMKeyPair pair) {
        return pair.getPrivateKeyInfo().getEncoded();
      }
      throw new IOException("no key");
    }
  }
}
