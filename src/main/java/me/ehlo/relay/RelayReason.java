package me.ehlo.relay;

import me.ehlo.mail.Reason;

/** The reasons for which no conversation took place, named by meaning. Ids are stable, sentences may improve. */
public final class RelayReason {

  public static final Reason UNREACHABLE =
      new Reason("unreachable", 450, "4.4.1", "{} cannot be reached: {}");
  public static final Reason GONE =
      new Reason("mail-gone", 451, "4.3.0", "The mail is not in the store, where it should be");
  public static final Reason LOOKUP_TROUBLE =
      new Reason("residents-unreadable", 451, "4.3.0", "The list of users cannot be read just now");
  public static final Reason STRAY =
      new Reason(
          "stray",
          451,
          "4.4.6",
          "The recipient's domain counts as ours for one part of the configuration and not for another");
  public static final Reason OUR_FAULT =
      new Reason("our-fault-relaying", 451, "4.3.0", "We made a mistake in sending the mail");

  private RelayReason() {}
}
