package me.ehlo.mail;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/**
 * A range of IP addresses (RFC 4632 §3.1, RFC 4291 §2.3): {@code 192.0.2.0/24}, {@code 2001:db8::/32}, or one address. An
 * IPv6 address that maps an IPv4 one is that IPv4 address.
 *
 * @param first the lowest address
 * @param prefixBits how many leading bits all its addresses share; 32 or 128: it is one address
 */
public record Network(InetAddress first, int prefixBits) {
  /** The machine itself. */
  public static final List<Network> LOOPBACK = List.of(known("127.0.0.0/8"), known("::1"));

  public Network {
    if (prefixBits < 0 || prefixBits > first.getAddress().length * 8) {
      throw new IllegalArgumentException("a prefix of " + prefixBits + " bits");
    }
  }

  /** Reads a network or an address; asks nobody, so a name is none. */
  public static Parsed<Network> parse(String text) {
    int slash = text.indexOf('/');
    String address = slash < 0 ? text : text.substring(0, slash);
    if (!AddressLiteralParser.isIpv4(address) && !looksLikeIpv6(address)) {
      return new Parsed.Wrong<>(
          "it is no IP address or network: write 192.0.2.7, 192.0.2.0/24 or 2001:db8::/32");
    }
    try {
      return network(InetAddress.ofLiteral(address), slash < 0 ? "" : text.substring(slash));
    } catch (IllegalArgumentException e) {
      return new Parsed.Wrong<>("it is no IPv6 address: write 2001:db8::1 or 2001:db8::/32");
    }
  }

  /**
   * The network in which an address lies.
   *
   * @param prefixBits how large it is; one address, if it could not be smaller
   */
  public static Network around(InetAddress address, int prefixBits) {
    int bits = Math.min(prefixBits, address.getAddress().length * 8);
    return new Network(masked(address, bits), bits);
  }

  /** Whether an address lies in this network. */
  public boolean contains(InetAddress address) {
    return equalBits(first.getAddress(), address.getAddress(), prefixBits);
  }

  /** Whether an IP address, written without brackets or zone, lies in this network; anything else does not. */
  public boolean contains(String address) {
    return parse(address) instanceof Parsed.Right<Network>(var one)
        && one.isOneAddress()
        && contains(one.first);
  }

  private boolean isOneAddress() {
    return prefixBits == first.getAddress().length * 8;
  }

  @Override
  public String toString() {
    return isOneAddress() ? first.getHostAddress() : first.getHostAddress() + "/" + prefixBits;
  }

  private static Network known(String text) {
    return switch (parse(text)) {
      case Parsed.Right<Network>(var network) -> network;
      case Parsed.Wrong<Network>(var why) -> throw new IllegalArgumentException(text + ": " + why);
    };
  }

  private static boolean looksLikeIpv6(String text) {
    return text.indexOf(':') >= 0
        && text.chars().allMatch(c -> c == ':' || c == '.' || Character.digit(c, 16) >= 0);
  }

  private static Parsed<Network> network(InetAddress address, String slashed) {
    int most = address.getAddress().length * 8;
    if (slashed.isEmpty()) {
      return new Parsed.Right<>(new Network(address, most));
    }
    int bits = number(slashed.substring(1));
    if (bits < 0 || bits > most) {
      return new Parsed.Wrong<>("behind the slash stands a number from 0 to " + most);
    }
    Network network = new Network(masked(address, bits), bits);
    return network.first.equals(address)
        ? new Parsed.Right<>(network)
        : new Parsed.Wrong<>("it has bits behind its prefix: write " + network);
  }

  private static int number(String digits) {
    boolean isNumber =
        !digits.isEmpty()
            && digits.length() <= 3
            && digits.chars().allMatch(c -> c >= '0' && c <= '9');
    return isNumber ? Integer.parseInt(digits) : -1;
  }

  private static InetAddress masked(InetAddress address, int bits) {
    byte[] octets = address.getAddress();
    for (int i = 0; i < octets.length; i++) {
      octets[i] = (byte) (octets[i] & mask(bits - 8 * i));
    }
    try {
      return InetAddress.getByAddress(octets);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("4 or 16 octets are always an address", e);
    }
  }

  private static boolean equalBits(byte[] a, byte[] b, int bits) {
    if (a.length != b.length) {
      return false;
    }
    for (int i = 0; i < a.length; i++) {
      if (((a[i] ^ b[i]) & mask(bits - 8 * i)) != 0) {
        return false;
      }
    }
    return true;
  }

  /** The octet whose leading bits are set, as many as are left of a prefix. */
  private static int mask(int bitsLeft) {
    return bitsLeft >= 8 ? 0xff : bitsLeft <= 0 ? 0 : 0xff << (8 - bitsLeft) & 0xff;
  }
}
