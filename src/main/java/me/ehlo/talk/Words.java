package me.ehlo.talk;

import java.util.Locale;

/**
 * A typed line as a command: its verb, and what stands behind it.
 *
 * @param verb in capitals
 * @param rest as it was typed, without spaces around it
 */
record Words(String verb, String rest) {

  static Words of(String line) {
    String typed = line.strip();
    int space = 0;
    while (space < typed.length() && typed.charAt(space) != ' ' && typed.charAt(space) != '\t') {
      space++;
    }
    return space == typed.length()
        ? new Words(typed.toUpperCase(Locale.ROOT), "")
        : new Words(
            typed.substring(0, space).toUpperCase(Locale.ROOT), typed.substring(space).strip());
  }

  boolean is(String word) {
    return verb.equals(word);
  }

  /** The first word behind the verb, in capitals; empty: there is none. */
  String argument() {
    return of(rest).verb();
  }

  /** The address of {@code MAIL FROM:<a@b>} and {@code RCPT TO:<a@b>}, brackets or not; empty: there is none. */
  String address() {
    int colon = rest.indexOf(':');
    String behind = (colon < 0 ? rest : rest.substring(colon + 1)).strip();
    int open = behind.indexOf('<');
    int close = behind.lastIndexOf('>');
    if (open >= 0 && close > open) {
      return behind.substring(open + 1, close);
    }
    return behind.split(" ", 2)[0];
  }

  /** What stands behind the @ of the address; empty: nothing. */
  String domain() {
    String address = address();
    return address.substring(address.lastIndexOf('@') + 1).equals(address)
        ? ""
        : address.substring(address.lastIndexOf('@') + 1);
  }
}
