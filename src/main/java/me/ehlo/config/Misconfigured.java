package me.ehlo.config;

import java.util.List;
import java.util.stream.Collectors;

/** The configuration has mistakes, all of them listed; nothing is started with a part of it. */
public final class Misconfigured extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient List<Mistake> mistakes;

  public Misconfigured(List<Mistake> mistakes) {
    super(mistakes.stream().map(Mistake::toString).collect(Collectors.joining("\n")));
    this.mistakes = List.copyOf(mistakes);
  }

  public List<Mistake> mistakes() {
    return mistakes;
  }
}
