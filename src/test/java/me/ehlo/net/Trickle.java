package me.ehlo.net;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;

/** A connection on which each octet is sent by itself, and read by itself. */
final class Trickle extends Socket {
  private final Socket through;

  Trickle(Socket through) {
    this.through = through;
  }

  @Override
  public boolean isConnected() {
    return true;
  }

  @Override
  public OutputStream getOutputStream() throws IOException {
    OutputStream out = through.getOutputStream();
    return new OutputStream() {
      @Override
      public void write(int octet) throws IOException {
        out.write(octet);
        out.flush();
      }
    };
  }

  @Override
  public InputStream getInputStream() throws IOException {
    return through.getInputStream();
  }

  @Override
  public void shutdownOutput() throws IOException {
    through.shutdownOutput();
  }

  @Override
  public synchronized void close() throws IOException {
    through.close();
  }
}
