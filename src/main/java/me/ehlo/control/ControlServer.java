package me.ehlo.control;

import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import me.ehlo.net.SocketPath;
import me.ehlo.trace.Event;
import me.ehlo.trace.Journal;

/**
 * The server's end of the control socket, through which commands administer it while it runs.
 *
 * <p>Whoever may open the socket may do everything: it is for the owner of the data folder alone (mode 0600). One thread a
 * visitor, as a dialogue may wait for somebody to type.
 */
public final class ControlServer implements AutoCloseable {
  static final String NAME = "control.sock";

  private static final int VISITORS_MAX = 100;

  private final ServerSocketChannel listening;
  private final Path socket;
  private final Administration administration;
  private final Journal journal;
  private final InstantSource clock;
  private final Set<SocketChannel> visitors = ConcurrentHashMap.newKeySet();

  private ControlServer(
      ServerSocketChannel listening,
      Path socket,
      Administration administration,
      Journal journal,
      InstantSource clock) {
    this.listening = listening;
    this.socket = socket;
    this.administration = administration;
    this.journal = journal;
    this.clock = clock;
  }

  /** Listens in this folder, which the caller holds the lock of: a socket that is there is a dead server's. */
  public static ControlServer open(
      Path data, Administration administration, Journal journal, InstantSource clock)
      throws IOException {
    Path socket = data.resolve(NAME);
    Files.deleteIfExists(socket);
    ServerSocketChannel listening = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      bind(listening, data, socket);
    } catch (IOException e) {
      listening.close();
      throw e;
    }
    ControlServer server = new ControlServer(listening, socket, administration, journal, clock);
    Thread.ofVirtual().name("control").start(server::listen);
    return server;
  }

  /** The system makes a socket as open as the umask says; so it is made where nobody else can reach it, and moved. */
  private static void bind(ServerSocketChannel listening, Path data, Path socket)
      throws IOException {
    Path cradle = Files.createTempDirectory(data, "control");
    Path born = cradle.resolve(NAME);
    try (SocketPath path = SocketPath.to(born)) {
      listening.bind(path.address());
      Files.setPosixFilePermissions(born, PosixFilePermissions.fromString("rw-------"));
      Files.move(born, socket, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(born);
      Files.delete(cradle);
    }
  }

  private void listen() {
    while (listening.isOpen()) {
      try {
        welcome(listening.accept());
      } catch (ClosedChannelException e) {
        return;
      } catch (IOException e) {
        journal.record(new Event.Trouble(clock.instant(), "control", "the socket fails: " + e));
        return;
      }
    }
  }

  private void welcome(SocketChannel visitor) throws IOException {
    visitors.add(visitor);
    if (visitors.size() > VISITORS_MAX || !listening.isOpen()) {
      leave(visitor);
      return;
    }
    Thread.ofVirtual().name("control").start(() -> serve(visitor));
  }

  private void serve(SocketChannel visitor) {
    try {
      talk(visitor);
    } catch (IOException e) {
      // A visitor that left, or that is no command of ours; there is nobody to answer.
      return;
    } finally {
      leave(visitor);
    }
  }

  private void talk(SocketChannel visitor) throws IOException {
    DataInputStream in = new DataInputStream(Channels.newInputStream(visitor));
    DataOutputStream out =
        new DataOutputStream(new BufferedOutputStream(Channels.newOutputStream(visitor)));
    RemoteDialogue dialogue = new RemoteDialogue(in, out);
    if (in.readByte() != Frames.VERSION) {
      dialogue.err("The running server is of another version than this command; restart it.");
      dialogue.exit(ExitCode.REFUSED);
      return;
    }
    Optional<Request> request = RequestWords.read(Frames.readWords(in));
    if (request.isEmpty()) {
      dialogue.err("The running server does not know this command yet; restart it.");
      dialogue.exit(ExitCode.REFUSED);
      return;
    }
    dialogue.exit(administration.perform(request.get(), dialogue));
  }

  private void leave(SocketChannel visitor) {
    visitors.remove(visitor);
    try {
      visitor.close();
    } catch (IOException e) {
      journal.record(new Event.Trouble(clock.instant(), "control", "closing fails: " + e));
    }
  }

  /** Takes the socket away and sends all visitors off; what they asked for and is at the store is finished there. */
  @Override
  public void close() throws IOException {
    listening.close();
    Files.deleteIfExists(socket);
    Set.copyOf(visitors).forEach(this::leave);
  }
}
