package me.ehlo.spool;

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
}
