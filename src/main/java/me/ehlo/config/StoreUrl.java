package me.ehlo.config;

import java.util.regex.Pattern;

/** Reads {@code store.url}, and shows it without its password; no message about it repeats what was written. */
public final class StoreUrl {
  // Not java.net.URI: it finds no host in a name with an underscore, as container networks have
  // them.
  private static final Pattern FORM =
      Pattern.compile(
          "postgresql://(?:[^/@\\s]*@)?(?:\\[[0-9A-Fa-f:]+]|[A-Za-z0-9._-]+)(?::\\d{1,5})?/[^/?\\s]+(?:\\?\\S*)?");
  private static final Pattern USER_PASSWORD = Pattern.compile("(//[^/@:]*):[^/]*@");
  private static final Pattern PARAMETER =
      Pattern.compile("([?&][^=&]*password=)[^&]*", Pattern.CASE_INSENSITIVE);

  private StoreUrl() {}

  static String read(String text, Surroundings surroundings) throws BadValue {
    if (!text.isEmpty() && !FORM.matcher(text).matches()) {
      throw new BadValue(
          "this is no database that Ehlo knows: write postgresql://user:password@host/db"
              + " (special characters of the password percent-encoded), or nothing for SQLite");
    }
    return text;
  }

  /** The URL as it may be shown. */
  public static String masked(String url) {
    String user = USER_PASSWORD.matcher(url).replaceAll("$1:***@");
    return PARAMETER.matcher(user).replaceAll("$1***");
  }
}
