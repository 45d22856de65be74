package me.ehlo.smtp.server;

import java.util.Set;
import me.ehlo.lines.ContentScan;

/**
 * What was found about a mail's content while it came in.
 *
 * @param octets how many there are so far
 * @param flaw an octet that must not be there
 * @param hops how many Received fields its header has
 * @param deliveredTo what its Delivered-To fields say, in lower case
 * @param stored whether the store took all of it
 */
public record ContentFacts(
    long octets, ContentScan.Flaw flaw, int hops, Set<String> deliveredTo, Stored stored) {

  /** How the store fared. */
  public enum Stored {
    WELL,
    FULL,
    TROUBLE
  }
}
