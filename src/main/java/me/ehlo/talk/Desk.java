package me.ehlo.talk;

import java.time.Duration;
import java.util.Optional;
import me.ehlo.trace.Mark;
import me.ehlo.trace.Utterance;

/** Where somebody sits and types: a terminal, or a pipe with a script's lines. */
public interface Desk extends AutoCloseable {

  /**
   * Waits for what is typed next.
   *
   * @param gutter the mark that what is typed will have
   */
  Typed type(Mark gutter);

  /** Shows a line; {@code took}: how long it was awaited, zero if that is of no interest. From any thread. */
  void show(Utterance utterance, Duration took);

  /** Shows part of a line, or ends one with a line ending; only while nobody types. */
  void mutter(String part);

  /** Asks for a word, {@code hidden}: without showing it; empty if there is nobody to ask, or no answer. */
  Optional<String> ask(String prompt, boolean hidden);

  /** Has a text written in the person's own editor; empty if there is none. */
  Optional<String> edit(String begun);

  /** Forgets lines that were pasted or typed ahead; returns how many. */
  int dropQueued();

  /** Puts a line before who has typed it, to be mended; nothing where no line is edited. */
  void giveBack(String line);

  /** Whether Ctrl-C was typed while nobody was asked for a line; asking forgets it. */
  boolean interrupted();

  /** Whether somebody is there who can be asked and wants to be told. */
  boolean isPerson();

  /** What stands in the status line while somebody types; nothing where there is none. From any thread. */
  void status(String text);

  /** What is awaited, in the place of the next line until that is shown; nothing where there is no status line. */
  void await(String text);

  @Override
  void close();
}
