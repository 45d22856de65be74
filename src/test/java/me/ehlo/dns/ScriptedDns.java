package me.ehlo.dns;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.TextParseException;

/**
 * A server of the DNS on loopback, UDP and TCP, that answers from a {@link Zone}, and for some names as a test has scripted it,
 * which may be quite wrong.
 */
public final class ScriptedDns implements AutoCloseable {

  /** What is sent for a question: datagrams over UDP; over TCP pieces, each written by itself, then the end; an empty one waits until the client gives up. */
  @FunctionalInterface
  public interface Script {
    List<byte[]> answer(Message question, boolean tcp);
  }

  /** A question as it came. */
  public record Asked(String name, int type, int id, int port, boolean tcp) {}

  private final Zone zone;
  private final ServerSocket tcp;
  private final DatagramSocket udp;
  private final Map<Name, Script> scripts = new ConcurrentHashMap<>();
  private final List<Asked> asked = new CopyOnWriteArrayList<>();

  private ScriptedDns(Zone zone, ServerSocket tcp, DatagramSocket udp) {
    this.zone = zone;
    this.tcp = tcp;
    this.udp = udp;
  }

  /** Answers from this zone from now on; further records may be added to it. */
  public static ScriptedDns serve(Zone zone) throws IOException {
    ScriptedDns dns = open(zone);
    Thread.ofPlatform().daemon().name("dns-udp").start(dns::serveUdp);
    Thread.ofPlatform().daemon().name("dns-tcp").start(dns::serveTcp);
    return dns;
  }

  public InetSocketAddress address() {
    return (InetSocketAddress) tcp.getLocalSocketAddress();
  }

  /** From now on answers for this name as the script says. */
  public void script(String name, Script script) {
    scripts.put(absolute(name), script);
  }

  /** Every question so far. */
  public List<Asked> asked() {
    return List.copyOf(asked);
  }

  /** A name from its text without the final dot. */
  public static Name absolute(String name) {
    try {
      return Name.fromString(name, Name.root);
    } catch (TextParseException e) {
      throw new IllegalArgumentException(name, e);
    }
  }

  @Override
  public void close() throws IOException {
    udp.close();
    tcp.close();
  }

  private static ScriptedDns open(Zone zone) throws IOException {
    InetAddress loopback = InetAddress.ofLiteral("127.0.0.1");
    while (true) {
      ServerSocket tcp = new ServerSocket(0, 50, loopback);
      try {
        return new ScriptedDns(zone, tcp, new DatagramSocket(tcp.getLocalPort(), loopback));
      } catch (BindException e) {
        tcp.close(); // the port is taken in UDP; another one then
      }
    }
  }

  private void serveUdp() {
    byte[] buffer = new byte[4096];
    while (!udp.isClosed()) {
      try {
        DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
        udp.receive(packet);
        byte[] question = Arrays.copyOf(packet.getData(), packet.getLength());
        for (byte[] answer : answers(question, packet.getPort(), false)) {
          udp.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
        }
      } catch (IOException e) {
        // Closed, or a client that is gone.
      }
    }
  }

  private void serveTcp() {
    while (!tcp.isClosed()) {
      try {
        Socket client = tcp.accept();
        Thread.ofVirtual().start(() -> serve(client));
      } catch (IOException e) {
        // Closed.
      }
    }
  }

  private void serve(Socket client) {
    try (client) {
      DataInputStream in = new DataInputStream(client.getInputStream());
      byte[] question = in.readNBytes(in.readUnsignedShort());
      OutputStream out = client.getOutputStream();
      for (byte[] piece : answers(question, client.getPort(), true)) {
        if (piece.length == 0) {
          in.read();
        }
        out.write(piece);
        out.flush();
      }
    } catch (IOException e) {
      return; // the client has had enough
    }
  }

  private List<byte[]> answers(byte[] octets, int port, boolean overTcp) {
    try {
      Message question = new Message(octets);
      Name name = question.getQuestion().getName();
      asked.add(
          new Asked(
              name.toString(true),
              question.getQuestion().getType(),
              question.getHeader().getID(),
              port,
              overTcp));
      Script script = scripts.getOrDefault(name, zone);
      return script.answer(question, overTcp);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
