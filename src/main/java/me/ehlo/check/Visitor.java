package me.ehlo.check;

import java.time.InstantSource;
import java.util.function.Consumer;
import me.ehlo.net.Dialer;
import me.ehlo.net.TlsClient;
import me.ehlo.trace.Utterance;

/**
 * Who calls on servers.
 *
 * @param name said in EHLO
 * @param teller is told each line of each conversation
 */
public record Visitor(
    String name,
    Dialer dialer,
    TlsClient tls,
    InstantSource clock,
    Patience patience,
    Ports ports,
    Consumer<Utterance> teller) {

  /** The same, at other doors. */
  Visitor at(Ports others) {
    return new Visitor(name, dialer, tls, clock, patience, others, teller);
  }

  Visited visit(Target target, Plan plan) {
    return new Visit(this, target, plan).make();
  }

  /** Whether somebody takes a connection there; nothing is said. */
  boolean knocks(Target target, int port) {
    return new Visit(this, target, Plan.GREET_ONLY).knock(port, false).reach().isConnected();
  }
}
