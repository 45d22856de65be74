package me.ehlo.control;

import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import me.ehlo.net.SocketPath;

/** A command's end of the control socket. */
public final class ControlClient implements AutoCloseable {
  private final SocketChannel channel;

  private ControlClient(SocketChannel channel) {
    this.channel = channel;
  }

  /** Reaches the server that runs on this data folder; empty when none does. */
  public static Optional<ControlClient> connect(Path data) throws IOException {
    Path socket = data.resolve(ControlServer.NAME);
    if (!Files.exists(socket)) {
      return Optional.empty();
    }
    try (SocketPath path = SocketPath.to(socket)) {
      return Optional.of(new ControlClient(SocketChannel.open(path.address())));
    } catch (ConnectException e) {
      return Optional.empty(); // a server that was killed leaves its socket behind
    } catch (SocketException e) {
      throw new IOException(
          "the server in "
              + data
              + " cannot be reached ("
              + e.getMessage()
              + "); it may be another user's",
          e);
    }
  }

  /** Has the server carry out the request, and lends it this dialogue; returns its exit code. */
  public int perform(Request request, Dialogue dialogue) throws IOException {
    DataInputStream in = new DataInputStream(Channels.newInputStream(channel));
    DataOutputStream out =
        new DataOutputStream(new BufferedOutputStream(Channels.newOutputStream(channel)));
    Frames.writeWords(out, RequestWords.of(request));
    try {
      return converse(in, out, dialogue);
    } catch (EOFException e) {
      throw new IOException("the server ended before it had answered; look whether it is done", e);
    }
  }

  private static int converse(DataInputStream in, DataOutputStream out, Dialogue dialogue)
      throws IOException {
    while (true) {
      byte kind = in.readByte();
      String text = Frames.readText(in);
      switch (kind) {
        case Frames.OUT -> dialogue.out(text);
        case Frames.ERR -> dialogue.err(text);
        case Frames.ASIDE -> dialogue.aside(text);
        case Frames.CONFIRM -> out.writeByte(dialogue.confirm(text) ? Frames.YES : Frames.NO);
        case Frames.PASSWORD -> answer(out, dialogue.password(text));
        case Frames.EXIT -> {
          return Integer.parseInt(text);
        }
        default -> throw new IOException("the server speaks another language than this command");
      }
      out.flush();
    }
  }

  private static void answer(DataOutputStream out, Optional<String> password) throws IOException {
    out.writeByte(password.isPresent() ? Frames.YES : Frames.NO);
    if (password.isPresent()) {
      Frames.writeText(out, password.get());
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
