package me.ehlo.control;

import java.util.Optional;

/** How a command talks with whoever typed it, at this terminal or at the other end of the control socket. */
public interface Dialogue {

  /** A line of the result. */
  void out(String line);

  /** A line that explains, warns or refuses. */
  void err(String line);

  /** A line for a person at a terminal; a script does not see it. */
  void aside(String line);

  /** Asks before something that cannot be undone; false when there is nobody to ask, who has then been told why. */
  boolean confirm(String question);

  /** A new password for this address; empty when none could be had, and why has then been said. */
  Optional<String> password(String address);
}
