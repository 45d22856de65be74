package me.ehlo.check;

/** The doors of a host that are looked at: that of its mail, and others that show whether the host is there at all. */
public record Ports(int smtp, int submission, int web) {
  public static final Ports USUAL = new Ports(25, 587, 443);
}
