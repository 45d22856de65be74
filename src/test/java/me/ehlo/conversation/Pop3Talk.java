package me.ehlo.conversation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import me.ehlo.front.Pop3Door;
import me.ehlo.lines.LineDecoder;
import me.ehlo.mail.StorageFailure;
import me.ehlo.pop3.Pieces;
import me.ehlo.pop3.Pop3Limits;
import me.ehlo.pop3.Pop3Session;
import me.ehlo.pop3.Turn;

/** A POP3 session fed by hand, without a wire. */
final class Pop3Talk implements Talk {
  private static final int RESPONSE_OCTETS_MAX = 512; // RFC 2449 §4

  private final Pop3Session session;
  private final LineDecoder lines;
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private boolean waits;
  private boolean closed;

  Pop3Talk(Scene scene) {
    Pop3Door door = scene.pop3Door(_ -> {});
    this.session =
        new Pop3Session(
            door.site(scene.client(), true), door.limits(), scene.ids.next().toString());
    if (door.encryption().fromTheStart()) {
      session.over(SmtpTalk.TLS);
    }
    this.lines = new LineDecoder(Pop3Limits.ANSWER_OCTETS_MAX, scene.strict());
  }

  @Override
  public void greet(boolean talksEarly) {
    carryOut(session.greeting());
  }

  @Override
  public void hear(byte[] octets) {
    int i = 0;
    while (i < octets.length && !closed) {
      i = lines.decode(octets, i, octets.length);
      if (lines.ended()) {
        Turn turn = session.on(session.read(lines.take()));
        waits = turn.next() == Turn.Next.ENCRYPT;
        carryOut(waits && i < octets.length ? session.notAlone() : turn);
      }
    }
  }

  @Override
  public void handshake() {
    session.over(SmtpTalk.TLS);
  }

  @Override
  public void idle() {
    closed = true; // RFC 1939 §3: the server closes without a word
  }

  @Override
  public void stop() {
    carryOut(session.stopping());
  }

  @Override
  public void end() {
    session.close();
  }

  @Override
  public byte[] said() {
    byte[] octets = said.toByteArray();
    said.reset();
    return octets;
  }

  @Override
  public boolean waits() {
    return waits;
  }

  @Override
  public boolean closed() {
    return closed;
  }

  private void carryOut(Turn turn) {
    byte[] first = turn.response().octets();
    assertThat(new String(first, UTF_8)).matches("((\\+OK|-ERR)( [^\r\n]*)?|\\+ [^\r\n]*)\r\n");
    assertThat(first.length).isLessThanOrEqualTo(RESPONSE_OCTETS_MAX);
    said.writeBytes(first);
    try (Pieces body = turn.body()) {
      for (byte[] piece = body.next(); piece.length > 0; piece = body.next()) {
        said.writeBytes(piece);
      }
    } catch (StorageFailure e) {
      throw new AssertionError("a mail of one piece fails before the response, not behind it", e);
    }
    closed = turn.next() == Turn.Next.CLOSE;
  }
}
