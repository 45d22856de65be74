package me.ehlo.access;

import java.time.Duration;

/** Makes whoever asks wait; a conversation's thread blocks so long, and no longer than the server runs. */
@FunctionalInterface
public interface Pause {

  /** For tests, and for those who do not want to wait. */
  Pause NONE = _ -> {};

  void pause(Duration duration);
}
