package me.ehlo.control;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import me.ehlo.mail.Domain;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ControlSocketTest {
  @TempDir Path folder;

  private final SmallDirectory directory = new SmallDirectory();
  private final Administration administration =
      new Administration(
          new Site(
              List.of(Domain.ofAscii("localhost")),
              0,
              directory,
              directory,
              SmallDirectory::keep,
              () -> "made-up",
              List::of,
              _ -> {},
              new Leaving(new SmallQueue(), () -> {}, Clock.systemUTC())));

  @Test
  void aCommandActsInTheServerAndIsAskedAtItsOwnTerminal() throws IOException {
    try (ControlServer _ = server(folder)) {
      Typed typed = Typed.answers("secret", "secret");
      Request add = new Request.UserAdd("ann@localhost", OptionalLong.of(5));
      assertThat(perform(folder, add, typed)).isZero();
      assertThat(typed.out()).startsWith("Added ann@localhost.");
      assertThat(directory.hash("ann@localhost")).contains("hash of secret");

      directory.fill("ann@localhost", 2, 10);
      Request remove = new Request.UserRemove("ann@localhost", false);
      Typed no = Typed.answers("no");
      assertThat(perform(folder, remove, no)).isEqualTo(1);
      assertThat(no.err()).isEqualTo("Nothing was removed.\n");
      assertThat(perform(folder, remove, Typed.answers("yes"))).isZero();
      assertThat(directory.accounts()).isEmpty();
    }
  }

  @Test
  void refusalsCrossTheSocket() throws IOException {
    try (ControlServer _ = server(folder)) {
      Typed typed = Typed.input("");
      assertThat(perform(folder, new Request.UserPassword("ann@localhost"), typed)).isEqualTo(1);
      assertThat(typed.err()).isEqualTo("There is no user ann@localhost; see ehlo user list.\n");
      assertThat(typed.out()).isEmpty();
    }
  }

  @Test
  void aPasswordThatIsMadeUpIsTheOnlyOutput() throws IOException {
    try (ControlServer _ = server(folder)) {
      perform(
          folder,
          new Request.UserAdd("ann@localhost", OptionalLong.empty()),
          Typed.answers("secret", "secret"));
      Typed script = Typed.input("");
      Request phone = new Request.AppPasswordAdd("ann@localhost", "phone", false);
      assertThat(perform(folder, phone, script)).isZero();
      assertThat(script.out()).isEqualTo("made-up\n");
      assertThat(script.err()).isEmpty();

      Typed person = Typed.answers();
      Request tablet = new Request.AppPasswordAdd("ann@localhost", "tablet", false);
      assertThat(perform(folder, tablet, person)).isZero();
      assertThat(person.out()).isEqualTo("made-up\n");
      assertThat(person.err()).contains("\"tablet\" of ann@localhost", "never shown again");
    }
  }

  @Test
  void onlyTheOwnerMayComeIn() throws IOException {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
    try (ControlServer _ = server(folder)) {
      try (Stream<Path> files = Files.list(folder)) {
        assertThat(files).containsExactly(socket());
      }
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket())))
          .isEqualTo("rw-------");
    }
    assertThat(socket()).doesNotExist();
  }

  @Test
  void whereNoServerRunsNobodyIsFound() throws IOException {
    assertThat(ControlClient.connect(folder)).isEmpty();
    assertThat(ControlClient.connect(folder.resolve("not-there"))).isEmpty();
    Files.createFile(socket()); // what a killed server leaves behind answers no more than this
    assertThat(ControlClient.connect(folder)).isEmpty();
    try (ControlServer _ = server(folder)) {
      assertThat(perform(folder, new Request.UserList(), Typed.input(""))).isZero();
    }
  }

  @Test
  void aFolderWithALongPathHasASocketAllTheSame() throws IOException {
    Path deep = folder.resolve("x".repeat(120)).resolve("data");
    Files.createDirectories(deep);
    long before = detours();
    try (ControlServer _ = server(deep)) {
      assertThat(deep.resolve("control.sock")).exists();
      assertThat(perform(deep, new Request.UserList(), Typed.input(""))).isZero();
    }
    assertThat(deep.resolve("control.sock")).doesNotExist();
    assertThat(detours()).isEqualTo(before);
  }

  @Test
  void aFolderIsHeldWhileItsLockIs() throws IOException {
    assertThat(FolderLock.isHeld(folder)).isFalse();
    Path lock = Files.createFile(folder.resolve("lock"));
    assertThat(FolderLock.isHeld(folder)).isFalse();
    try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE);
        FileLock held = channel.lock()) {
      assertThat(held.isValid()).isTrue();
      assertThat(FolderLock.isHeld(folder)).isTrue();
    }
    assertThat(FolderLock.isHeld(folder)).isFalse();
  }

  @Test
  void noiseIsNoRequestAndStopsNobody() throws IOException {
    try (ControlServer _ = server(folder)) {
      assertThat(raw(new byte[] {9})).contains("another version");
      assertThat(raw(new byte[] {1, 0, 0, 0, 1, 0, 0, 0, 1, 'x'})).contains("does not know");
      assertThat(raw(new byte[] {1, 0x7f, -1, -1, -1})).isEmpty();
      assertThat(raw(new byte[] {1, 0, 0, 0, 1, 0x7f, -1, -1, -1})).isEmpty();
      assertThat(raw(new byte[] {1})).isEmpty();
      assertThat(perform(folder, new Request.UserList(), Typed.input(""))).isZero();
    }
  }

  @Test
  void aServerThatEndsInTheMiddleIsSaid() throws IOException {
    ControlServer server = server(folder);
    try (ControlClient client = ControlClient.connect(folder).orElseThrow()) {
      Request add = new Request.UserAdd("ann@localhost", OptionalLong.empty());
      Dialogue endsTheServer = new EndsTheServer(server);
      assertThatThrownBy(() -> client.perform(add, endsTheServer)).isInstanceOf(IOException.class);
    }
    assertThat(directory.accounts()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource
  void everyRequestCrossesUnchanged(Request request) {
    assertThat(RequestWords.read(RequestWords.of(request))).contains(request);
  }

  static Stream<Request> everyRequestCrossesUnchanged() {
    return Stream.of(
        new Request.UserAdd("a@b", OptionalLong.empty()),
        new Request.UserAdd("a@b", OptionalLong.of(7)),
        new Request.UserList(),
        new Request.UserPassword("a@b"),
        new Request.UserRemove("a@b", true),
        new Request.UserRemove("a@b", false),
        new Request.UserQuota("a@b", 9),
        new Request.AppPasswordAdd("a@b", "phone", true),
        new Request.AppPasswordAdd("a@b", "my phone", false),
        new Request.AppPasswordList("a@b"),
        new Request.AppPasswordRemove("a@b", "phone"),
        new Request.AliasAdd("a@b", List.of("c@d", "e@f")),
        new Request.AliasList(),
        new Request.AliasRemove("a@b"),
        new Request.Verify(),
        new Request.Backup("/x y"));
  }

  private ControlServer server(Path data) throws IOException {
    return ControlServer.open(data, administration, _ -> {}, InstantSource.system());
  }

  private Path socket() {
    return folder.resolve("control.sock");
  }

  private static int perform(Path data, Request request, Typed typed) throws IOException {
    try (ControlClient client = ControlClient.connect(data).orElseThrow()) {
      return client.perform(request, new LocalDialogue(typed.streams(), false));
    }
  }

  /** What the server answers to these octets and nothing more. */
  private String raw(byte[] octets) throws IOException {
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket()))) {
      channel.write(ByteBuffer.wrap(octets));
      channel.shutdownOutput();
      return new String(Channels.newInputStream(channel).readAllBytes(), UTF_8);
    }
  }

  private static long detours() throws IOException {
    try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return files.filter(file -> Files.isSymbolicLink(file.resolve("d"))).count();
    }
  }

  /** Somebody stops the server while it asks for a password. */
  private record EndsTheServer(ControlServer server) implements Dialogue {
    @Override
    public void out(String line) {}

    @Override
    public void err(String line) {}

    @Override
    public void aside(String line) {}

    @Override
    public boolean confirm(String question) {
      return false;
    }

    @Override
    public Optional<String> password(String address) {
      try {
        server.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return Optional.of("secret");
    }
  }
}
