package me.ehlo.net;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;

/**
 * TLS over a connection, for one thread that reads and writes in turn.
 *
 * <p>The JDK's own socket for this does not serve us: it does not say whether more has come, when the reading side ends
 * it ends the writing side too (and with it the last word to a client that is sent away), and it holds large buffers for
 * connections that idle.
 */
final class TlsStream {
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
  private static final int FRAGMENT = 1 << 14; // RFC 8446 §5.1
  private static final int FRAGMENTS_AT_ONCE = 4;
  private static final int LARGE = 4096;
  private static final int BARREN_MAX = 32;

  private final TlsRecords records;
  private final OutputStream out;
  private final SSLEngine engine;
  private ByteBuffer plain = NOTHING;
  private int barren;
  private boolean negotiated;
  private boolean ended;

  private TlsStream(TlsRecords records, OutputStream out, SSLEngine engine) {
    this.records = records;
    this.out = out;
    this.engine = engine;
  }

  /**
   * Shakes hands with a client; who says nothing, or no whole record, costs no more than a connection without TLS.
   *
   * @param early what the client has said already
   */
  static TlsStream toClient(
      InputStream in, OutputStream out, byte[] early, Supplier<SSLEngine> engine)
      throws IOException {
    TlsRecords records = new TlsRecords(in, early);
    while (!records.holdsOne()) {
      fillOrFail(records);
    }
    return new TlsStream(records, out, engine.get()).shakeHands();
  }

  /** Shakes hands with a server. */
  static TlsStream toServer(InputStream in, OutputStream out, SSLEngine engine) throws IOException {
    return new TlsStream(new TlsRecords(in, new byte[0]), out, engine).shakeHands();
  }

  /** What was agreed upon. */
  SSLSession session() {
    return engine.getSession();
  }

  InputStream input() {
    return new Input();
  }

  OutputStream output() {
    return new Output();
  }

  /** Says that nothing more will be said (close_notify, RFC 8446 §6.1). */
  void sayGoodbye() throws IOException {
    engine.closeOutbound();
    sendWhatIsDue();
  }

  private TlsStream shakeHands() throws IOException {
    try {
      engine.beginHandshake();
      HandshakeStatus status = engine.getHandshakeStatus();
      while (status != HandshakeStatus.FINISHED && status != HandshakeStatus.NOT_HANDSHAKING) {
        status =
            switch (status) {
              case NEED_TASK -> carryOut();
              case NEED_WRAP -> send(NOTHING);
              case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> hear();
              case FINISHED, NOT_HANDSHAKING -> status;
            };
        if (engine.isOutboundDone()) {
          throw new SSLException("the handshake was broken off");
        }
      }
      negotiated = true;
      return this;
    } catch (SSLException e) {
      tellWhy();
      throw e;
    }
  }

  private HandshakeStatus carryOut() {
    for (Runnable task = engine.getDelegatedTask();
        task != null;
        task = engine.getDelegatedTask()) {
      task.run();
    }
    return engine.getHandshakeStatus();
  }

  private HandshakeStatus hear() throws IOException {
    while (!records.holdsOne()) {
      fillOrFail(records);
    }
    ByteBuffer record = records.next();
    SSLEngineResult result = engine.unwrap(record, ByteBuffer.allocate(record.remaining()));
    records.took(result.bytesConsumed());
    if (result.getStatus() != SSLEngineResult.Status.OK) {
      throw new SSLException("the peer ended the handshake");
    }
    return result.getHandshakeStatus();
  }

  private static void fillOrFail(TlsRecords records) throws IOException {
    if (!records.fill(false)) {
      throw new SSLException("the connection ended in the handshake");
    }
  }

  /** The alert that belongs to what has just gone wrong, if the peer still hears it. */
  private void tellWhy() {
    try {
      sendWhatIsDue();
    } catch (IOException e) {
      // It has gone wrong already.
    }
  }

  private void sendWhatIsDue() throws IOException {
    if (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
      send(NOTHING);
    }
  }

  /** Sends what these octets become, and what else is due, in as few pieces as possible. */
  private HandshakeStatus send(ByteBuffer said) throws IOException {
    int packet = engine.getSession().getPacketBufferSize();
    int fragments = Math.min(FRAGMENTS_AT_ONCE, 1 + said.remaining() / FRAGMENT);
    ByteBuffer sent = ByteBuffer.allocate(fragments * packet);
    HandshakeStatus status;
    do {
      SSLEngineResult result = engine.wrap(said, sent);
      status = result.getHandshakeStatus();
      switch (result.getStatus()) {
        case OK -> {}
        case BUFFER_OVERFLOW -> deliver(sent);
        case CLOSED, BUFFER_UNDERFLOW -> {
          deliver(sent);
          if (said.hasRemaining()) {
            throw new SSLException("the peer has ended the conversation");
          }
          return status;
        }
      }
    } while (said.hasRemaining() || status == HandshakeStatus.NEED_WRAP);
    deliver(sent);
    return status;
  }

  private void deliver(ByteBuffer sent) throws IOException {
    out.write(sent.array(), sent.arrayOffset(), sent.position());
    sent.clear();
  }

  private int read(byte[] octets, int offset, int length) throws IOException {
    while (!plain.hasRemaining()) {
      while (!ended && !records.holdsOne()) {
        if (!records.fill(length >= LARGE)) {
          return -1; // in order or not: what was said counts only where it is whole
        }
      }
      if (ended) {
        return -1;
      }
      if (length >= records.length()) {
        int read = decode(ByteBuffer.wrap(octets, offset, length).slice());
        if (read > 0) {
          return read;
        }
      } else {
        decodeAside();
      }
    }
    int some = Math.min(length, plain.remaining());
    plain.get(octets, offset, some);
    if (!plain.hasRemaining()) {
      plain = NOTHING;
    }
    return some;
  }

  private int available() throws IOException {
    while (!plain.hasRemaining() && !ended) {
      if (records.holdsOne()) {
        decodeAside();
      } else if (!records.isFilling() || !records.fill(false)) {
        return 0;
      }
    }
    return plain.remaining();
  }

  private void decodeAside() throws IOException {
    ByteBuffer room = ByteBuffer.allocate(records.length());
    decode(room);
    plain = room.flip();
  }

  /** Takes the records that are here into the room, as far as it goes; returns how many octets they held. */
  private int decode(ByteBuffer room) throws IOException {
    try {
      do {
        decodeOne(room);
      } while (!ended && records.holdsOne() && records.length() <= room.remaining());
      return room.position();
    } catch (SSLException e) {
      tellWhy();
      throw e;
    }
  }

  private void decodeOne(ByteBuffer room) throws IOException {
    if (records.isHandshake() && negotiated) { // TLS 1.3 hides its own
      refuseRenegotiation();
    }
    int before = room.position();
    SSLEngineResult result = engine.unwrap(records.next(), room);
    records.took(result.bytesConsumed());
    ended = result.getStatus() == SSLEngineResult.Status.CLOSED;
    if (!ended && result.getStatus() != SSLEngineResult.Status.OK) {
      throw new SSLException("a record could not be read: " + result.getStatus());
    }
    barren = room.position() > before ? 0 : barren + 1;
    if (barren > BARREN_MAX) {
      throw new SSLException("there is nothing in what the peer says");
    }
    if (!ended && result.getHandshakeStatus() == HandshakeStatus.NEED_TASK) {
      carryOut();
    }
    if (!ended) {
      sendWhatIsDue(); // new keys, RFC 8446 §4.6.3
    }
  }

  /** The JDK has no word for this but the one for a record that somebody has altered: so we alter it. */
  private void refuseRenegotiation() throws SSLException {
    ByteBuffer record = records.next();
    int last = record.limit() - 1;
    record.put(last, (byte) ~record.get(last));
    engine.unwrap(record, ByteBuffer.allocate(record.remaining()));
    throw new SSLException("there is no renegotiation here");
  }

  private final class Input extends InputStream {
    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] octets, int offset, int length) throws IOException {
      return TlsStream.this.read(octets, offset, length);
    }

    @Override
    public int available() throws IOException {
      return TlsStream.this.available();
    }
  }

  private final class Output extends OutputStream {
    @Override
    public void write(int octet) throws IOException {
      write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] octets, int offset, int length) throws IOException {
      send(ByteBuffer.wrap(octets, offset, length));
    }
  }
}
