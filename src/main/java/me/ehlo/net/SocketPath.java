package me.ehlo.net;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The way to a socket in the file system.
 *
 * <p>The system takes no more than about a hundred octets as the name of a socket. Where its path is longer, a symbolic link
 * in a temporary folder makes it short for the moment of binding or connecting: the socket itself is in its own folder all
 * the same.
 */
public final class SocketPath implements AutoCloseable {
  private static final String LINK = "d";

  // 108 with its NUL on Linux, 104 on macOS.
  private static final int OCTETS_MAX = 100;

  private final Path path;
  private final Optional<Path> detour;

  private SocketPath(Path path, Optional<Path> detour) {
    this.path = path;
    this.detour = detour;
  }

  /** The way to the socket that is, or shall be, at this path. */
  public static SocketPath to(Path socket) throws IOException {
    return isShort(socket)
        ? new SocketPath(socket, Optional.empty())
        : shortened(socket.toAbsolutePath());
  }

  private static SocketPath shortened(Path socket) throws IOException {
    Path folder = Files.createTempDirectory("ehlo");
    Path link = Files.createSymbolicLink(folder.resolve(LINK), socket.getParent());
    Path path = link.resolve(socket.getFileName());
    SocketPath shortened = new SocketPath(path, Optional.of(folder));
    if (!isShort(path)) {
      shortened.close();
      throw new IOException(
          "the path "
              + socket
              + " is too long for a socket, and so is that of the folder for temporary files; choose"
              + " a shorter one");
    }
    return shortened;
  }

  private static boolean isShort(Path path) {
    return path.toString().getBytes(UTF_8).length <= OCTETS_MAX;
  }

  /** What to bind to, or to connect with. */
  public UnixDomainSocketAddress address() {
    return UnixDomainSocketAddress.of(path);
  }

  @Override
  public void close() throws IOException {
    if (detour.isPresent()) {
      Files.deleteIfExists(detour.get().resolve(LINK));
      Files.deleteIfExists(detour.get());
    }
  }
}
