package me.ehlo.dns;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** Records, and the answers that a good server gives from them. */
public final class Zone implements ScriptedDns.Script {
  private static final int UDP_MAX = 512;
  private static final int CHAIN_MAX = 30;

  private final List<Record> records = new CopyOnWriteArrayList<>();

  /** Adds records, one a line: {@code example.org 300 MX 10 mx.example.org}, names without the final dot. */
  public Zone with(String lines) {
    lines.lines().filter(line -> !line.isBlank()).map(Zone::record).forEach(records::add);
    return this;
  }

  /** A record from such a line. */
  public static Record record(String line) {
    String[] words = line.strip().split(" +", 4);
    try {
      return Record.fromString(
          ScriptedDns.absolute(words[0]),
          Type.value(words[2]),
          DClass.IN,
          Long.parseLong(words[1]),
          words[3],
          Name.root);
    } catch (IOException e) {
      throw new IllegalArgumentException(line, e);
    }
  }

  @Override
  public List<byte[]> answer(Message question, boolean tcp) {
    byte[] octets = answer(question).toWire(tcp ? 65_535 : UDP_MAX);
    return tcp ? List.of(framed(octets)) : List.of(octets);
  }

  /** A message as it stands in a stream: its length before it. */
  public static byte[] framed(byte[] octets) {
    byte[] framed = new byte[octets.length + 2];
    framed[0] = (byte) (octets.length >> 8);
    framed[1] = (byte) octets.length;
    System.arraycopy(octets, 0, framed, 2, octets.length);
    return framed;
  }

  /** An answer without records yet. */
  public static Message empty(Message question, int rcode) {
    Message answer = new Message(question.getHeader().getID());
    answer.getHeader().setFlag(Flags.QR);
    answer.getHeader().setFlag(Flags.RA);
    answer.getHeader().setRcode(rcode);
    answer.addRecord(question.getQuestion(), Section.QUESTION);
    return answer;
  }

  private Message answer(Message question) {
    Message answer = empty(question, Rcode.NOERROR);
    Name at = question.getQuestion().getName();
    int type = question.getQuestion().getType();
    for (int links = 0; links < CHAIN_MAX; links++) {
      List<Record> found = of(at, type);
      found.forEach(record -> answer.addRecord(record, Section.ANSWER));
      List<Record> aliases = of(at, Type.CNAME);
      if (!found.isEmpty() || aliases.isEmpty()) {
        break;
      }
      answer.addRecord(aliases.getFirst(), Section.ANSWER);
      at = ((CNAMERecord) aliases.getFirst()).getTarget();
    }
    if (of(at, type).isEmpty()) {
      answer.getHeader().setRcode(exists(at) ? Rcode.NOERROR : Rcode.NXDOMAIN);
      answer.addRecord(soa(60), Section.AUTHORITY);
    }
    return answer;
  }

  /** The record that says how long a "no" holds. */
  public static SOARecord soa(long ttlSeconds) {
    Name name = ScriptedDns.absolute("example");
    return new SOARecord(name, DClass.IN, ttlSeconds, name, name, 1, 1, 1, 1, ttlSeconds);
  }

  private List<Record> of(Name name, int type) {
    return records.stream()
        .filter(record -> record.getName().equals(name) && record.getType() == type)
        .toList();
  }

  private boolean exists(Name name) {
    return records.stream().anyMatch(record -> record.getName().subdomain(name));
  }
}
