package me.ehlo.mail;

import java.util.List;

/**
 * One accepted recipient of a mail.
 *
 * @param path as the client gave it, without source route
 * @param accounts the local accounts it leads to, each once; at least one
 */
public record Recipient(ForwardPath path, List<AccountId> accounts) {
  public Recipient {
    accounts = List.copyOf(accounts);
  }
}
