package me.ehlo.net;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;

/**
 * How we speak TLS to clients: with the certificates that are current when they come, and only in ways that nobody is
 * known to break (RFC 9325): version 1.2 or later, keys that are forgotten afterwards, ciphers that authenticate what
 * they hide, no SHA-1.
 */
public final class TlsServer {
  private static final String[] VERSIONS = {"TLSv1.3", "TLSv1.2"};
  private static final String[] SUITES = {
    "TLS_AES_256_GCM_SHA384",
    "TLS_CHACHA20_POLY1305_SHA256",
    "TLS_AES_128_GCM_SHA256",
    "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
    "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
    "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
    "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256",
    "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
    "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"
  };
  private static final String[] GROUPS = {"x25519", "secp256r1", "x448", "secp384r1", "secp521r1"};
  private static final String[] SIGNATURES = {
    "ecdsa_secp256r1_sha256",
    "ecdsa_secp384r1_sha384",
    "ecdsa_secp521r1_sha512",
    "ed25519",
    "ed448",
    "rsa_pss_rsae_sha256",
    "rsa_pss_rsae_sha384",
    "rsa_pss_rsae_sha512",
    "rsa_pkcs1_sha256",
    "rsa_pkcs1_sha384",
    "rsa_pkcs1_sha512"
  };

  private final Supplier<SSLContext> current;

  /**
   * @param current knows our certificates; asked once for each connection
   */
  public TlsServer(Supplier<SSLContext> current) {
    this.current = current;
  }

  /**
   * Shakes hands with a client.
   *
   * @param early what it has said already
   */
  TlsStream encrypt(InputStream in, OutputStream out, byte[] early) throws IOException {
    return TlsStream.toClient(in, out, early, this::engine);
  }

  private SSLEngine engine() {
    SSLEngine engine = current.get().createSSLEngine();
    engine.setUseClientMode(false);
    SSLParameters parameters = engine.getSSLParameters();
    parameters.setProtocols(VERSIONS);
    parameters.setCipherSuites(SUITES);
    parameters.setNamedGroups(GROUPS);
    parameters.setSignatureSchemes(SIGNATURES);
    parameters.setUseCipherSuitesOrder(true);
    engine.setSSLParameters(parameters);
    return engine;
  }
}
