package me.ehlo.check;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import me.ehlo.mime.ReceivedField;
import me.ehlo.mime.TransmissionType;
import me.ehlo.mime.TransmissionType.Encrypted;

/**
 * One step of a mail's way, as one Received field has it.
 *
 * @param number from 1, the oldest first
 * @param delay since the hop before whose clock can be believed; empty: not known
 * @param skew how far its clock is from those around it: negative behind, positive ahead; zero: as far as can be seen, right
 */
record Hop(int number, ReceivedField field, Optional<Duration> delay, Duration skew) {

  /** What is told of its encryption. */
  enum Told {
    YES,
    NO,
    LOCAL,
    UNTOLD
  }

  Told encryption() {
    TransmissionType type = TransmissionType.of(field.with());
    if (!field.tls().isUntold() || type.encrypted() == Encrypted.YES) {
      return Told.YES;
    }
    boolean handedIn = field.client().isUntold() && field.with().isEmpty();
    boolean intoMailbox = type.name().contains("LMTP") && field.client().address().isEmpty();
    if (handedIn
        || intoMailbox
        || type.encrypted() == Encrypted.LOCAL
        || field.client().address().filter(InetAddress::isLoopbackAddress).isPresent()) {
      return Told.LOCAL;
    }
    return type.encrypted() == Encrypted.NO ? Told.NO : Told.UNTOLD;
  }

  boolean isSkewed() {
    return !skew.isZero();
  }

  /** The client by the best name that is told of it; empty: none is. */
  String from() {
    ReceivedField.Client client = field.client();
    return client.reverse().isEmpty()
        ? client.said().isEmpty() ? address() : client.said()
        : client.reverse();
  }

  /** The client's address; empty: it is not told. */
  String address() {
    return field.client().address().map(InetAddress::getHostAddress).orElse("");
  }

  /** The host that took it, or what there is instead. */
  String by() {
    return field.by().isEmpty() ? "(no host is named)" : field.by();
  }

  Place place() {
    return Place.of("hop " + number);
  }
}
