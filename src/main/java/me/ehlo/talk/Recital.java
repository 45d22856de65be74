package me.ehlo.talk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import me.ehlo.call.Difference;
import me.ehlo.call.ScriptRun;
import me.ehlo.call.Scripts;
import me.ehlo.script.BadScript;
import me.ehlo.script.Script;
import me.ehlo.script.ScriptParser;
import me.ehlo.trace.Mark;

/** {@code /script}: a script speaks over the connection that stands, and whoever typed it has the prompt back behind it. */
final class Recital {
  private final Notebook notebook;

  Recital(Notebook notebook) {
    this.notebook = notebook;
  }

  /** Plays it; {@code words}: its file, and what of the answers counts. */
  void play(Conversation conversation, List<String> words) {
    Optional<Scripts.Level> level = words.size() > 1 ? level(words.getLast()) : Optional.empty();
    String name = String.join(" ", level.isPresent() ? words.subList(0, words.size() - 1) : words);
    if (name.isEmpty()) {
      error(Order.SCRIPT.usage());
      return;
    }
    try {
      Script script = ScriptParser.parse(name, Files.readString(FileNames.path(name)));
      ScriptRun run = run(script, conversation);
      Optional<String> why = foreign(script, conversation).or(run::unplayable);
      if (why.isPresent()) {
        error(name + " cannot be played here: " + why.get() + ".");
      } else {
        play(conversation, script, run, level.orElse(Scripts.Level.WORDS));
      }
    } catch (BadScript e) {
      error(String.valueOf(e.getMessage()));
    } catch (IOException | InvalidPathException e) {
      error(name + " cannot be read: " + e.getMessage());
    }
  }

  private static Optional<Scripts.Level> level(String word) {
    return List.of(Scripts.Level.values()).stream()
        .filter(each -> each.name().equals(word.toUpperCase(Locale.ROOT)))
        .findFirst();
  }

  private static ScriptRun run(Script script, Conversation conversation) {
    ScriptRun.Event tls =
        _ ->
            conversation.encrypting().handshake(conversation.link())
                ? Optional.empty()
                : Optional.of("there is no TLS");
    return new ScriptRun(script, Map.of("tls", tls), conversation.link().patience());
  }

  private static Optional<String> foreign(Script script, Conversation conversation) {
    boolean pop3 = script.protocol() == Script.Protocol.POP3;
    return pop3 == conversation.link().progress().protocol().hasCodes()
        ? Optional.of("it is in " + script.protocol() + ", and this server speaks another language")
        : Optional.empty();
  }

  private void play(Conversation conversation, Script script, ScriptRun run, Scripts.Level level) {
    ScriptRun.givens(script).forEach(given -> notebook.tell(Mark.INFO, given));
    Link link = conversation.link();
    List<Difference> differences = level.of(run.playOn(new StandingPartner(conversation)));
    for (Difference difference : differences) {
      error(difference.sentence());
    }
    if (differences.isEmpty()) {
      notebook.tell(Mark.INFO, script.name() + ": as written");
    } else {
      notebook.tally().failed(Scripts.OTHERWISE);
      notebook.tell(
          Mark.INFO, script.name() + ": otherwise (" + Difference.gravest(differences) + ")");
    }
    if (saysGoodbye(script) && link.progress().mode() == Progress.Mode.COMMAND) {
      link.call().close();
    } else if (!link.isOpen() && !differences.isEmpty()) {
      notebook.tally().brokeOff(Scripts.OTHERWISE);
    }
    if (!link.isOpen()) {
      notebook.tell(
          Mark.INFO, "the connection has ended with the script. /reconnect, /again or /quit");
    }
  }

  private static boolean saysGoodbye(Script script) {
    List<Script.Said> last = script.exchanges().getLast().said();
    return !last.isEmpty() && Words.of(ScriptRun.shown(last.getLast())).is("QUIT");
  }

  private void error(String text) {
    notebook.tell(Mark.ERROR, text);
  }
}
