package me.ehlo.net;

import java.net.InetAddress;

/** What a proxy says of a connection before anything else is said on it (haproxy's PROXY protocol, versions 1 and 2). */
public sealed interface ProxyHeader {

  /** It is made for the client at this address. */
  record For(InetAddress client) implements ProxyHeader {}

  /** It is made for somebody whose address the proxy does not know or cannot say ({@code UNKNOWN}, {@code AF_UNSPEC}). */
  record ForSomebody() implements ProxyHeader {}

  /** The proxy speaks for itself, to see whether we are well ({@code LOCAL}). */
  record ForItself() implements ProxyHeader {}

  /** It is no header that anybody may send; what follows cannot be understood. */
  record Malformed(String why) implements ProxyHeader {}
}
