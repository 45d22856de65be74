package me.ehlo.sasl;

import java.util.List;

/** The authority where nobody may log in, and the user of SCRAM whom it knows. */
final class Nobody implements Authority, ScramUser {

  @Override
  public Verdict password(String name, String password) {
    return failed();
  }

  @Override
  public String salt() {
    return "AAAAAAAAAAAAAAAAAAAAAA==";
  }

  @Override
  public int iterations() {
    return 4096; // RFC 7677 §4: the least
  }

  @Override
  public String nonce() {
    return "nobody";
  }

  @Override
  public List<ScramPassword> passwords() {
    return List.of();
  }

  @Override
  public Verdict proved(ScramPassword password) {
    return failed();
  }

  @Override
  public Verdict failed() {
    return Verdict.refused(Verdict.Why.WRONG);
  }
}
