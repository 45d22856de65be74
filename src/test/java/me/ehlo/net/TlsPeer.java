package me.ehlo.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** A server of one connection that shakes hands as somebody else's would, or does something else instead. */
final class TlsPeer implements AutoCloseable {
  private final ServerSocket door;
  private final Dialer dialer = new Dialer("test");
  private final List<Wire> wires = new ArrayList<>();
  final CompletableFuture<Certificate[]> seen = new CompletableFuture<>();

  /** What is done with the connection. */
  @FunctionalInterface
  interface Manner {
    void hold(Socket socket) throws IOException;
  }

  private TlsPeer() throws IOException {
    door = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
  }

  static TlsPeer doing(Manner manner) throws IOException {
    TlsPeer peer = new TlsPeer();
    peer.start(manner);
    return peer;
  }

  /** Reads what the client begins with, says this, and waits for the client to go. */
  static TlsPeer saying(byte[] octets) throws IOException {
    return doing(socket -> {
      InputStream in = socket.getInputStream();
      assertThat(in.read(new byte[4096])).isPositive();
      socket.getOutputStream().write(octets);
      in.transferTo(OutputStream.nullOutputStream());
    });
  }

  /** Shows this chain; {@code asks}: and wants to see a certificate by one of these, and takes any. */
  static TlsPeer showing(String version, Optional<Trust> asks, Made... chain) throws IOException {
    SSLContext context = context(asks, chain);
    TlsPeer peer = new TlsPeer();
    peer.start(socket -> {
      SSLSocket tls = (SSLSocket) context.getSocketFactory().createSocket(socket, null, false);
      tls.setUseClientMode(false);
      tls.setEnabledProtocols(new String[] {version});
      tls.setNeedClientAuth(asks.isPresent());
      tls.startHandshake();
      peer.seen.complete(
          asks.isPresent() ? tls.getSession().getPeerCertificates() : new Certificate[0]);
      tls.getInputStream().transferTo(OutputStream.nullOutputStream());
    });
    return peer;
  }

  private static SSLContext context(Optional<Trust> asks, Made... chain) {
    char[] password = "changeit".toCharArray();
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, password);
      store.setKeyEntry(
          "own",
          chain[0].keys().getPrivate(),
          password,
          Stream.of(chain).map(Made::certificate).toArray(X509Certificate[]::new));
      KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
      keys.init(store, password);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), asks.map(TlsPeer::obliging).orElse(null), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new AssertionError(e);
    }
  }

  private static TrustManager[] obliging(Trust named) {
    return new TrustManager[] {
      new X509TrustManager() {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
          return named.authorities().toArray(X509Certificate[]::new);
        }
      }
    };
  }

  private void start(Manner manner) {
    Thread.ofVirtual()
        .start(() -> {
          try (Socket socket = door.accept()) {
            manner.hold(socket);
          } catch (IOException e) {
            seen.completeExceptionally(e); // the client had enough, or we have
          }
        });
  }

  /** Shakes hands with it. */
  Secured secured(TlsClient client, String name, boolean verify) throws WireFailure {
    return secured(client, name, verify, Duration.ofSeconds(20));
  }

  private Secured secured(TlsClient client, String name, boolean verify, Duration patience)
      throws WireFailure {
    Wire wire =
        dialer.dial(
            new InetSocketAddress(door.getInetAddress(), door.getLocalPort()),
            Duration.ofSeconds(10));
    wires.add(wire);
    return wire.encrypt(client, name, verify, patience).orElseThrow();
  }

  /** Why shaking hands with it fails. */
  WireFailure failure(TlsClient client, boolean verify) {
    return failure(client, verify, Duration.ofSeconds(20));
  }

  WireFailure failure(TlsClient client, boolean verify, Duration patience) {
    try {
      throw new AssertionError(secured(client, "mx.test", verify, patience).toString());
    } catch (WireFailure e) {
      return e;
    }
  }

  @Override
  public void close() throws IOException {
    door.close();
    wires.forEach(dialer::drop);
    dialer.close(Duration.ofMillis(100));
  }
}
