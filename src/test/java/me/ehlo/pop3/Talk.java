package me.ehlo.pop3;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import me.ehlo.lines.Line;
import me.ehlo.mail.StorageFailure;
import me.ehlo.sasl.Channel;

/** A session that is talked to in text, for tests. */
final class Talk {
  final Pop3Session session;
  final StringBuilder transcript = new StringBuilder();
  boolean closed;
  boolean encrypts;

  Talk(Site site) {
    this(site, Pop3Limits.DEFAULT);
  }

  Talk(Site site, Pop3Limits limits) {
    this(site, limits, Channel.CLEAR);
  }

  /** A session that begins over this. */
  Talk(Site site, Pop3Limits limits, Channel channel) {
    session = new Pop3Session(site, limits, "C1");
    session.over(channel);
    hear(session.greeting());
  }

  /** Says a line; gives back all that is answered, with LF for CRLF and without the last one. */
  String say(String line) throws StorageFailure {
    transcript.append("C: ").append(line).append('\n');
    return hear(session.on(session.read(new Line.Text(line))));
  }

  /** Says lines; gives back the last answer. */
  String say(String line, String... more) throws StorageFailure {
    String answer = say(line);
    for (String next : more) {
      answer = say(next);
    }
    return answer;
  }

  private String hear(Turn turn) {
    ByteArrayOutputStream wire = new ByteArrayOutputStream();
    wire.writeBytes(turn.response().octets());
    try (Pieces body = turn.body()) {
      for (byte[] piece = body.next(); piece.length > 0; piece = body.next()) {
        wire.writeBytes(piece);
      }
    } catch (StorageFailure failure) {
      wire.writeBytes("broken\r\n".getBytes(ISO_8859_1));
    }
    closed = turn.next() == Turn.Next.CLOSE;
    encrypts = turn.next() == Turn.Next.ENCRYPT;
    String answer = wire.toString(ISO_8859_1);
    transcript.append(answer.replace("\r\n", "\n"));
    return answer.substring(0, answer.length() - 2).replace("\r\n", "\n");
  }
}
