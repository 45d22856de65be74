package me.ehlo.pop3;

import me.ehlo.mail.StorageFailure;

/** A site with one user, ann, whose password is "secret word"; for tests. */
public final class RamSite implements Site {
  public static final String USER = "ann";
  public static final String PASSWORD = "secret word";

  public final RamDrop drop;

  /** Whether passwords may be given. */
  public boolean takesPasswords = true;

  /** Whether too many are logging in. */
  public boolean busy;

  /** What was asked last. */
  public String askedFor = "";

  public RamSite(RamDrop drop) {
    this.drop = drop;
  }

  @Override
  public String hostname() {
    return "mail.example";
  }

  @Override
  public String sendingAt() {
    return "port 2525";
  }

  @Override
  public boolean takesPasswords() {
    return takesPasswords;
  }

  @Override
  public Login login(String user, String password) throws StorageFailure {
    askedFor = user + "/" + password;
    if (busy) {
      return new Login.Busy();
    }
    if (drop.trouble) {
      throw new StorageFailure(StorageFailure.Kind.TROUBLE, "told to fail");
    }
    return user.equals(USER) && password.equals(PASSWORD) ? drop.open() : new Login.Rejected();
  }
}
