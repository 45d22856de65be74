package me.ehlo.call;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.time.Duration;
import java.util.List;
import me.ehlo.net.WireFailure;
import me.ehlo.script.Script.Said;
import me.ehlo.trace.Mark;

/** A server on a call of its own, whose teller is told what is said and heard. */
record CallPartner(Call call, Duration patience) implements Partner {

  @Override
  public void say(List<Said> lines) throws WireFailure {
    for (Said line : lines) {
      call.tell(mark(line), ScriptRun.shown(line));
    }
    for (Said line : lines) {
      call.write(line.octets().getBytes(ISO_8859_1));
    }
    call.flush();
  }

  private Mark mark(Said line) {
    return line.shown().startsWith("|") ? Mark.CONTENT : Mark.sent(call.security().isPresent());
  }

  @Override
  public Heard hear() throws WireFailure {
    return call.hear(patience);
  }

  @Override
  public List<String> hearLines(int most) throws WireFailure {
    return call.hearRaw(most, patience);
  }

  @Override
  public void answered(List<Heard> answers) {
    // nobody goes on here
  }
}
