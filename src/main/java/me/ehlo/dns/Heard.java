package me.ehlo.dns;

import java.util.List;
import java.util.Optional;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** What one answer of a server says about the name that was asked for. */
sealed interface Heard {
  /** How many CNAMEs in a row are followed; a loop ends here too. */
  int LINKS_MAX = 16;

  /** Records of the type that was asked for, at the end of any CNAMEs. */
  record Records(List<Record> records, long ttlSeconds) implements Heard {}

  /** CNAMEs that lead to a name of which the answer says nothing. */
  record Alias(Name target, long ttlSeconds) implements Heard {}

  /** The name exists and has no such records (RFC 2308 §2.2). */
  record None(long ttlSeconds) implements Heard {}

  /** The name, or the one that CNAMEs lead to, does not exist (RFC 2308 §2.1, RFC 6604 §3). */
  record NoSuchName(long ttlSeconds) implements Heard {}

  /** The server cannot tell, or talks nonsense; another may know. */
  record Useless(String why) implements Heard {}

  static Heard in(Message answer, Name name, int type) {
    int rcode = answer.getRcode();
    if (rcode != Rcode.NOERROR && rcode != Rcode.NXDOMAIN) {
      return new Useless("it says " + Rcode.string(rcode));
    }
    Name at = name;
    long ttlSeconds = Long.MAX_VALUE;
    for (int links = 0; links <= LINKS_MAX; links++) {
      List<Record> records = records(answer, at, type);
      if (!records.isEmpty()) {
        return found(records, Math.min(ttlSeconds, ttl(records)), rcode);
      }
      List<Record> aliases = records(answer, at, Type.CNAME);
      if (aliases.isEmpty()) {
        return nothing(answer, name, at, ttlSeconds);
      }
      ttlSeconds = Math.min(ttlSeconds, ttl(aliases));
      at = ((CNAMERecord) aliases.getFirst()).getTarget();
    }
    return new Useless("its CNAMEs lead too far or in a circle");
  }

  private static Heard found(List<Record> records, long ttlSeconds, int rcode) {
    return rcode == Rcode.NOERROR
        ? new Records(records, ttlSeconds)
        : new Useless("it gives records of a name and says that there is none");
  }

  private static Heard nothing(Message answer, Name asked, Name at, long ttlSeconds) {
    Optional<Long> negative = negativeTtl(answer);
    if (answer.getRcode() == Rcode.NXDOMAIN) {
      return new NoSuchName(negative.orElse(0L));
    }
    if (!at.equals(asked)) {
      return new Alias(at, ttlSeconds);
    }
    // RFC 2308 §2.2: name servers and no SOA are no answer; they say who else to ask.
    return negative.isEmpty() && refers(answer)
        ? new Useless("it refers us to others")
        : new None(negative.orElse(0L));
  }

  private static List<Record> records(Message answer, Name name, int type) {
    return answer.getSection(Section.ANSWER).stream()
        .filter(record -> record.getType() == type && record.getDClass() == DClass.IN)
        .filter(record -> record.getName().equals(name))
        .toList();
  }

  private static long ttl(List<Record> records) {
    return records.stream().mapToLong(Record::getTTL).min().orElse(0);
  }

  /** RFC 2308 §5: how long "no" holds. */
  private static Optional<Long> negativeTtl(Message answer) {
    return answer.getSection(Section.AUTHORITY).stream()
        .filter(SOARecord.class::isInstance)
        .map(SOARecord.class::cast)
        .map(soa -> Math.min(soa.getTTL(), soa.getMinimum()))
        .findFirst();
  }

  private static boolean refers(Message answer) {
    return answer.getSection(Section.AUTHORITY).stream()
        .anyMatch(record -> record.getType() == Type.NS);
  }
}
