package me.ehlo.talk;

import java.util.Optional;
import me.ehlo.call.Door;

/** Where somebody wants to connect to, as it is typed: {@code host}, {@code host:587}, {@code [::1]:25}, {@code 587}. */
public record Place(String host, int port, Door door) {
  private static final int PORT_MAX = 65_535;

  /** What was typed; what it leaves out is as it is {@code here}. Empty: it is nothing of the kind. */
  public static Optional<Place> of(String typed, Place here) {
    if (isPort(typed)) {
      int port = Integer.parseInt(typed);
      return Optional.of(new Place(here.host, port, Door.at(port)));
    }
    int colon = typed.lastIndexOf(':');
    boolean bare =
        colon < 0 || typed.indexOf(':') != colon && !typed.endsWith("]") && !typed.contains("]:");
    if (bare || typed.endsWith("]")) { // a name, an address, an address literal
      return typed.isEmpty() || typed.contains(" ")
          ? Optional.empty()
          : Optional.of(new Place(typed, here.door.port(), here.door));
    }
    String port = typed.substring(colon + 1);
    String host = typed.substring(0, colon);
    if (!isPort(port) || host.isEmpty() || host.contains(" ")) {
      return Optional.empty();
    }
    int number = Integer.parseInt(port);
    Door usual = Door.at(number);
    return Optional.of(new Place(host, number, usual.equals(Door.SMTP) ? here.door : usual));
  }

  private static boolean isPort(String text) {
    return !text.isEmpty()
        && text.length() <= 5
        && text.chars().allMatch(c -> c >= '0' && c <= '9')
        && Integer.parseInt(text) >= 1
        && Integer.parseInt(text) <= PORT_MAX;
  }
}
