package me.ehlo.net;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketImpl;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import jdk.net.ExtendedSocketOptions;

/**
 * A connection within this machine, through a socket in the file system.
 *
 * <p>Java has such connections as channels only. This one has the face of every other socket, so that a wire runs over it,
 * with the patience and the limits of a wire; its address is the machine's own.
 */
public final class LocalSocket extends Socket {
  private final SocketChannel channel;

  LocalSocket(SocketChannel channel) throws IOException {
    super((SocketImpl) null);
    this.channel = channel;
  }

  /** Connects with the server that listens at this path. */
  public static LocalSocket to(Path socket) throws IOException {
    try (SocketPath path = SocketPath.to(socket)) {
      return new LocalSocket(SocketChannel.open(path.address()));
    }
  }

  /** The name of the user at the other end, or the number of one without a name; the operating system vouches for it. */
  String peerUser() throws IOException {
    return channel.getOption(ExtendedSocketOptions.SO_PEERCRED).user().getName();
  }

  @Override
  public InputStream getInputStream() {
    return Channels.newInputStream(channel);
  }

  @Override
  public OutputStream getOutputStream() {
    return Channels.newOutputStream(channel);
  }

  @Override
  public InetAddress getInetAddress() {
    return InetAddress.getLoopbackAddress();
  }

  /** Nothing is held back here. */
  @Override
  public void setTcpNoDelay(boolean on) {}

  @Override
  public void shutdownInput() throws IOException {
    channel.shutdownInput();
  }

  @Override
  public void shutdownOutput() throws IOException {
    channel.shutdownOutput();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
