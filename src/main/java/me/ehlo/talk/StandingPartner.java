package me.ehlo.talk;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import me.ehlo.call.Call;
import me.ehlo.call.Heard;
import me.ehlo.call.Partner;
import me.ehlo.call.Protocol;
import me.ehlo.call.ScriptRun;
import me.ehlo.net.WireFailure;
import me.ehlo.script.Script.Said;
import me.ehlo.trace.Mark;

/**
 * The server somebody talks to, while a script speaks in his place.
 *
 * <p>What the script says and hears counts as if it had been typed: the prompt, the completion and {@code /again} know behind
 * it where things stand.
 */
final class StandingPartner implements Partner {
  private static final String DOT = ".";

  private final Conversation conversation;
  private final Link link;
  private final List<String> awaited = new ArrayList<>();
  private boolean content;
  private long chunk;

  StandingPartner(Conversation conversation) {
    this.conversation = conversation;
    this.link = conversation.link();
  }

  @Override
  public Call call() {
    return link.call();
  }

  @Override
  public void say(List<Said> lines) throws WireFailure {
    awaited.clear();
    content = link.progress().mode() == Progress.Mode.CONTENT;
    for (Said line : lines) {
      show(line);
      link.call().write(line.octets().getBytes(ISO_8859_1));
    }
    link.call().flush();
  }

  private void show(Said line) {
    String text = ScriptRun.shown(line);
    if (chunk > 0) {
      chunk -= line.octets().length();
      link.note(Mark.CONTENT, text);
    } else if (content) {
      link.note(Mark.CONTENT, text);
      content = !line.octets().equals(".\r\n");
      if (!content) {
        awaited.add(DOT);
      }
    } else {
      boolean challenged = link.progress().mode() == Progress.Mode.CHALLENGE;
      link.note(Mark.sent(link.isEncrypted()), Secrecy.shown(text, challenged));
      awaited.add(text);
      chunk = Words.of(text).is("BDAT") ? octets(Words.of(text)) : 0;
    }
  }

  @Override
  public Heard hear() throws WireFailure {
    return link.hear("the script");
  }

  @Override
  public List<String> hearLines(int most) throws WireFailure {
    return link.hearRaw(most);
  }

  @Override
  public void answered(List<Heard> answers) {
    Iterator<Heard> rest = answers.iterator();
    for (String command : awaited) {
      boolean mail = command.equals(DOT) || endsChunks(Words.of(command));
      // RFC 2033 §4.2: LMTP answers for each recipient
      boolean each = mail && link.progress().protocol() == Protocol.LMTP;
      int count = each ? Math.max(1, link.progress().recipients().size()) : 1;
      for (int i = 0; i < count && rest.hasNext(); i++) {
        if (mail) {
          conversation.noteMail(rest.next(), each, i == count - 1);
        } else {
          conversation.note(command, rest.next());
        }
      }
    }
  }

  private static boolean endsChunks(Words words) {
    return words.is("BDAT") && Words.of(words.rest()).rest().equalsIgnoreCase("LAST");
  }

  private static long octets(Words words) {
    String number = words.argument();
    return number.matches("[0-9]{1,9}") ? Long.parseLong(number) : 0;
  }
}
