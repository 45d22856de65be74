package me.ehlo.net;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;
import me.ehlo.mail.Network;
import me.ehlo.mail.Parsed;

/**
 * Reads the header that a proxy puts before a connection: a line of text (version 1), or octets (version 2).
 *
 * <p>What stands behind the header is the client's first word, or the beginning of TLS, and somebody else's to read. So the
 * decoder says how many octets may be taken from the connection: never one more than the header has for sure.
 */
public final class ProxyDecoder {
  private static final String SIGNATURE_1 = "PROXY ";
  private static final String SIGNATURE_2 = "\r\n\r\n\0\r\nQUIT\n";
  private static final int LINE_OCTETS_MAX = 107; // CRLF included
  private static final int FIXED_OCTETS = 16; // signature, version and command, family, length
  private static final int IPV4_OCTETS = 12; // two addresses of 4 octets, two ports of 2
  private static final int IPV6_OCTETS = 36;
  private static final int PIECE_OCTETS = 1024;

  private final byte[] head = new byte[LINE_OCTETS_MAX]; // of version 2, all that is of interest
  private int length;
  private int skipped;
  private Optional<ProxyHeader> header = Optional.empty();

  /** What has been read; empty as long as more is needed. */
  public Optional<ProxyHeader> header() {
    return header;
  }

  /** How many octets may be taken next, one at least; no octet behind the header is among them. */
  public int wants() {
    if (isSecond()) {
      return Math.min(PIECE_OCTETS, Math.max(FIXED_OCTETS, octetsOfSecond()) - length - skipped);
    }
    // A line is at least "PROXY UNKNOWN" and CRLF; how long it is shows only at its end.
    return length < SIGNATURE_2.length() ? SIGNATURE_2.length() - length : 1;
  }

  /** Reads it from a connection that begins with it; empty if the connection ends first. */
  Optional<ProxyHeader> read(InputStream in) throws IOException {
    while (header.isEmpty()) {
      byte[] octets = new byte[wants()];
      int read = in.read(octets);
      if (read < 0) {
        return Optional.empty();
      }
      take(octets, read);
    }
    return header;
  }

  /** Takes octets, at most as many as were wanted. */
  public void take(byte[] octets, int count) {
    int kept = Math.min(count, head.length - length);
    System.arraycopy(octets, 0, head, length, kept);
    length += kept;
    skipped += count - kept;
    header = isSecond() ? second() : first();
  }

  private boolean isSecond() {
    return length >= SIGNATURE_2.length() && begins(SIGNATURE_2);
  }

  /** Whether what has come is the beginning of this, or this is the beginning of what has come. */
  private boolean begins(String signature) {
    int compared = Math.min(length, signature.length());
    return new String(head, 0, compared, ISO_8859_1).equals(signature.substring(0, compared));
  }

  private Optional<ProxyHeader> first() {
    if (!begins(SIGNATURE_1)) {
      return begins(SIGNATURE_2) ? Optional.empty() : malformed("it begins with no header");
    }
    if (length >= 2 && head[length - 2] == '\r' && head[length - 1] == '\n') {
      return Optional.of(line(new String(head, 0, length - 2, ISO_8859_1)));
    }
    return length == LINE_OCTETS_MAX
        ? malformed("its line does not end after %d octets".formatted(LINE_OCTETS_MAX))
        : Optional.empty();
  }

  private static ProxyHeader line(String line) {
    String[] words = line.split(" ", -1);
    if (words[1].equals("UNKNOWN")) {
      return new ProxyHeader
          .ForSomebody(); // whatever stands behind it, the receiver must ignore it
    }
    boolean wellFormed =
        words.length == 6
            && (words[1].equals("TCP4") || words[1].equals("TCP6"))
            && isPort(words[4])
            && isPort(words[5]);
    Optional<InetAddress> client = wellFormed ? address(words[1], words[2]) : Optional.empty();
    return client.isPresent() && address(words[1], words[3]).isPresent()
        ? new ProxyHeader.For(client.get())
        : new ProxyHeader.Malformed("its line is not right");
  }

  private static Optional<InetAddress> address(String family, String text) {
    boolean six = text.indexOf(':') >= 0;
    return six == family.equals("TCP6")
            && text.indexOf('/') < 0
            && Network.parse(text) instanceof Parsed.Right<Network>(var address)
        ? Optional.of(address.first())
        : Optional.empty();
  }

  private static boolean isPort(String text) {
    return !text.isEmpty()
        && text.length() <= 5
        && text.chars().allMatch(c -> c >= '0' && c <= '9')
        && Integer.parseInt(text) <= 0xFFFF;
  }

  /** How long the whole header is, once that can be known. */
  private int octetsOfSecond() {
    return length < FIXED_OCTETS
        ? 0
        : FIXED_OCTETS + (((head[14] & 0xFF) << 8) | (head[15] & 0xFF));
  }

  /** What is wrong is wrong at once; the length of a header that nobody can read need not be right either. */
  private Optional<ProxyHeader> second() {
    if (length < FIXED_OCTETS) {
      return Optional.empty();
    }
    Optional<ProxyHeader> read = switch (head[12]) { // version and command
          case 0x20 -> Optional.of(new ProxyHeader.ForItself());
          case 0x21 -> forwarded();
          default -> malformed("its version or command is not known");
        };
    boolean whole = length + skipped == octetsOfSecond();
    return read.filter(header -> whole || header instanceof ProxyHeader.Malformed);
  }

  private Optional<ProxyHeader> forwarded() {
    return switch (head[13]) { // family and transport
      case 0x11 -> client(4, IPV4_OCTETS);
      case 0x21 -> client(16, IPV6_OCTETS);
      case 0x00, 0x31 -> Optional.of(new ProxyHeader.ForSomebody()); // or a socket of that machine
      default -> malformed("its family of addresses is not known, or not for TCP");
    };
  }

  /** As long as the address has not come in whole, this is another's; nobody is shown it. */
  private Optional<ProxyHeader> client(int addressOctets, int least) {
    if (octetsOfSecond() < FIXED_OCTETS + least) {
      return malformed("it is too short for its addresses");
    }
    byte[] address = Arrays.copyOfRange(head, FIXED_OCTETS, FIXED_OCTETS + addressOctets);
    try {
      return Optional.of(new ProxyHeader.For(InetAddress.getByAddress(address)));
    } catch (UnknownHostException e) {
      throw new IllegalStateException("4 or 16 octets are always an address", e);
    }
  }

  private static Optional<ProxyHeader> malformed(String why) {
    return Optional.of(new ProxyHeader.Malformed(why));
  }
}
