package me.ehlo.control;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Optional;

/** A dialogue with whoever started this process: prompts on a terminal, never anywhere else. */
public final class LocalDialogue implements Dialogue {
  private static final int TRIES = 3;
  private static final int LINE_MAX = 4096;

  private final Streams streams;
  private final boolean passwordFromInput;

  /**
   * @param passwordFromInput a password is the first line of standard input, and is not asked for
   */
  public LocalDialogue(Streams streams, boolean passwordFromInput) {
    this.streams = streams;
    this.passwordFromInput = passwordFromInput;
  }

  @Override
  public void out(String line) {
    streams.out().println(line);
  }

  @Override
  public void err(String line) {
    streams.err().println(line);
  }

  @Override
  public void aside(String line) {
    if (streams.keyboard().isThere()) {
      err(line);
    }
  }

  @Override
  public boolean confirm(String question) {
    if (!streams.keyboard().isThere()) {
      err(question + " Say --yes, as there is no terminal to answer on.");
      return false;
    }
    String answer = streams.keyboard().line(question + " [y/N] ").orElse("");
    return answer.strip().toLowerCase(Locale.ROOT).matches("y|yes");
  }

  @Override
  public Optional<String> password(String address) {
    if (passwordFromInput) {
      return firstLine();
    }
    if (!streams.keyboard().isThere()) {
      err(
          "There is no terminal to ask for the password on: say --password-stdin and give it as a"
              + " line of input.");
      return Optional.empty();
    }
    return askedTwice(address);
  }

  private Optional<String> askedTwice(String address) {
    for (int i = 0; i < TRIES; i++) {
      Optional<String> first = streams.keyboard().secret("New password for " + address + ": ");
      if (first.isEmpty()) {
        return first;
      }
      if (first.equals(streams.keyboard().secret("The same again: "))) {
        return first;
      }
      err("These are two different passwords.");
    }
    return Optional.empty();
  }

  private Optional<String> firstLine() {
    try {
      return Optional.of(readLine(streams.in()));
    } catch (IOException e) {
      err("The password cannot be read from standard input: " + e.getMessage());
      return Optional.empty();
    }
  }

  // Octet by octet, so that nothing behind the line is taken from whoever reads the input next.
  private static String readLine(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    int octet = in.read();
    while (octet >= 0 && octet != '\n' && line.size() < LINE_MAX) {
      line.write(octet);
      octet = in.read();
    }
    String text = line.toString(UTF_8);
    return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
  }
}
