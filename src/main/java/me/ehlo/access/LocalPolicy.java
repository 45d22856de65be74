package me.ehlo.access;

import java.util.Optional;
import java.util.Set;
import me.ehlo.mail.ForwardPath;
import me.ehlo.mail.ReversePath;
import me.ehlo.smtp.GuestReplies;
import me.ehlo.smtp.Reply;
import me.ehlo.smtp.server.Client;
import me.ehlo.smtp.server.LocalUser;
import me.ehlo.smtp.server.Policy;

/**
 * The site's policy for users of this machine: who of them may send mail at all; for everything else the answer is the one
 * of the policy behind it.
 *
 * <p>They may write under any address, as sendmail has always let them: a web application sends under the name of its
 * domain and not of the user that it runs as. Whose program it was stands in the Received field and in the log.
 */
public final class LocalPolicy implements Policy {
  private final Policy others;
  private final Optional<Set<String>> names;

  /**
   * @param names of those who may; empty: all may
   */
  public LocalPolicy(Policy others, Optional<Set<String>> names) {
    this.others = others;
    this.names = names.map(Set::copyOf);
  }

  @Override
  public Optional<Reply> sender(Client client, ReversePath from) {
    String name = client.user().map(LocalUser::name).orElse("");
    return names.map(known -> known.contains(name)).orElse(true)
        ? others.sender(client, from)
        : Optional.of(Reply.of(GuestReplies.USER_MAY_NOT_SUBMIT, name));
  }

  @Override
  public Verdict recipient(Client client, ReversePath from, ForwardPath to, long size) {
    return others.recipient(client, from, to, size);
  }
}
