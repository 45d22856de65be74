package me.ehlo.call;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import me.ehlo.net.TlsClient;
import me.ehlo.net.WireFailure;
import me.ehlo.script.Script;
import me.ehlo.trace.Utterance;

/** Calls one server again and again, for one script after the other. */
public final class ScriptCalls implements Scripts.Connector {
  private final Means means;
  private final Door door;
  private final Duration connecting;
  private final Duration patience;
  private final List<Destination> destinations;
  private final Supplier<TlsClient> tls;

  /**
   * @param door the kind of server it is
   * @param connecting how long a connection may take
   * @param patience how long the handshake may take where TLS begins with the first octet
   * @param destinations the server's addresses; the first that answers is taken, each time
   */
  public ScriptCalls(
      Means means,
      Door door,
      Duration connecting,
      Duration patience,
      List<Destination> destinations,
      Supplier<TlsClient> tls) {
    this.means = means;
    this.door = door;
    this.connecting = connecting;
    this.patience = patience;
    this.destinations = List.copyOf(destinations);
    this.tls = tls;
  }

  @Override
  public Call connect(Script.Protocol protocol, Consumer<Utterance> teller) throws WireFailure {
    for (Destination destination : destinations.subList(0, destinations.size() - 1)) {
      try {
        return call(destination, protocol, teller);
      } catch (WireFailure e) {
        // The next address may answer; if none does, the last one's failure is told.
      }
    }
    return call(destinations.getLast(), protocol, teller);
  }

  private Call call(Destination to, Script.Protocol protocol, Consumer<Utterance> teller)
      throws WireFailure {
    Protocol spoken = protocol == Script.Protocol.POP3 ? Protocol.POP3 : door.protocol();
    Call call = new Call(means.dialer(), to, spoken, means.clock(), teller, connecting);
    if (door.tls()) {
      call.encrypt(tls.get(), patience);
    }
    return call;
  }
}
