package me.ehlo.mime;

import java.util.List;
import java.util.Optional;

/**
 * A mail that has been read.
 *
 * @param mbox the line {@code From ...} that stood in front of it, as in mbox files (RFC 4155); empty: none
 * @param others whether the file goes on with other mails, at which nobody has looked
 * @param fields of its header, the first first
 * @param wholeHeader whether these are all its fields
 * @param content the mail as a part, with all parts it has
 * @param whole whether all parts were followed
 */
public record ReadMail(
    String mbox,
    boolean others,
    List<HeaderField> fields,
    boolean wholeHeader,
    Part content,
    boolean whole,
    LineEnds lines) {

  public ReadMail {
    fields = List.copyOf(fields);
  }

  /** All fields of that name, the first first. */
  public List<HeaderField> all(String name) {
    return fields.stream().filter(field -> field.is(name)).toList();
  }

  /** The first field of that name. */
  public Optional<HeaderField> first(String name) {
    return fields.stream().filter(field -> field.is(name)).findFirst();
  }

  /** What the first field of that name says, as people read it; empty: there is none. */
  public String text(String name) {
    return first(name).map(field -> field.text().strip()).orElse("");
  }
}
