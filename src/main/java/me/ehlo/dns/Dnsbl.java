package me.ehlo.dns;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import me.ehlo.access.Blocklists;
import me.ehlo.dns.Dns.Answer;
import me.ehlo.dns.Remembered.Lasting;
import me.ehlo.mail.Domain;
import me.ehlo.mail.Network;
import me.ehlo.trace.Event;
import me.ehlo.trace.Journal;

/**
 * Asks zones of the DNS that list addresses (RFC 5782): all at once, and not for longer than a client bears.
 *
 * <p>What a zone says is remembered for a minute here, so that a conversation asks once, and as long as its TTL allows by the
 * {@link Resolver}. A zone that cannot be asked, or will not answer us, lists nobody; the log tells of it once an hour.
 */
public final class Dnsbl implements Blocklists {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration PATIENCE_FOR_TEXT = Duration.ofSeconds(1);
  private static final Duration REMEMBERED = Duration.ofMinutes(1);
  private static final Duration TOLD_AGAIN = Duration.ofHours(1);
  private static final int REMEMBERED_MAX = 20_000;
  private static final int TEXT_MAX = 200;
  private static final Network LISTED = network("127.0.0.0", 8); // RFC 5782 §2.1
  private static final Network NOT_ANSWERED = network("127.255.255.0", 24); // as Spamhaus has it

  private final Dns dns;
  private final List<Domain> zones;
  private final Duration patience;
  private final Journal journal;
  private final InstantSource clock;
  private final Remembered<InetAddress, Optional<Listing>> remembered;
  private final Map<Domain, Instant> told = new HashMap<>();

  public Dnsbl(Dns dns, List<Domain> zones, Journal journal, InstantSource clock) {
    this(dns, zones, PATIENCE, journal, clock);
  }

  Dnsbl(Dns dns, List<Domain> zones, Duration patience, Journal journal, InstantSource clock) {
    this.dns = dns;
    this.zones = List.copyOf(zones);
    this.patience = patience;
    this.journal = journal;
    this.clock = clock;
    this.remembered = new Remembered<>(clock, REMEMBERED_MAX);
  }

  @Override
  public Optional<Listing> listing(InetAddress client) {
    return remembered.get(client, address -> new Lasting<>(ask(address), REMEMBERED));
  }

  private record Asked(Domain zone, CompletableFuture<Answer<InetAddress>> answer) {}

  /** The zones answer at the same time; whoever stands first in the list is named. */
  private Optional<Listing> ask(InetAddress client) {
    String reversed = reversed(client);
    long deadline = System.nanoTime() + patience.toNanos();
    List<Asked> asked =
        zones.stream()
            .map(zone -> new Asked(zone, later(() -> dns.ipv4(reversed + zone.ascii()))))
            .toList();
    return asked.stream()
        .filter(one -> lists(one, deadline))
        .findFirst()
        .map(one -> new Listing(one.zone.ascii(), text(reversed + one.zone.ascii())));
  }

  private boolean lists(Asked asked, long deadline) {
    Duration left = Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
    return switch (within(left, asked.answer, new Answer.Trouble<>("no answer in time"))) {
      case Answer.Found<InetAddress>(var codes) -> isListed(asked.zone, codes);
      case Answer.None<InetAddress>(), Answer.NoSuchName<InetAddress>() -> false;
      case Answer.Trouble<InetAddress>(var why) -> tell(asked.zone, why);
    };
  }

  private boolean isListed(Domain zone, List<InetAddress> codes) {
    if (codes.stream().anyMatch(NOT_ANSWERED::contains)) {
      return tell(zone, "it does not answer us: " + codes.getFirst().getHostAddress());
    }
    return codes.stream().anyMatch(LISTED::contains)
        || tell(zone, "it is no such list: it says " + codes.getFirst().getHostAddress());
  }

  /** RFC 5782 §2.1: what the sender is told. */
  private String text(String name) {
    Answer<String> answer =
        within(PATIENCE_FOR_TEXT, later(() -> dns.texts(name)), new Answer.None<>());
    String text = answer instanceof Answer.Found<String>(var texts) ? texts.getFirst() : "";
    return text.substring(0, Math.min(TEXT_MAX, text.length()));
  }

  /** Never a listing. */
  private synchronized boolean tell(Domain zone, String why) {
    Instant now = clock.instant();
    if (!now.isBefore(told.getOrDefault(zone, Instant.MIN))) {
      told.put(zone, now.plus(TOLD_AGAIN));
      journal.record(
          new Event.Note(now, "dnsbl", zone.ascii() + " lists nobody meanwhile: " + why));
    }
    return false;
  }

  /** {@code 7.2.0.192.} or, for IPv6, its 32 digits from the last to the first (RFC 5782 §2.1, §2.4). */
  public static String reversed(InetAddress address) {
    byte[] octets = address.getAddress();
    StringBuilder name = new StringBuilder();
    for (int i = octets.length - 1; i >= 0; i--) {
      int octet = octets[i] & 0xFF;
      if (address instanceof Inet4Address) {
        name.append(octet).append('.');
      } else {
        name.append(Character.forDigit(octet & 0xF, 16)).append('.');
        name.append(Character.forDigit(octet >> 4, 16)).append('.');
      }
    }
    return name.toString();
  }

  private static <T> CompletableFuture<T> later(Supplier<T> question) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    Thread.ofVirtual().name("dnsbl").start(() -> answer.complete(question.get()));
    return answer;
  }

  private static <T> T within(Duration left, CompletableFuture<T> answer, T otherwise) {
    return answer.completeOnTimeout(otherwise, left.toNanos(), TimeUnit.NANOSECONDS).join();
  }

  private static Network network(String first, int prefixBits) {
    return new Network(InetAddress.ofLiteral(first), prefixBits);
  }
}
