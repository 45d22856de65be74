package me.ehlo.access;

import java.util.Optional;
import java.util.function.Supplier;

/** Where passwords are hashed: a few at a time, so that guessing does not take the machine away from the mail. */
@FunctionalInterface
public interface Hashing {

  /** The result; empty when too many wait already, and nothing was done. */
  Optional<Boolean> run(Supplier<Boolean> work);
}
