package me.ehlo.trace;

/** Takes events; quick, from any thread, and never fails. */
@FunctionalInterface
public interface Journal {
  void record(Event event);
}
