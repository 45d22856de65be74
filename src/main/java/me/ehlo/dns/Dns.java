package me.ehlo.dns;

import java.net.InetAddress;
import java.util.List;

/** The questions that mail asks of the domain name system. They block, for a bounded time; CNAMEs have been followed. */
public interface Dns {

  /** The MX records of a name, as they came; {@code name} is made of A-labels, without the final dot. */
  Answer<Mx> mx(String name);

  /** The IPv6 and IPv4 addresses of a name. */
  Answer<InetAddress> addresses(String name);

  /** The IPv4 addresses of a name. */
  Answer<InetAddress> ipv4(String name);

  /** The TXT records of a name, each in one piece; characters stand for the octets of their number. */
  Answer<String> texts(String name);

  /**
   * An MX record (RFC 5321 §5.1).
   *
   * @param exchange a host's name without the final dot; empty for the root, which makes a null MX (RFC 7505)
   */
  record Mx(int preference, String exchange) {}

  /** What the domain name system answered. */
  sealed interface Answer<T> {

    /** At least one record. */
    record Found<T>(List<T> records) implements Answer<T> {
      public Found {
        records = List.copyOf(records);
      }
    }

    /** The name exists and has no such records. */
    record None<T>() implements Answer<T> {}

    /** There is no such name (NXDOMAIN). */
    record NoSuchName<T>() implements Answer<T> {}

    /** Nobody knows just now: no answer in time, SERVFAIL, a broken answer, a loop of CNAMEs. */
    record Trouble<T>(String why) implements Answer<T> {}
  }
}
