package me.ehlo.smtp.server;

import java.util.Set;
import java.util.function.Supplier;
import me.ehlo.lines.ContentScan;
import me.ehlo.lines.ContentShape;
import me.ehlo.mail.Authors;

/**
 * What was found about a mail's content while it came in.
 *
 * @param octets how many there are so far
 * @param flaw an octet that must not be there
 * @param excess a limit that its headers or parts pass
 * @param hops how many Received fields its header has
 * @param deliveredTo what its Delivered-To fields say, in lower case
 * @param authors whom its header names; asked when its last octet is there
 * @param stored whether the store took all of it
 */
public record ContentFacts(
    long octets,
    ContentScan.Flaw flaw,
    ContentShape.Excess excess,
    int hops,
    Set<String> deliveredTo,
    Supplier<Authors> authors,
    Stored stored) {

  /** How the store fared. */
  public enum Stored {
    WELL,
    FULL,
    TROUBLE
  }
}
