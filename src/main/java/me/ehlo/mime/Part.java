package me.ehlo.mime;

import java.util.List;
import java.util.Set;

/**
 * A part of a mail, or the whole of it (RFC 2045 §2.4); a text that is empty is not told.
 *
 * @param number {@code 1.2}: the second part of the first; empty: the mail itself
 * @param type {@code text/plain}, in lower case
 * @param charset of a text
 * @param encoding {@code base64}, in lower case
 * @param disposition {@code attachment}, in lower case
 * @param octets as it stands in the mail; of what has parts, 0
 * @param decodedOctets what it is decoded
 */
public record Part(
    String number,
    String type,
    String charset,
    String encoding,
    String disposition,
    String fileName,
    long octets,
    long decodedOctets,
    Set<Flaw> flaws,
    List<Part> parts) {

  /** What is odd about one part. */
  public enum Flaw {
    /** A multipart whose closing boundary never comes. */
    NO_END,
    /** A multipart without a boundary to find its parts by. */
    NO_BOUNDARY,
    UNKNOWN_CHARSET,
    UNKNOWN_ENCODING,
    /** Octets above 127 where the encoding is 7bit (RFC 2045 §2.7). */
    EIGHT_BIT,
    /** Octets that its encoding does not have. */
    DAMAGED,
    /** What has parts may only be 7bit, 8bit or binary (RFC 2045 §6.4). */
    ENCODED_PARTS,
    /** It is of a type that has parts, and was not opened, because there were too many already. */
    NOT_OPENED
  }

  public Part {
    flaws = Set.copyOf(flaws);
    parts = List.copyOf(parts);
  }

  /** Whether it has parts of its own, or could have them. */
  public boolean isComposite() {
    return type.startsWith("multipart/") || isMail();
  }

  /** Whether it is a mail within the mail. */
  public boolean isMail() {
    return type.equals("message/rfc822") || type.equals("message/global");
  }
}
