package me.ehlo.check;

import java.util.ArrayList;
import java.util.List;
import me.ehlo.net.Secured;

/** Whether a conversation can be encrypted (RFC 3207). */
final class StartTlsCheck implements Check {
  private static final String READABLE =
      "Mail to it travels readable for everybody on the way; senders that demand TLS do not send at all.";
  private static final String SWITCH_ON =
      "Give the server a certificate and switch STARTTLS on for port 25.";

  private final Ports ports;

  StartTlsCheck(Ports ports) {
    this.ports = ports;
  }

  @Override
  public String id() {
    return "starttls";
  }

  @Override
  public List<Finding> findings(Facts facts) {
    List<Finding> findings = new ArrayList<>();
    for (Visited visited : facts.visits()) {
      findings.add(finding(visited));
    }
    return findings;
  }

  private Finding finding(Visited visited) {
    Place place = visited.place();
    return switch (visited.encryption()) {
      case Encryption.NotReached() when visited.helo().isPresent() ->
          Finding.warn(id(), place, "Without EHLO there is no STARTTLS.", READABLE, SWITCH_ON);
      case Encryption.NotReached() ->
          Finding.unknown(id(), place, "Not looked at: it did not come to STARTTLS.");
      case Encryption.NotOffered() -> notOffered(visited);
      case Encryption.Refused(var heard) ->
          Finding.fail(
              id(),
              place,
              "STARTTLS is offered and then refused: \"" + Said.line(heard) + "\".",
              "Some senders go on in the clear, others wait and try in vain.",
              "Look into the server's log: mostly the certificate or its key cannot be read.");
      case Encryption.Injected() ->
          Finding.fail(
              id(),
              place,
              "Behind its answer to STARTTLS something more comes in the clear.",
              "Whoever stands on the way can slip words in that seem to be encrypted (CVE-2011-0411 and its kin).",
              "Update the server, or look at what stands before it.");
      case Encryption.Failed(var why) ->
          Finding.fail(
              id(),
              place,
              "STARTTLS is offered, and the handshake fails: " + why + ".",
              "Senders that try TLS, nearly all of them, fail or fall back to clear text.",
              "Look at certificate, key and the allowed versions (TLS 1.2 and 1.3) of the server.");
      case Encryption.Done(var secured) -> Finding.ok(id(), place, said(secured) + ".");
    };
  }

  static String said(Secured secured) {
    return secured.channel().version() + ", " + secured.channel().cipher();
  }

  /** A server that has TLS at another door, and none at this one, is mostly robbed of it on the way. */
  private Finding notOffered(Visited visited) {
    Visited.Knock other = visited.doors().get(ports.submission());
    if (other != null && other.startTls()) {
      return Finding.fail(
          id(),
          visited.place(),
          "STARTTLS is not offered on port 25, but on port "
              + ports.submission()
              + " of the same host it is.",
          "Something on the way, near you or near the host, takes it away (stripping); mail is readable there.",
          "Ask from elsewhere too. If it is missing there as well: switch it on for port 25, or the inspection off.");
    }
    return Finding.warn(id(), visited.place(), "STARTTLS is not offered.", READABLE, SWITCH_ON);
  }
}
