package me.ehlo.net;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/** How we speak TLS to servers (RFC 3207): version 1.2 or later, with the name said in the handshake (SNI, RFC 6066 §3). */
public final class TlsClient {
  private static final String[] VERSIONS = {"TLSv1.3", "TLSv1.2"};

  private final SSLContext trusting;
  private final SSLContext credulous;

  /**
   * @param trusting knows whom we trust
   */
  public TlsClient(SSLContext trusting) {
    this(trusting, credulous());
  }

  private TlsClient(SSLContext trusting, SSLContext credulous) {
    this.trusting = trusting;
    this.credulous = credulous;
  }

  /**
   * One that trusts these authorities where it has to verify.
   *
   * @param own what a server that asks for a certificate is shown; empty: none
   */
  public static TlsClient of(Trust trust, Optional<ClientCertificate> own) {
    KeyManager[] keys = own.map(ClientCertificate::managers).orElse(new KeyManager[0]);
    return new TlsClient(context(keys, trust.managers()), context(keys, new Credulous()));
  }

  /** Shakes hands with a server; {@code verify}: only with a certificate that we trust and that has this name. */
  TlsStream encrypt(InputStream in, OutputStream out, String name, int port, boolean verify)
      throws IOException {
    SSLEngine engine = (verify ? trusting : credulous).createSSLEngine(name, port);
    engine.setUseClientMode(true);
    SSLParameters parameters = engine.getSSLParameters();
    parameters.setProtocols(VERSIONS);
    if (verify) {
      parameters.setEndpointIdentificationAlgorithm(
          "HTTPS"); // RFC 9525: the name in the certificate
    }
    engine.setSSLParameters(parameters);
    return TlsStream.toServer(in, out, engine);
  }

  static SSLContext credulous() {
    return context(new KeyManager[0], new Credulous());
  }

  private static SSLContext context(KeyManager[] keys, TrustManager... trust) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys, trust, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has TLS", e);
    }
  }

  /** Takes any certificate: against those who only listen, which is all that opportunistic TLS promises (RFC 7435). */
  private static final class Credulous extends X509ExtendedTrustManager {
    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
