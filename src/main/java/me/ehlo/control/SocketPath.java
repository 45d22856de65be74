package me.ehlo.control;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The way to the control socket of a data folder.
 *
 * <p>The system takes no more than about a hundred octets as the name of a socket. Where the folder's own path is longer,
 * a symbolic link in a temporary folder makes it short for the moment of binding or connecting: the socket itself is in the
 * data folder all the same.
 */
final class SocketPath implements AutoCloseable {
  static final String NAME = "control.sock";

  private static final String LINK = "d";

  // 108 with its NUL on Linux, 104 on macOS.
  private static final int OCTETS_MAX = 100;

  private final Path path;
  private final Optional<Path> detour;

  private SocketPath(Path path, Optional<Path> detour) {
    this.path = path;
    this.detour = detour;
  }

  static SocketPath in(Path data) throws IOException {
    Path path = data.resolve(NAME);
    return isShort(path) ? new SocketPath(path, Optional.empty()) : shortened(data);
  }

  private static SocketPath shortened(Path data) throws IOException {
    Path folder = Files.createTempDirectory("ehlo");
    Path link = Files.createSymbolicLink(folder.resolve(LINK), data.toAbsolutePath());
    Path path = link.resolve(NAME);
    SocketPath shortened = new SocketPath(path, Optional.of(folder));
    if (!isShort(path)) {
      shortened.close();
      throw new IOException(
          "the path of the data folder is too long for a control socket, and so is that of the"
              + " folder for temporary files; choose a shorter data folder");
    }
    return shortened;
  }

  private static boolean isShort(Path path) {
    return path.toString().getBytes(UTF_8).length <= OCTETS_MAX;
  }

  UnixDomainSocketAddress address() {
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
