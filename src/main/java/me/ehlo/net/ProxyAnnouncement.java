package me.ehlo.net;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.net.Inet6Address;
import java.net.InetSocketAddress;

/**
 * What a proxy says of a connection before anything else (haproxy's PROXY protocol); {@link ProxyDecoder} reads it.
 *
 * @param version 1: a line of text; 2: octets
 * @param source the client, by its address and port
 * @param target where the client has called
 */
public record ProxyAnnouncement(int version, InetSocketAddress source, InetSocketAddress target) {
  private static final String SIGNATURE_2 = "\r\n\r\n\0\r\nQUIT\n";

  /** The line of version 1, which is what people read of version 2 too. */
  public String line() {
    return "PROXY "
        + (isSix() ? "TCP6 " : "TCP4 ")
        + source.getAddress().getHostAddress()
        + " "
        + target.getAddress().getHostAddress()
        + " "
        + source.getPort()
        + " "
        + target.getPort();
  }

  /** As it goes on the wire. */
  public byte[] octets() {
    return version == 1 ? (line() + "\r\n").getBytes(ISO_8859_1) : second();
  }

  private byte[] second() {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes(source.getAddress().getAddress());
    body.writeBytes(target.getAddress().getAddress());
    writeNumber(body, source.getPort());
    writeNumber(body, target.getPort());
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(SIGNATURE_2.getBytes(ISO_8859_1));
    all.write(0x21); // version 2, PROXY
    all.write(isSix() ? 0x21 : 0x11); // over TCP
    writeNumber(all, body.size());
    all.writeBytes(body.toByteArray());
    return all.toByteArray();
  }

  private boolean isSix() {
    return source.getAddress() instanceof Inet6Address;
  }

  private static void writeNumber(ByteArrayOutputStream to, int number) {
    to.write(number >> 8);
    to.write(number);
  }
}
