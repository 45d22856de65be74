package me.ehlo.access;

import java.util.Optional;

/**
 * Somebody wants to log in.
 *
 * @param client the address it comes from
 * @param account whom the name stands for; empty: nobody
 */
record Attempt(String client, LoginName name, Optional<Account> account) {

  /** What the log says of the name: an account's address; what nobody is called may be a password typed too early. */
  String who() {
    return account.map(known -> known.address().toString()).orElse("a name that nobody has");
  }
}
