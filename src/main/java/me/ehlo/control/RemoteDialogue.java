package me.ehlo.control;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Optional;

/**
 * The server's side of a dialogue over the control socket.
 *
 * <p>When whoever asked is gone, what was begun is finished unheard; a question to nobody is answered with no.
 */
final class RemoteDialogue implements Dialogue {
  private final DataInputStream in;
  private final DataOutputStream out;
  private boolean gone;

  RemoteDialogue(DataInputStream in, DataOutputStream out) {
    this.in = in;
    this.out = out;
  }

  @Override
  public void out(String line) {
    say(Frames.OUT, line);
  }

  @Override
  public void err(String line) {
    say(Frames.ERR, line);
  }

  @Override
  public void aside(String line) {
    say(Frames.ASIDE, line);
  }

  void exit(int code) {
    say(Frames.EXIT, Integer.toString(code));
  }

  @Override
  public boolean confirm(String question) {
    say(Frames.CONFIRM, question);
    return answeredYes();
  }

  @Override
  public Optional<String> password(String address) {
    say(Frames.PASSWORD, address);
    if (!answeredYes()) {
      return Optional.empty();
    }
    try {
      return Optional.of(Frames.readText(in));
    } catch (IOException e) {
      gone = true;
      return Optional.empty();
    }
  }

  private void say(byte kind, String text) {
    if (gone) {
      return;
    }
    try {
      Frames.writeFrame(out, kind, text);
    } catch (IOException e) {
      gone = true;
    }
  }

  private boolean answeredYes() {
    if (gone) {
      return false;
    }
    try {
      return in.readByte() == Frames.YES;
    } catch (IOException e) {
      gone = true;
      return false;
    }
  }
}
