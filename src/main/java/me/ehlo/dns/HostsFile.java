package me.ehlo.dns;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import me.ehlo.mail.Network;
import me.ehlo.mail.Parsed;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;
import org.xbill.DNS.hosts.HostsFileParser;

/**
 * Knows the hosts that this machine's administrator has named: an address is itself, and the hosts file comes before the DNS.
 * For servers from our own configuration; what an MX record names is asked of the DNS alone.
 */
public final class HostsFile implements Dns {
  private final Dns others;
  private final HostsFileParser file;

  public HostsFile(Path file, Dns others) {
    this.others = others;
    this.file = new HostsFileParser(file);
  }

  @Override
  public Answer<Mx> mx(String name) {
    return others.mx(name);
  }

  @Override
  public Answer<InetAddress> addresses(String name) {
    if (Network.parse(name) instanceof Parsed.Right) {
      return new Answer.Found<>(List.of(InetAddress.ofLiteral(name)));
    }
    List<InetAddress> named =
        Stream.of(Type.AAAA, Type.A).flatMap(type -> inFile(name, type).stream()).toList();
    return named.isEmpty() ? others.addresses(name) : new Answer.Found<>(named);
  }

  @Override
  public Answer<InetAddress> ipv4(String name) {
    return others.ipv4(name);
  }

  @Override
  public Answer<String> texts(String name) {
    return others.texts(name);
  }

  private Optional<InetAddress> inFile(String name, int type) {
    try {
      return file.getAddressForHost(Name.fromString(name, Name.root), type);
    } catch (IOException e) {
      return Optional.empty(); // no such file on this machine, or none for us: then the DNS alone
    }
  }
}
