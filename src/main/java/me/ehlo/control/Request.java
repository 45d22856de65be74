package me.ehlo.control;

import java.util.List;
import java.util.OptionalLong;
import me.ehlo.queue.Queue;

/** What an administrator asks for, as typed: whether an address is one is for {@link Administration} to say. */
public sealed interface Request {

  record UserAdd(String address, OptionalLong quotaOctets) implements Request {}

  record UserList() implements Request {}

  record UserPassword(String address) implements Request {}

  /** {@code confirmed}: mails that go with the account were thought of. */
  record UserRemove(String address, boolean confirmed) implements Request {}

  record UserQuota(String address, long quotaOctets) implements Request {}

  /** {@code given}: the password comes from whoever asks; else it is made up. */
  record AppPasswordAdd(String address, String name, boolean given) implements Request {}

  record AppPasswordList(String address) implements Request {}

  record AppPasswordRemove(String address, String name) implements Request {}

  record AliasAdd(String name, List<String> targets) implements Request {
    public AliasAdd {
      targets = List.copyOf(targets);
    }
  }

  record AliasList() implements Request {}

  record AliasRemove(String name) implements Request {}

  record QueueList(Filters filters, int limit, boolean json) implements Request {}

  record QueueShow(String id, boolean json) implements Request {}

  record QueueChange(Queue.Action action, Filters filters) implements Request {}

  record QueueFlush() implements Request {}

  record Verify() implements Request {}

  /** {@code file}: an absolute path, for the server stands in another folder than who asks it. */
  record Backup(String file) implements Request {}
}
