package me.ehlo.check;

import java.util.List;

/**
 * Something that is looked at in what was seen of a domain's mail.
 *
 * <p>A check gives a finding for each place that it looks at, {@link Result#OK} where all is well. What could not be looked at,
 * because something before did not work, is {@link Result#UNKNOWN}.
 */
interface Check {

  /** By which {@code --only} and the JSON know it. */
  String id();

  List<Finding> findings(Facts facts);
}
