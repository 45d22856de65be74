package me.ehlo.access;

import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import me.ehlo.sasl.ScramPassword;
import me.ehlo.sasl.ScramUser;
import me.ehlo.sasl.Verdict;

/**
 * A user, or nobody, as one run of SCRAM meets one.
 *
 * @param right what becomes of a client that has this password
 * @param wrong what becomes of a client that has none
 */
record ScramLogin(
    String salt,
    int iterations,
    String nonce,
    List<ScramPassword> passwords,
    Function<ScramPassword, Verdict> right,
    Supplier<Verdict> wrong)
    implements ScramUser {

  @Override
  public Verdict proved(ScramPassword password) {
    return right.apply(password);
  }

  @Override
  public Verdict failed() {
    return wrong.get();
  }
}
