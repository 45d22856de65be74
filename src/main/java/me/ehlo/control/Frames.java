package me.ehlo.control;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What crosses the control socket.
 *
 * <p>The client says the version and the words of its request. The server says frames, each a kind and a text; the client
 * answers those that ask. Every length is bounded before anything is read by it.
 */
final class Frames {
  static final int VERSION = 1;

  /** A line of the result, a line that explains. */
  static final byte OUT = 'o';

  static final byte ERR = 'e';

  /** A line for a person at a terminal. */
  static final byte ASIDE = 'a';

  /** A question, answered with {@link #YES} or {@link #NO}. */
  static final byte CONFIRM = 'c';

  /** Asks for a password, answered with {@link #YES} and the password, or {@link #NO}. */
  static final byte PASSWORD = 'p';

  /** The end: the exit code as text. */
  static final byte EXIT = 'x';

  static final byte YES = 'y';
  static final byte NO = 'n';

  private static final int TEXT_MAX = 64 * 1024;
  private static final int WORDS_MAX = 10_000;

  private Frames() {}

  static void writeWords(DataOutputStream out, List<String> words) throws IOException {
    out.writeByte(VERSION);
    out.writeInt(words.size());
    for (String word : words) {
      writeText(out, word);
    }
    out.flush();
  }

  /** The words after the version, which the caller has read and found to be its own. */
  static List<String> readWords(DataInputStream in) throws IOException {
    int count = bounded(in.readInt(), 1, WORDS_MAX);
    List<String> words = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      words.add(readText(in));
    }
    return words;
  }

  static void writeFrame(DataOutputStream out, byte kind, String text) throws IOException {
    out.writeByte(kind);
    writeText(out, text);
    out.flush();
  }

  static void writeText(DataOutputStream out, String text) throws IOException {
    byte[] octets = text.getBytes(UTF_8);
    int length = Math.min(octets.length, TEXT_MAX);
    out.writeInt(length);
    out.write(octets, 0, length);
  }

  static String readText(DataInputStream in) throws IOException {
    byte[] octets = new byte[bounded(in.readInt(), 0, TEXT_MAX)];
    in.readFully(octets);
    return new String(octets, UTF_8);
  }

  private static int bounded(int length, int least, int most) throws IOException {
    if (length < least || length > most) {
      throw new IOException("a length out of bounds: " + length);
    }
    return length;
  }
}
