package me.ehlo.access;

import java.util.List;
import me.ehlo.mail.Mailbox;

/** Another name for one mailbox, or a distribution list when there are several targets (RFC 5321 §3.9). */
public record Alias(Mailbox name, List<Mailbox> targets) {
  public Alias {
    targets = List.copyOf(targets);
  }
}
