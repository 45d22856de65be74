package me.ehlo.net;

import java.io.IOException;
import java.net.Socket;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** How we speak TLS to clients: version 1.2 or later, with the certificates that are current when they come. */
public final class TlsServer {
  private static final String[] VERSIONS = {"TLSv1.3", "TLSv1.2"};

  private final Supplier<SSLContext> current;

  /**
   * @param current knows our certificates; asked once for each connection
   */
  public TlsServer(Supplier<SSLContext> current) {
    this.current = current;
  }

  SSLSocket encrypt(Socket socket) throws IOException {
    SSLSocket encrypted =
        (SSLSocket) current.get().getSocketFactory().createSocket(socket, null, true);
    SSLParameters parameters = encrypted.getSSLParameters();
    parameters.setProtocols(VERSIONS);
    parameters.setUseCipherSuitesOrder(true);
    encrypted.setSSLParameters(parameters);
    encrypted.startHandshake();
    return encrypted;
  }
}
