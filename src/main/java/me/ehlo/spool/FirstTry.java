package me.ehlo.spool;

import java.time.Instant;

/**
 * When the recipients of a mail that are elsewhere shall first be tried.
 *
 * @param inHand whether the server that accepts it tries at once, so that the entries are born in its hands under a
 *     lease up to {@code at}; otherwise they wait until {@code at}
 */
public record FirstTry(boolean inHand, Instant at) {}
