package me.ehlo.front;

import java.time.Duration;
import java.util.Optional;
import me.ehlo.net.TlsServer;
import me.ehlo.net.Wire;
import me.ehlo.net.WireFailure;
import me.ehlo.sasl.Channel;

/**
 * How a door speaks TLS.
 *
 * @param tls empty: not at all
 * @param fromTheStart whether before the first word (RFC 8314 §3), and not when the client asks for it
 * @param patience how long a handshake may take
 */
public record Encryption(Optional<TlsServer> tls, boolean fromTheStart, Duration patience) {

  /** For a door without TLS. */
  public static final Encryption NONE = new Encryption(Optional.empty(), false, Duration.ZERO);

  /** Whether a conversation in the clear may ask for TLS. */
  public boolean onRequest() {
    return tls.isPresent() && !fromTheStart;
  }

  /** What a conversation runs over at its first word. */
  Channel begin(Wire wire) throws WireFailure {
    return fromTheStart && tls.isPresent()
        ? wire.encryptFromTheStart(tls.get(), patience)
        : Channel.CLEAR;
  }

  /** Encrypts from here on; empty if the client has said something in the clear that it must not. */
  Optional<Channel> upgrade(Wire wire) throws WireFailure {
    return tls.isPresent() ? wire.encrypt(tls.get(), patience) : Optional.empty();
  }
}
