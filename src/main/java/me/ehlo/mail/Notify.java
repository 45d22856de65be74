package me.ehlo.mail;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the sender wants to be told about one recipient (NOTIFY, RFC 3461 §4.1).
 *
 * @param asked empty: the parameter was not given; an empty set: {@code NEVER}
 */
public record Notify(Optional<Set<Happening>> asked) {

  /** What may happen to a mail, as far as the sender can ask about it. */
  public enum Happening {
    SUCCESS,
    FAILURE,
    DELAY
  }

  /** The parameter was not given: failures are told, and long delays. */
  public static final Notify UNSAID = new Notify(Optional.empty());

  public static final Notify NEVER = new Notify(Optional.of(Set.of()));

  public Notify {
    asked = asked.map(Set::copyOf);
  }

  /** {@code NOTIFY=} with these. */
  public static Notify of(Set<Happening> happenings) {
    return new Notify(Optional.of(happenings));
  }

  /** Reads what {@link #toString} writes; {@link IllegalArgumentException} for anything else. */
  public static Notify parse(String text) {
    if (text.isEmpty()) {
      return UNSAID;
    }
    if (text.equals("NEVER")) {
      return NEVER;
    }
    Set<Happening> happenings = EnumSet.noneOf(Happening.class);
    for (String word : text.split(",", -1)) {
      happenings.add(Happening.valueOf(word));
    }
    return of(happenings);
  }

  public boolean wants(Happening happening) {
    return asked
        .map(set -> set.contains(happening))
        .orElse(happening != Happening.SUCCESS); // RFC 3461 §4.1: the default is ours to choose
  }

  /** The parameter's value; empty where it was not given. */
  @Override
  public String toString() {
    return asked
        .map(set ->
            set.isEmpty()
                ? "NEVER"
                : set.stream().sorted().map(Happening::name).collect(Collectors.joining(",")))
        .orElse("");
  }
}
