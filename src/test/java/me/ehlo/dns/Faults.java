package me.ehlo.dns;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import me.ehlo.dns.ScriptedDns.Script;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;

/** The ways in which a server of the DNS may answer wrongly, each as a script. */
final class Faults {
  private Faults() {}

  /** Over UDP and TCP the same message. */
  static Script says(Consumer<Message> change, String... records) {
    return (question, tcp) -> List.of(wire(message(question, change, records), tcp));
  }

  static Script says(int rcode, String... records) {
    return says(message -> message.getHeader().setRcode(rcode), records);
  }

  /** A right message, its octets changed before they are sent. */
  static Script octets(UnaryOperator<byte[]> change, String... records) {
    return (question, tcp) -> {
      byte[] changed = change.apply(message(question, _ -> {}, records).toWire());
      return List.of(tcp ? Zone.framed(changed) : changed);
    };
  }

  /** One after the other. */
  static Script both(Script first, Script second) {
    return (question, tcp) ->
        List.of(first.answer(question, tcp).getFirst(), second.answer(question, tcp).getFirst());
  }

  static Script times(int times, Script script) {
    return (question, tcp) -> Collections.nCopies(times, script.answer(question, tcp).getFirst());
  }

  static Script silence() {
    return (_, tcp) -> tcp ? List.of(new byte[0]) : List.of();
  }

  /** Cut off over UDP; this over TCP, its length included. */
  static Script overTcp(UnaryOperator<byte[]> stream, String... records) {
    return (question, tcp) -> {
      if (!tcp) {
        return List.of(
            message(question, message -> message.getHeader().setFlag(Flags.TC)).toWire());
      }
      return List.of(stream.apply(Zone.framed(message(question, _ -> {}, records).toWire())));
    };
  }

  /** The same, one octet at a time. */
  static Script overTcpInOctets(String... records) {
    Script whole = overTcp(octets -> octets, records);
    return (question, tcp) -> {
      List<byte[]> pieces = whole.answer(question, tcp);
      byte[] octets = pieces.getFirst();
      return tcp
          ? IntStream.range(0, octets.length).mapToObj(i -> new byte[] {octets[i]}).toList()
          : pieces;
    };
  }

  static UnaryOperator<byte[]> cutAt(int octets) {
    return whole -> Arrays.copyOf(whole, octets);
  }

  /** The last octet of the answer's owner name, a pointer to the question, points elsewhere. */
  static UnaryOperator<byte[]> pointerTo(int target) {
    return whole -> {
      byte[] changed = whole.clone();
      int pointer = ownerOfFirstRecord(whole);
      changed[pointer] = (byte) (0xc0 | target >> 8);
      changed[pointer + 1] = (byte) target;
      return changed;
    };
  }

  static UnaryOperator<byte[]> octet(int at, int value) {
    return whole -> {
      byte[] changed = whole.clone();
      changed[at < 0 ? whole.length + at : at] = (byte) value;
      return changed;
    };
  }

  /** Behind the header's 12 octets, the question's name, type and class. */
  static int ownerOfFirstRecord(byte[] whole) {
    int at = 12;
    while (whole[at] != 0) {
      at += whole[at] + 1;
    }
    return at + 5;
  }

  private static byte[] wire(Message message, boolean tcp) {
    byte[] octets = message.toWire();
    return tcp ? Zone.framed(octets) : octets;
  }

  private static Message message(Message question, Consumer<Message> change, String... records) {
    Message answer = Zone.empty(question, Rcode.NOERROR);
    for (String line : records) {
      Record record = Zone.record(line);
      answer.addRecord(record, Section.ANSWER);
    }
    change.accept(answer);
    return answer;
  }
}
