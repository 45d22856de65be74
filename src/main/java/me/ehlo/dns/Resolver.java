package me.ehlo.dns;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import me.ehlo.dns.Remembered.Lasting;
import me.ehlo.mail.Network;
import me.ehlo.mail.Parsed;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.PTRRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/**
 * Asks recursive servers of the DNS (RFC 1034 §5.3.1), one after the other until one gives an answer, and remembers it as long
 * as it holds. For virtual threads: whoever waits parks.
 *
 * <p>A server that says it cannot tell is not asked again for this question; one that is silent is, after the others, while
 * there is time.
 */
public final class Resolver implements DnsInspection {
  private static final int REMEMBERED_MAX = 20_000;
  private static final Duration HOLDS_LEAST = Duration.ofSeconds(5); // even with a TTL of 0
  private static final Duration HOLDS_MOST = Duration.ofDays(1);
  private static final Duration NO_HOLDS_MOST = Duration.ofMinutes(15);
  private static final int QUESTIONS_MAX = 8; // for one name, when its CNAMEs come one by one
  private static final int ROUNDS_MAX = 10;

  /**
   * How long is waited.
   *
   * @param oneTry for one server's answer
   * @param total for all servers, and for the names that CNAMEs lead to
   */
  public record Patience(Duration oneTry, Duration total) {
    public static final Patience DEFAULT =
        new Patience(Duration.ofSeconds(5), Duration.ofSeconds(15));
  }

  private record Question(String name, int type) {}

  private final Supplier<List<InetSocketAddress>> servers;
  private final Exchange exchange;
  private final Patience patience;
  private final Remembered<Question, Answer<Record>> remembered;

  /**
   * Makes one.
   *
   * @param servers asked for at each question, as the system's may change
   * @param random of a kind that nobody can guess
   */
  public Resolver(
      Supplier<List<InetSocketAddress>> servers,
      RandomGenerator random,
      InstantSource clock,
      Patience patience) {
    this.servers = servers;
    this.exchange = new Exchange(random);
    this.patience = patience;
    this.remembered = new Remembered<>(clock, REMEMBERED_MAX);
  }

  @Override
  public Answer<Mx> mx(String name) {
    return converted(ask(name, Type.MX), record -> mx((MXRecord) record));
  }

  @Override
  public Answer<InetAddress> addresses(String name) {
    // Together, so that a server that is silent about AAAA, as some are, costs no more than the
    // other
    // question.
    CompletableFuture<Answer<InetAddress>> sixes = new CompletableFuture<>();
    Thread.ofVirtual()
        .name("dns")
        .start(() -> sixes.complete(converted(ask(name, Type.AAAA), Resolver::address)));
    return both(sixes.join(), ipv4(name));
  }

  @Override
  public Answer<InetAddress> ipv4(String name) {
    return converted(ask(name, Type.A), Resolver::address);
  }

  @Override
  public Answer<String> texts(String name) {
    return converted(ask(name, Type.TXT), record -> text((TXTRecord) record));
  }

  @Override
  public Answer<InetAddress> ipv6(String name) {
    return converted(ask(name, Type.AAAA), Resolver::address);
  }

  @Override
  public Answer<String> alias(String name) {
    return converted(ask(name, Type.CNAME), record -> text(((CNAMERecord) record).getTarget()));
  }

  @Override
  public Answer<String> names(InetAddress address) {
    String zone = address instanceof Inet4Address ? "in-addr.arpa" : "ip6.arpa";
    return converted(
        ask(Dnsbl.reversed(address) + zone, Type.PTR),
        record -> text(((PTRRecord) record).getTarget()));
  }

  private static String text(Name name) {
    return name.toString(true).toLowerCase(Locale.ROOT);
  }

  private static String text(TXTRecord record) {
    StringBuilder text = new StringBuilder();
    record.getStringsAsByteArrays().forEach(piece -> text.append(new String(piece, ISO_8859_1)));
    return text.toString();
  }

  private static Mx mx(MXRecord record) {
    Name target = record.getTarget();
    return new Mx(record.getPriority(), target.equals(Name.root) ? "" : text(target));
  }

  private static InetAddress address(Record record) {
    return record instanceof AAAARecord six ? six.getAddress() : ((ARecord) record).getAddress();
  }

  /** What is found is found, whatever the other question met; else trouble is more than no. */
  private static Answer<InetAddress> both(Answer<InetAddress> sixes, Answer<InetAddress> fours) {
    List<InetAddress> found = Stream.of(sixes, fours).flatMap(Resolver::records).toList();
    if (!found.isEmpty()) {
      return new Answer.Found<>(found);
    }
    if (sixes instanceof Answer.Trouble) {
      return sixes;
    }
    return sixes instanceof Answer.None && fours instanceof Answer.NoSuchName ? sixes : fours;
  }

  private static <T> Stream<T> records(Answer<T> answer) {
    return answer instanceof Answer.Found<T>(var records) ? records.stream() : Stream.of();
  }

  private static <T> Answer<T> converted(Answer<Record> answer, Function<Record, T> as) {
    return switch (answer) {
      case Answer.Found<Record>(var records) ->
          new Answer.Found<>(records.stream().map(as).toList());
      case Answer.None<Record>() -> new Answer.None<>();
      case Answer.NoSuchName<Record>() -> new Answer.NoSuchName<>();
      case Answer.Trouble<Record>(var why) -> new Answer.Trouble<>(why);
    };
  }

  private Answer<Record> ask(String name, int type) {
    if (Network.parse(name) instanceof Parsed.Right) {
      return new Answer.NoSuchName<>(); // an address is no name, and no server has to hear of it
    }
    return remembered.get(new Question(name.toLowerCase(Locale.ROOT), type), this::ask);
  }

  private Lasting<Answer<Record>> ask(Question question) {
    try {
      return follow(Name.fromString(question.name, Name.root), question.type);
    } catch (TextParseException e) {
      return new Lasting<>(new Answer.NoSuchName<>(), HOLDS_LEAST); // nor can it be one
    }
  }

  private Lasting<Answer<Record>> follow(Name name, int type) {
    long deadline = System.nanoTime() + patience.total.toNanos();
    Name at = name;
    long ttlSeconds = Long.MAX_VALUE;
    for (int questions = 0; questions < QUESTIONS_MAX; questions++) {
      switch (ask(at, type, deadline)) {
        case Heard.Records(var records, var ttl) -> {
          return lasting(new Answer.Found<>(records), Math.min(ttl, ttlSeconds), HOLDS_MOST);
        }
        case Heard.None(var ttl) -> {
          return lasting(new Answer.None<>(), Math.min(ttl, ttlSeconds), NO_HOLDS_MOST);
        }
        case Heard.NoSuchName(var ttl) -> {
          return lasting(new Answer.NoSuchName<>(), Math.min(ttl, ttlSeconds), NO_HOLDS_MOST);
        }
        case Heard.Useless(var why) -> {
          return lasting(new Answer.Trouble<>(why), 0, HOLDS_LEAST);
        }
        case Heard.Alias(var target, var ttl) -> {
          at = target;
          ttlSeconds = Math.min(ttl, ttlSeconds);
        }
      }
    }
    return lasting(
        new Answer.Trouble<>("the CNAMEs of " + name + " lead too far or in a circle"),
        0,
        HOLDS_LEAST);
  }

  private static Lasting<Answer<Record>> lasting(
      Answer<Record> answer, long ttlSeconds, Duration most) {
    long seconds = Math.clamp(ttlSeconds, HOLDS_LEAST.toSeconds(), most.toSeconds());
    return new Lasting<>(answer, Duration.ofSeconds(seconds));
  }

  private Heard ask(Name name, int type, long deadline) {
    List<InetSocketAddress> left = new ArrayList<>(servers.get());
    String why = left.isEmpty() ? "no server of the DNS is known" : "no time is left";
    for (int round = 0; round < ROUNDS_MAX && !left.isEmpty(); round++) {
      for (InetSocketAddress server : List.copyOf(left)) {
        if (System.nanoTime() - deadline >= 0) {
          return new Heard.Useless(why);
        }
        try {
          Heard heard = Heard.in(exchange.ask(server, name, type, soonest(deadline)), name, type);
          if (!(heard instanceof Heard.Useless(var useless))) {
            return heard;
          }
          why = said(server, name, type, useless);
          left.remove(server);
        } catch (SocketTimeoutException e) {
          why = said(server, name, type, "it gives no answer");
        } catch (IOException e) {
          why = said(server, name, type, String.valueOf(e.getMessage()));
          left.remove(server);
        }
      }
    }
    return new Heard.Useless(why);
  }

  /** For people who run a server: {@code 192.0.2.53, asked for MX of example.org: it gives no answer}. */
  private static String said(InetSocketAddress server, Name name, int type, String what) {
    return "%s, asked for %s of %s: %s"
        .formatted(
            server.getAddress().getHostAddress(), Type.string(type), name.toString(true), what);
  }

  private long soonest(long deadline) {
    long oneTry = System.nanoTime() + patience.oneTry.toNanos();
    return oneTry - deadline < 0 ? oneTry : deadline;
  }
}
