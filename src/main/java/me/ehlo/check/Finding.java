package me.ehlo.check;

/**
 * What one check has found at one place.
 *
 * @param check its id: {@code cert}
 * @param saw what was seen, a sentence
 * @param means who is affected, and how; empty where nobody is
 * @param todo what to do about it; empty where nothing has to be done
 */
public record Finding(
    String check, Result result, Place where, String saw, String means, String todo) {

  static Finding ok(String check, Place where, String saw) {
    return new Finding(check, Result.OK, where, saw, "", "");
  }

  static Finding skip(String check, Place where, String why) {
    return new Finding(check, Result.SKIP, where, why, "", "");
  }

  static Finding unknown(String check, Place where, String why) {
    return new Finding(check, Result.UNKNOWN, where, why, "", "");
  }

  static Finding unknown(String check, Place where, String why, String todo) {
    return new Finding(check, Result.UNKNOWN, where, why, "", todo);
  }

  static Finding note(String check, Place where, String saw, String means, String todo) {
    return new Finding(check, Result.NOTE, where, saw, means, todo);
  }

  static Finding warn(String check, Place where, String saw, String means, String todo) {
    return new Finding(check, Result.WARN, where, saw, means, todo);
  }

  static Finding fail(String check, Place where, String saw, String means, String todo) {
    return new Finding(check, Result.FAIL, where, saw, means, todo);
  }
}
