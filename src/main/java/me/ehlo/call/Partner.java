package me.ehlo.call;

import java.util.List;
import me.ehlo.net.WireFailure;
import me.ehlo.script.Script.Said;

/** The other side of a script: a call made for it, or one on which somebody talks already. */
public interface Partner {

  /** The connection on which it all happens. */
  Call call();

  /** Sends these lines together, and shows them. */
  void say(List<Said> lines) throws WireFailure;

  /** Waits for an answer. */
  Heard hear() throws WireFailure;

  /** The lines behind a response of POP3 with the dot that ends them, as they came; so many are kept. */
  List<String> hearLines(int most) throws WireFailure;

  /** These are the answers to what was said last. */
  void answered(List<Heard> answers);
}
