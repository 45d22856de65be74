package me.ehlo.dns;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;

/**
 * Asks one server one question (RFC 1035 §4.2): by UDP, and again by TCP when the answer was cut off (RFC 7766 §5).
 *
 * <p>Whoever cannot see the question must guess the id and the port to forge an answer (RFC 5452): each question has a new
 * socket, connected so that only the server's address is heard, and an id from a good source. What does not fit the question
 * is not heard, and the right answer waited for; after too many of those, somebody is guessing and the question is given up.
 */
final class Exchange {
  private static final int UDP_MAX = 4096; // we announce no EDNS, so 512 would do
  private static final int WRONG_ANSWERS_MAX = 100;

  private final RandomGenerator random;

  Exchange(RandomGenerator random) {
    this.random = random;
  }

  /**
   * The server's answer, which fits the question.
   *
   * @param deadline on the clock of {@link System#nanoTime}
   * @throws SocketTimeoutException when it has not come by then
   */
  Message ask(InetSocketAddress server, Name name, int type, long deadline) throws IOException {
    Message question = Message.newQuery(Record.newRecord(name, type, DClass.IN));
    question.getHeader().setID(random.nextInt(1 << 16));
    Message answer = overUdp(server, question, deadline);
    return answer.getHeader().getFlag(Flags.TC) ? overTcp(server, question, deadline) : answer;
  }

  private static Message overUdp(InetSocketAddress server, Message question, long deadline)
      throws IOException {
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.connect(server);
      byte[] octets = question.toWire();
      socket.send(new DatagramPacket(octets, octets.length));
      DatagramPacket packet = new DatagramPacket(new byte[UDP_MAX], UDP_MAX);
      for (int wrong = 0; wrong < WRONG_ANSWERS_MAX; wrong++) {
        socket.setSoTimeout(millisUntil(deadline));
        packet.setLength(UDP_MAX);
        socket.receive(packet);
        Optional<Message> answer =
            answer(Arrays.copyOf(packet.getData(), packet.getLength()), question);
        if (answer.isPresent()) {
          return answer.get();
        }
      }
      throw new IOException("somebody sends wrong answers");
    }
  }

  private static Message overTcp(InetSocketAddress server, Message question, long deadline)
      throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(server, millisUntil(deadline));
      byte[] octets = question.toWire();
      DataOutputStream out = new DataOutputStream(socket.getOutputStream());
      byte[] framed = new byte[octets.length + 2];
      framed[0] = (byte) (octets.length >> 8);
      framed[1] = (byte) octets.length;
      System.arraycopy(octets, 0, framed, 2, octets.length);
      out.write(framed);
      DataInputStream in = new DataInputStream(socket.getInputStream());
      byte[] length = read(socket, in, 2, deadline);
      byte[] answer = read(socket, in, (length[0] & 0xff) << 8 | length[1] & 0xff, deadline);
      return answer(answer, question)
          .filter(message -> !message.getHeader().getFlag(Flags.TC))
          .orElseThrow(() -> new IOException("a broken answer over TCP"));
    }
  }

  /** Exactly so many octets; a server that sends one at a time gets no more time for it. */
  private static byte[] read(Socket socket, DataInputStream in, int octets, long deadline)
      throws IOException {
    byte[] read = new byte[octets];
    for (int at = 0; at < octets; ) {
      socket.setSoTimeout(millisUntil(deadline));
      int more = in.read(read, at, octets - at);
      if (more < 0) {
        throw new EOFException("the connection ended in the middle of the answer");
      }
      at += more;
    }
    return read;
  }

  private static int millisUntil(long deadline) throws SocketTimeoutException {
    long millis = (deadline - System.nanoTime()) / 1_000_000;
    if (millis <= 0) {
      throw new SocketTimeoutException("no answer in time");
    }
    return (int) Math.min(millis, Integer.MAX_VALUE);
  }

  /** What these octets answer to the question; nothing when they cannot be read or answer another one. */
  private static Optional<Message> answer(byte[] octets, Message question) {
    try {
      Message message = new Message(octets);
      return fits(message, question) ? Optional.of(message) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static boolean fits(Message answer, Message question) {
    boolean isAnswer =
        answer.getHeader().getFlag(Flags.QR)
            && answer.getHeader().getOpcode() == Opcode.QUERY
            && answer.getHeader().getID() == question.getHeader().getID();
    Record asked = answer.getQuestion();
    if (asked == null) {
      // Some servers that refuse do not repeat what they refuse.
      return isAnswer && answer.getRcode() != Rcode.NOERROR && answer.getRcode() != Rcode.NXDOMAIN;
    }
    Record ours = question.getQuestion();
    return isAnswer
        && asked.getName().equals(ours.getName())
        && asked.getType() == ours.getType()
        && asked.getDClass() == ours.getDClass();
  }
}
