package me.ehlo.queue;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import me.ehlo.mail.StorageFailure;

/** A queue that has lost sight of seven recipients. */
record Forgetful(Queue queue) implements Queue {

  @Override
  public List<QueueEntry> claim(Instant now, Instant lease, int most) throws StorageFailure {
    return queue.claim(now, lease, most);
  }

  @Override
  public Optional<Instant> next() throws StorageFailure {
    return queue.next();
  }

  @Override
  public int settle(List<Settlement> settlements) throws StorageFailure {
    return queue.settle(settlements);
  }

  @Override
  public int recover(Instant now) throws StorageFailure {
    return queue.recover(now);
  }

  @Override
  public List<QueueEntry> list(Selection selection, int most) throws StorageFailure {
    return queue.list(selection, most);
  }

  @Override
  public long apply(Selection selection, Action action, Instant now) throws StorageFailure {
    return queue.apply(selection, action, now);
  }

  @Override
  public Map<State, Long> tally() throws StorageFailure {
    return queue.tally();
  }

  @Override
  public long strays(Instant now) {
    return 7;
  }
}
