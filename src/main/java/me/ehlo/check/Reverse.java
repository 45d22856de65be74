package me.ehlo.check;

import java.util.List;
import me.ehlo.dns.Dns.Answer;

/**
 * What an address is called.
 *
 * @param names what the DNS says
 * @param confirmed those of them that lead back to the address
 */
record Reverse(Answer<String> names, List<String> confirmed) {
  Reverse {
    confirmed = List.copyOf(confirmed);
  }
}
