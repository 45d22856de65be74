package me.ehlo.pop3;

import java.util.ArrayList;
import java.util.List;

/**
 * What a command leads to.
 *
 * @param body what follows the response's first line, ready for the wire
 * @param next whether the conversation goes on
 * @param details what the log is told beside the sentence; never a secret
 */
public record Turn(Response response, Pieces body, Next next, List<Detail> details) {

  /** Whether the conversation goes on. */
  public enum Next {
    GO_ON,
    /** In TLS, once this has been said; then the session is told what it runs over. */
    ENCRYPT,
    CLOSE
  }

  /** A detail for the log. */
  public record Detail(String name, String value) {}

  public Turn {
    details = List.copyOf(details);
  }

  static Turn say(Response response) {
    return say(response, Pieces.NONE);
  }

  static Turn say(Response response, Pieces body) {
    return new Turn(response, body, Next.GO_ON, List.of());
  }

  Turn close() {
    return new Turn(response, body, Next.CLOSE, details);
  }

  Turn encrypt() {
    return new Turn(response, body, Next.ENCRYPT, details);
  }

  Turn with(String name, Object value) {
    List<Detail> more = new ArrayList<>(details);
    more.add(new Detail(name, value.toString()));
    return new Turn(response, body, next, more);
  }
}
