package me.ehlo.dns;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** A DNS in memory, as a test has written it: what nobody has written does not exist. */
public final class RamDns implements DnsInspection {
  private final Map<String, Answer<Mx>> mx = new ConcurrentHashMap<>();
  private final Map<String, Answer<InetAddress>> addresses = new ConcurrentHashMap<>();
  private final Map<String, Answer<String>> texts = new ConcurrentHashMap<>();
  private final Map<String, Answer<String>> aliases = new ConcurrentHashMap<>();
  private final Map<InetAddress, Answer<String>> names = new ConcurrentHashMap<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();

  /** The MX records of a name: {@code "10 mx.example"}; none: it exists without; {@code "0 "} is a null MX. */
  public RamDns withMx(String name, String... records) {
    List<Mx> found = new ArrayList<>();
    for (String record : records) {
      int space = record.indexOf(' ');
      found.add(new Mx(Integer.parseInt(record.substring(0, space)), record.substring(space + 1)));
    }
    mx.put(name, found.isEmpty() ? new Answer.None<>() : new Answer.Found<>(found));
    return this;
  }

  /** The addresses of a name; none: it exists without. A name with addresses has no MX unless one is written. */
  public RamDns withAddresses(String name, String... literals) {
    mx.putIfAbsent(name, new Answer.None<>());
    addresses.put(
        name,
        literals.length == 0
            ? new Answer.None<>()
            : new Answer.Found<>(Stream.of(literals).map(InetAddress::ofLiteral).toList()));
    return this;
  }

  /** The TXT records of a name. */
  public RamDns withTexts(String name, String... records) {
    texts.put(name, new Answer.Found<>(List.of(records)));
    return this;
  }

  /** This name is only another one for that one, and has its addresses. */
  public RamDns withAlias(String name, String target) {
    aliases.put(name, new Answer.Found<>(List.of(target)));
    addresses.put(name, addresses.getOrDefault(target, new Answer.NoSuchName<>()));
    return this;
  }

  /** The names of an address. */
  public RamDns withNames(String address, String... of) {
    names.put(InetAddress.ofLiteral(address), new Answer.Found<>(List.of(of)));
    return this;
  }

  /** Nobody can tell the names of this address. */
  public RamDns withTroubleAbout(String address) {
    names.put(InetAddress.ofLiteral(address), new Answer.Trouble<>("no answer"));
    return this;
  }

  /** Nobody can tell anything about this name. */
  public RamDns withTrouble(String name) {
    mx.put(name, new Answer.Trouble<>("no answer"));
    addresses.put(name, new Answer.Trouble<>("no answer"));
    return this;
  }

  /** The names that were asked for, each question once. */
  public List<String> asked() {
    return List.copyOf(asked);
  }

  @Override
  public Answer<Mx> mx(String name) {
    asked.add(name);
    return mx.getOrDefault(name, new Answer.NoSuchName<>());
  }

  @Override
  public Answer<InetAddress> addresses(String name) {
    asked.add(name);
    return addresses.getOrDefault(
        name, mx.containsKey(name) ? new Answer.None<>() : new Answer.NoSuchName<>());
  }

  @Override
  public Answer<InetAddress> ipv4(String name) {
    return only(Inet4Address.class, addresses(name));
  }

  @Override
  public Answer<InetAddress> ipv6(String name) {
    return only(Inet6Address.class, addresses(name));
  }

  private static Answer<InetAddress> only(
      Class<? extends InetAddress> family, Answer<InetAddress> answer) {
    if (answer instanceof Answer.Found<InetAddress>(var found)) {
      List<InetAddress> those = found.stream().filter(family::isInstance).toList();
      return those.isEmpty() ? new Answer.None<>() : new Answer.Found<>(those);
    }
    return answer;
  }

  @Override
  public Answer<String> alias(String name) {
    return aliases.getOrDefault(name, new Answer.None<>());
  }

  @Override
  public Answer<String> names(InetAddress address) {
    return names.getOrDefault(address, new Answer.NoSuchName<>());
  }

  @Override
  public Answer<String> texts(String name) {
    asked.add(name);
    return texts.getOrDefault(name, new Answer.NoSuchName<>());
  }
}
