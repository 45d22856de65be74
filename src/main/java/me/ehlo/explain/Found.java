package me.ehlo.explain;

import java.util.List;

/**
 * What was found for what somebody typed.
 *
 * @param explanations in the order of the words
 * @param unknown words that are none of the catalogue's; text behind a reply code is not meant to be
 */
public record Found(List<Explanation> explanations, List<String> unknown) {
  public Found {
    explanations = List.copyOf(explanations);
    unknown = List.copyOf(unknown);
  }
}
