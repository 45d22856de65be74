package me.ehlo.lines;

/**
 * What a mail may be made of ({@code limits.header-size} and its neighbours).
 *
 * @param headerOctets of the mail's own header and those of all its parts together
 * @param headerFields in one header
 * @param depth levels of parts within parts
 * @param parts of one mail, on all levels
 */
public record ContentLimits(long headerOctets, int headerFields, int depth, int parts) {

  /** Those of a configuration that says nothing of them. */
  public static final ContentLimits DEFAULT = new ContentLimits(1 << 20, 5000, 100, 10_000);
}
