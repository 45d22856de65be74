package me.ehlo.send;

import java.util.List;
import java.util.Optional;

/**
 * The mail as it was asked for.
 *
 * @param whole all of it, header included, tokens not yet replaced; empty: it is made of the rest
 * @param headers that replace those of the same name, or ours
 * @param added headers that stand beside those of the same name
 * @param text of a mail that is made
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares mails, and nobody changes them
public record MailOrder(
    Optional<byte[]> whole,
    List<Header> headers,
    List<Header> added,
    byte[] text,
    List<Attachment> attachments) {

  public MailOrder {
    headers = List.copyOf(headers);
    added = List.copyOf(added);
    attachments = List.copyOf(attachments);
  }

  /** A field of the header, unfolded. */
  public record Header(String name, String value) {}

  /**
   * A file, or what stands for one.
   *
   * @param name empty: it has none
   * @param type such as {@code image/png}
   */
  @SuppressWarnings("ArrayRecordComponent") // likewise
  public record Attachment(String name, String type, byte[] octets) {}
}
