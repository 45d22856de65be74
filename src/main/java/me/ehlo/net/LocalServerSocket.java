package me.ehlo.net;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * A socket in the file system that every user of this machine may connect with who may enter its folder.
 *
 * <p>What a dead server has left is replaced; a living server's socket and what is no socket stay.
 */
public final class LocalServerSocket extends ServerSocket {
  private static final int BACKLOG = 128;

  private final ServerSocketChannel channel;
  private final Path socket;

  private LocalServerSocket(ServerSocketChannel channel, Path socket) throws IOException {
    this.channel = channel;
    this.socket = socket;
  }

  /** Listens at this path; a folder that is missing is made for its owner alone. */
  public static LocalServerSocket at(Path socket) throws IOException {
    makeFolder(socket.toAbsolutePath().resolveSibling(""));
    removeDead(socket);
    ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    try (SocketPath path = SocketPath.to(socket)) {
      channel.bind(path.address(), BACKLOG);
      Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-rw-rw-"));
      return new LocalServerSocket(channel, socket);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  private static void makeFolder(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
  }

  private static void removeDead(Path socket) throws IOException {
    if (Files.notExists(socket, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    if (!Files.readAttributes(socket, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
        .isOther()) {
      throw new IOException("there is something else at " + socket + ", and it is no socket");
    }
    try (SocketPath path = SocketPath.to(socket);
        SocketChannel _ = SocketChannel.open(path.address())) {
      throw new BindException("another server listens there");
    } catch (ConnectException e) {
      Files.delete(socket);
    }
  }

  @Override
  public Socket accept() throws IOException {
    return new LocalSocket(channel.accept());
  }

  /** Takes the socket away. */
  @Override
  public void close() throws IOException {
    channel.close();
    Files.deleteIfExists(socket);
  }
}
