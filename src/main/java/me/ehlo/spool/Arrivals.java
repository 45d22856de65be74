package me.ehlo.spool;

/** "These are now due": how a mail gets from taking to handing on. Implemented by the queue, joined in the wiring. */
public interface Arrivals {

  /** When recipients elsewhere of a mail accepted now shall be tried. Asked before each commit; quick. */
  FirstTry firstTry();

  /** The mail has reached the disk with recipients elsewhere; returns at once. */
  void kept(Arrival arrival);
}
