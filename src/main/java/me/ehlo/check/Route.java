package me.ehlo.check;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import me.ehlo.mime.ReadMail;
import me.ehlo.mime.ReceivedField;
import me.ehlo.mime.ReceivedParser;

/**
 * A mail's way, as its Received fields have it (RFC 5321 §4.4).
 *
 * <p>Each server puts its field on top. So those of the last site are that site's own words, and all below is what came with
 * the mail: the truth in most mails, and whatever somebody has made up in some.
 *
 * @param hops the oldest first
 * @param entry the number of the hop at which the mail entered the last site, as far as names tell; 0: there are no hops
 */
record Route(List<Hop> hops, int entry) {
  /** Under these of a country, names are given to anybody: {@code example.co.uk}. */
  private static final Set<String> SECOND_LEVEL =
      Set.of("ac", "co", "com", "edu", "go", "gov", "ne", "net", "or", "org");

  private static final int COUNTRY_LENGTH = 2;

  Route {
    hops = List.copyOf(hops);
  }

  static Route of(ReadMail mail) {
    List<ReceivedField> fields = new ArrayList<>();
    mail.all("Received")
        .forEach(field -> fields.addFirst(ReceivedParser.parse(field.characters())));
    List<Hop> hops = Clocks.hops(fields);
    return new Route(hops, entry(hops));
  }

  /**
   * From the newest down, as long as the hosts are of one site and have it from one another. A name that the client has only
   * said is not believed: whoever makes up fields would name the site in them.
   */
  private static int entry(List<Hop> hops) {
    int entry = hops.size();
    String site = "";
    for (int i = hops.size() - 1; i >= 0; i--) {
      String by = hops.get(i).field().by();
      boolean named = !by.isEmpty() && !isLocal(by);
      if (named && !site.isEmpty() && !isOneSite(site, by)) {
        break;
      }
      site = named ? by : site;
      entry = i + 1;
      if (!isInside(hops.get(i).field().client(), site)) {
        break;
      }
    }
    return entry;
  }

  private static boolean isInside(ReceivedField.Client client, String site) {
    if (client.address().isPresent()) {
      return !Reachability.unreachable(client.address().get()).isEmpty()
          || !client.doubtful() && isOneSite(client.reverse(), site);
    }
    return client.isUntold() || isLocal(client.said()) || isOneSite(client.said(), site);
  }

  /** The hop at which the mail entered the last site. */
  Optional<Hop> entryHop() {
    return entry == 0 ? Optional.empty() : Optional.of(hops.get(entry - 1));
  }

  /** The hops that the last site vouches for. */
  List<Hop> own() {
    return hops.subList(Math.max(0, entry - 1), hops.size());
  }

  /** The hops that came with the mail. */
  List<Hop> claimed() {
    return hops.subList(0, Math.max(0, entry - 1));
  }

  /** The host that the mail came to last; empty: none is named. */
  String receiver() {
    return hops.isEmpty() ? "" : hops.getLast().field().by();
  }

  /** From the first believed time to the last. */
  Duration took() {
    return hops.stream().flatMap(hop -> hop.delay().stream()).reduce(Duration.ZERO, Duration::plus);
  }

  Optional<Hop> slowest() {
    return hops.stream()
        .filter(hop -> hop.delay().isPresent())
        .max(Comparator.comparing(hop -> hop.delay().orElseThrow()));
  }

  /** Whether two host names look like one site's: they have a domain in common that one can own. */
  static boolean isOneSite(String one, String other) {
    String[] a = one.toLowerCase(Locale.ROOT).split("\\.");
    String[] b = other.toLowerCase(Locale.ROOT).split("\\.");
    int common = 0;
    while (common < Math.min(a.length, b.length)
        && a[a.length - 1 - common].equals(b[b.length - 1 - common])) {
      common++;
    }
    if (one.equalsIgnoreCase(other)) {
      return true;
    }
    boolean everybodys =
        common == 2
            && a[a.length - 1].length() == COUNTRY_LENGTH
            && SECOND_LEVEL.contains(a[a.length - 2]);
    return common >= 2 && !everybodys && !isAddress(one);
  }

  /** Whether a host's name says nothing to others. */
  static boolean isLocal(String host) {
    return host.indexOf('.') < 0 && host.indexOf(':') < 0
        || host.toLowerCase(Locale.ROOT).startsWith("localhost")
        || isAddress(host);
  }

  private static boolean isAddress(String host) {
    return host.startsWith("[")
        || host.indexOf(':') >= 0
        || !host.isEmpty() && host.chars().allMatch(c -> c == '.' || c >= '0' && c <= '9');
  }
}
