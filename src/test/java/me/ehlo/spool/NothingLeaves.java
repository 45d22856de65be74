package me.ehlo.spool;

import me.ehlo.mail.Domain;

/** For sites that relay for nobody, so that no mail ever leaves. */
public final class NothingLeaves implements Arrivals {

  @Override
  public FirstTry firstTry() {
    throw new AssertionError("nothing leaves");
  }

  @Override
  public void kept(Arrival arrival) {
    throw new AssertionError("nothing leaves: " + arrival);
  }

  @Override
  public long flush(Domain domain, boolean subdomains) {
    return 0;
  }
}
