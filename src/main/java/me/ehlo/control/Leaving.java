package me.ehlo.control;

import java.time.Clock;
import me.ehlo.queue.Queue;

/**
 * The mail that leaves, as far as administration has to do with it.
 *
 * @param wake tells whoever works through the queue that it has changed; does nothing where nobody does
 * @param clock tells the time, and in which zone people here live
 */
public record Leaving(Queue queue, Runnable wake, Clock clock) {}
