package me.ehlo.net;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/** A port of 127.0.0.1 at which nobody listens: who connects is refused, and nobody else gets it meanwhile. */
public final class ClosedPort implements Closeable {
  private final Socket bound = new Socket();

  public ClosedPort() throws IOException {
    bound.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }

  public InetSocketAddress address() {
    return (InetSocketAddress) bound.getLocalSocketAddress();
  }

  /** {@code 127.0.0.1:40000}. */
  public String written() {
    return "127.0.0.1:" + bound.getLocalPort();
  }

  @Override
  public void close() throws IOException {
    bound.close();
  }
}
