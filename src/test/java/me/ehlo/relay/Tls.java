package me.ehlo.relay;

import java.security.GeneralSecurityException;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import me.ehlo.net.Authority;

/** A certificate for {@code mx.test} that an authority signed, and those who trust it. */
public final class Tls {
  private static final class Kept {
    static final SSLContext CONTEXT = context();
  }

  private Tls() {}

  /** For servers that show it and clients that trust it; the same one every time, since making it takes a while. */
  public static SSLContext kept() {
    return Kept.CONTEXT;
  }

  /** Whom this machine trusts, and that is none of those below. */
  static SSLContext ofTheMachine() {
    try {
      return SSLContext.getDefault();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /** For servers that show it and clients that trust it. */
  static SSLContext context() {
    Authority authority = new Authority();
    return authority.showing(authority.issue("mx.test"));
  }

  /** The same, with a certificate that ended ten days ago. */
  static SSLContext expired() {
    Authority authority = new Authority();
    return authority.showing(authority.issueFor(Duration.ofDays(-10), "mx.test"));
  }
}
