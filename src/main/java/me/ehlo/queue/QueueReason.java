package me.ehlo.queue;

import me.ehlo.mail.Reason;

/** The decisions that are the queue's own. */
public final class QueueReason {

  /** RFC 3463 §3.5: delivery time expired. The last attempt's own words are told with it. */
  public static final Reason EXPIRED =
      new Reason(
          "expired",
          451,
          "4.4.7",
          "It could not be delivered in {}, so we have given up. The last attempt said: {}");

  /** The domain became one of ours while the mail was waiting. */
  public static final Reason OURS =
      new Reason("delivered-here", 250, "2.1.5", "The recipient is here now");

  private QueueReason() {}
}
