package me.ehlo.relay;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import me.ehlo.mail.Cause;

/** Where a mail goes next. */
public sealed interface NextHop {

  /** It has arrived: the domain is ours. */
  record Ours() implements NextHop {}

  /** These servers, in the order in which they are tried (RFC 5321 §5.1); at least one. */
  record Servers(List<Peer> peers) implements NextHop {
    public Servers {
      peers = List.copyOf(peers);
    }
  }

  /** To no server: for good if the cause's status is 5.x.x (no such domain, null MX), else for now. */
  record Nowhere(Cause cause) implements NextHop {}

  /**
   * A server at one address.
   *
   * @param name as the MX record or the configuration gives it: the name that its certificate must have
   * @param login what it wants to know before it takes mail from us; only ever said over verified TLS
   */
  record Peer(String name, InetSocketAddress address, TlsDemand tls, Optional<Login> login) {

    /** As people read it: {@code mx1.example.org [192.0.2.7]}. */
    public String shown() {
      return name + " [" + address.getAddress().getHostAddress() + "]";
    }
  }

  /** What is asked of the encryption. */
  enum TlsDemand {
    /** Where it is offered; in the clear when it is not, or fails. */
    OPPORTUNISTIC,
    /** Never in the clear. */
    REQUIRE,
    /** Never in the clear, and only with a certificate that we trust and that has the peer's name. */
    VERIFY
  }

  /** A user name and password (RFC 4954). */
  record Login(String user, String password) {

    /** Without the password. */
    @Override
    public String toString() {
      return "Login[user=" + user + "]";
    }
  }
}
