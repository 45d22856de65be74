package me.ehlo.send;

import java.util.Optional;

/** Somebody at a terminal who can be asked. */
public interface Asking {

  /** Whether there is anybody. */
  boolean isThere();

  /** Asks; empty when there is no answer. */
  Optional<String> line(String prompt);

  /** The same, without showing what is typed. */
  Optional<String> secret(String prompt);
}
