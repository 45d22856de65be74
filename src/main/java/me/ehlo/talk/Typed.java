package me.ehlo.talk;

/** What a person has done at the prompt. */
public sealed interface Typed {

  /** A line, without its ending. */
  record Line(String text) implements Typed {}

  /** Ctrl-C; {@code begun}: what stood on the line, now gone. */
  record Interrupt(String begun) implements Typed {}

  /** Ctrl-D on an empty line, or the end of a file. */
  record End() implements Typed {}

  /** The wish to write in an editor; {@code begun}: what stood on the line. */
  record Editor(String begun) implements Typed {}
}
