package me.ehlo.send;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** How the operating system calls the user that runs this. */
public final class UserName {
  private static final String NOBODY_KNOWS = "?"; // as Java says where there is no such user
  private static final Path SELF = Path.of("/proc/self");

  private UserName() {}

  /** The name; of a user without one, as containers have them, the number. */
  public static String find() {
    String name = System.getProperty("user.name", NOBODY_KNOWS);
    if (!name.equals(NOBODY_KNOWS)) {
      return name;
    }
    try {
      return String.valueOf(Files.getAttribute(SELF, "unix:uid"));
    } catch (IOException | UnsupportedOperationException e) {
      return "nobody";
    }
  }
}
