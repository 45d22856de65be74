package me.ehlo.check;

import java.util.List;

/**
 * What is done in a conversation, besides greeting each other.
 *
 * @param group asked in one piece if the server pipelines; a MAIL first
 * @param groups further transactions, each with its MAIL first, line by line
 */
record Plan(boolean encrypt, List<Question> group, List<List<Question>> groups) {

  /** A look, and goodbye. */
  static final Plan GREET_ONLY = new Plan(false, List.of(), List.of());

  Plan {
    group = List.copyOf(group);
    groups = List.copyOf(groups);
  }

  boolean asks() {
    return !group.isEmpty();
  }
}
