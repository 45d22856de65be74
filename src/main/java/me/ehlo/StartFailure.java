package me.ehlo;

import org.jspecify.annotations.Nullable;

/** The server cannot start; the message is the sentence that people read. */
public final class StartFailure extends Exception {
  private static final long serialVersionUID = 1L;

  public StartFailure(String sentence, @Nullable Throwable cause) {
    super(sentence, cause);
  }
}
