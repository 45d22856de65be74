package me.ehlo.call;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import me.ehlo.net.Dialer;
import me.ehlo.net.Secured;
import me.ehlo.net.TlsClient;
import me.ehlo.net.Wire;
import me.ehlo.net.WireFailure;
import me.ehlo.trace.Lossless;
import me.ehlo.trace.Mark;
import me.ehlo.trace.Utterance;

/**
 * A connection to a server on which we say and hear lines, and which tells each of them to whoever shows or keeps it.
 *
 * <p>Nothing is corrected on the way: what is said goes out octet for octet with CRLF behind it. Pipelining is the caller's:
 * what is said is sent at the latest when an answer is awaited. For one thread at a time.
 */
public final class Call implements AutoCloseable {
  private static final byte[] CRLF = {'\r', '\n'};

  private final Dialer dialer;
  private final Destination to;
  private final Protocol protocol;
  private final Wire wire;
  private final HeardLines heard;
  private final InstantSource clock;
  private final Consumer<Utterance> teller;
  private Optional<Secured> security = Optional.empty();
  private boolean open = true;
  private boolean leavesUnheard;

  /**
   * Connects, and says no word yet.
   *
   * @param teller is told each line that is said, by whom, without secrets
   * @param patience how long the connection may take
   */
  public Call(
      Dialer dialer,
      Destination to,
      Protocol protocol,
      InstantSource clock,
      Consumer<Utterance> teller,
      Duration patience)
      throws WireFailure {
    this.dialer = dialer;
    this.to = to;
    this.protocol = protocol;
    this.clock = clock;
    this.teller = teller;
    this.heard = new HeardLines(protocol.hasCodes());
    this.wire = dialer.dial(to.where(), patience);
  }

  public Destination to() {
    return to;
  }

  public Protocol protocol() {
    return protocol;
  }

  /** Our own address and port. */
  public InetSocketAddress here() {
    return wire.here();
  }

  /** What the handshake has brought; empty in the clear. */
  public Optional<Secured> security() {
    return security;
  }

  public boolean isOpen() {
    return open;
  }

  /** Says a line. */
  public void say(String line) throws WireFailure {
    say(line, line);
  }

  /** Says a line of which only so much may be shown. */
  public void say(String line, String shown) throws WireFailure {
    tell(Mark.sent(security.isPresent()), shown);
    write(Lossless.octets(line));
    write(CRLF);
  }

  /** Says a line of a mail, dots at its beginning doubled (RFC 5321 §4.5.2). */
  public void sayContent(String line) throws WireFailure {
    tell(Mark.CONTENT, line);
    write(Lossless.octets(line.startsWith(".") ? "." + line : line));
    write(CRLF);
  }

  /** Sends octets that no teller is told of. */
  public void write(byte[] octets) throws WireFailure {
    try {
      wire.write(octets);
    } catch (WireFailure e) {
      throw lost(e);
    }
  }

  /** Sends what is still held back so that it may leave together. */
  public void flush() throws WireFailure {
    try {
      wire.flush();
    } catch (WireFailure e) {
      throw lost(e);
    }
  }

  /** Waits for what the server says next, as long as the patience lasts. */
  public Heard hear(Duration patience) throws WireFailure {
    if (leavesUnheard) {
      flush();
      throw lost(WireFailure.left());
    }
    long since = System.nanoTime();
    try {
      wire.readUntil(heard::ended, patience, heard::decode);
    } catch (WireFailure e) {
      throw lost(e);
    }
    Heard said = heard.take(Duration.ofNanos(System.nanoTime() - since));
    for (String line : said.lines()) {
      tell(Mark.received(security.isPresent(), said.isGood()), line);
    }
    return said;
  }

  /** What is said next is said to nobody's ear: where its answer would be awaited, the connection is dropped. */
  public void leaveUnheard() {
    leavesUnheard = true;
  }

  /** Says a line and waits for its answer. */
  public Heard ask(String line, Duration patience) throws WireFailure {
    say(line);
    return hear(patience);
  }

  /**
   * The lines behind a response of POP3 that has several, without the dots that end and mark them (RFC 1939 §3).
   *
   * @param most how many are kept; the rest is taken, and thrown away
   */
  public List<String> hearLines(int most, Duration patience) throws WireFailure {
    return hearRaw(most, patience).stream()
        .filter(line -> !line.equals("."))
        .map(line -> line.startsWith(".") ? line.substring(1) : line)
        .toList();
  }

  /** The same, as they came: the last one is the dot. */
  public List<String> hearRaw(int most, Duration patience) throws WireFailure {
    List<String> lines = new ArrayList<>();
    String line;
    do {
      line = hearLine(patience);
      if (lines.size() < most || line.equals(".")) {
        tell(Mark.received(security.isPresent(), true), line);
        lines.add(line);
      }
    } while (!line.equals("."));
    return lines;
  }

  private String hearLine(Duration patience) throws WireFailure {
    heard.expectLine();
    try {
      wire.readUntil(heard::ended, patience, heard::decode);
    } catch (WireFailure e) {
      throw lost(e);
    }
    return heard.takeLine();
  }

  /** Whether the server has said something more, after waiting for it at most this long. */
  public boolean hears(Duration brief) throws WireFailure {
    try {
      return wire.hears(brief);
    } catch (WireFailure e) {
      throw lost(e);
    }
  }

  /**
   * Goes on encrypted, with whoever it is: what the server has shown is for the caller to judge.
   *
   * @return empty, if the server has said something in the clear that nobody asked for
   */
  public Optional<Secured> encrypt(TlsClient tls, Duration patience) throws WireFailure {
    try {
      Optional<Secured> secured = wire.encrypt(tls, to.name(), false, patience);
      security = secured;
      return secured;
    } catch (WireFailure e) {
      throw lost(e);
    }
  }

  /** Tells something that neither side has said. */
  public void tell(Mark mark, String text) {
    teller.accept(new Utterance(clock.instant(), mark, text));
  }

  /** Hangs up, in order if there is still somebody there. */
  @Override
  public void close() {
    if (open) {
      open = false;
      dialer.hangUp(wire);
    }
  }

  /** Hangs up at once, without a word. */
  public void drop() {
    if (open) {
      open = false;
      dialer.drop(wire);
    }
  }

  private WireFailure lost(WireFailure e) {
    drop();
    return e;
  }
}
