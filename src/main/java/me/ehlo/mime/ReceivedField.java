package me.ehlo.mime;

import java.net.InetAddress;
import java.time.OffsetDateTime;
import java.util.Optional;

/**
 * What a Received field says, whoever has written it (RFC 5321 §4.4); a text that is empty is not told.
 *
 * @param by the host that took the mail
 * @param with how it came, as written: {@code ESMTPS}, {@code Microsoft SMTP Server}
 * @param recipient for whom
 * @param at when it was taken, on that host's clock
 * @param text the whole of it, unfolded
 */
public record ReceivedField(
    Client client,
    String by,
    String with,
    Tls tls,
    String id,
    String recipient,
    Optional<OffsetDateTime> at,
    String text) {

  /**
   * From whom the mail was taken.
   *
   * @param said what it called itself
   * @param reverse the name that its address has, as the host saw
   * @param address as the host saw it
   * @param doubtful the host writes that the name does not lead back to the address
   */
  public record Client(
      String said, String reverse, Optional<InetAddress> address, boolean doubtful) {

    /** Whether the field says nothing of a client. */
    public boolean isUntold() {
      return said.isEmpty() && reverse.isEmpty() && address.isEmpty();
    }
  }

  /**
   * The encryption, as far as told.
   *
   * @param version {@code TLSv1.3}, however it was written
   */
  public record Tls(String version, String cipher) {
    static final Tls UNTOLD = new Tls("", "");

    public boolean isUntold() {
      return version.isEmpty() && cipher.isEmpty();
    }
  }

  /** Whether anything of its grammar could be made out. */
  public boolean isReadable() {
    boolean isComment = text.startsWith("("); // qmail, on its own machine
    return !client.isUntold() || !by.isEmpty() || isComment && at.isPresent();
  }
}
