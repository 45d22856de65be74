package me.ehlo.net;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;

/** A connection to nobody, which remembers how a client begins its handshake. */
final class Hello extends Socket {
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();

  @Override
  public boolean isConnected() {
    return true;
  }

  @Override
  public OutputStream getOutputStream() {
    return said;
  }

  @Override
  public InputStream getInputStream() {
    return InputStream.nullInputStream();
  }

  /** The first record: the client's hello. */
  byte[] said() {
    byte[] all = said.toByteArray();
    int length = 5 + ((all[3] & 0xFF) << 8 | all[4] & 0xFF);
    byte[] first = new byte[length];
    System.arraycopy(all, 0, first, 0, length);
    return first;
  }
}
