package me.ehlo.mime;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import me.ehlo.mime.Part.Flaw;
import org.apache.james.mime4j.MimeException;
import org.apache.james.mime4j.codec.DecodeMonitor;
import org.apache.james.mime4j.dom.field.ContentDispositionField;
import org.apache.james.mime4j.dom.field.ContentTypeField;
import org.apache.james.mime4j.field.ContentDispositionFieldLenientImpl;
import org.apache.james.mime4j.field.ContentTypeFieldLenientImpl;
import org.apache.james.mime4j.stream.Field;
import org.apache.james.mime4j.stream.RawField;

/** A part whose end has not come. */
final class OpenPart {
  private static final Set<String> PLAIN = Set.of("7bit", "8bit", "binary");
  private static final Set<String> OF_EIGHT_BITS = Set.of("8bit", "binary");
  private static final Set<String> ENCODED = Set.of("base64", "quoted-printable");
  private static final String DIGEST = "multipart/digest";

  private final String number;
  private final String usualType;
  private final List<Part> parts = new ArrayList<>();
  private final Set<Flaw> flaws = EnumSet.noneOf(Flaw.class);
  private Optional<ContentTypeField> type = Optional.empty();
  private Optional<ContentDispositionField> disposition = Optional.empty();
  private String encoding = "";
  private long octets;
  private long decodedOctets;

  private OpenPart(String number, String usualType) {
    this.number = number;
    this.usualType = usualType;
  }

  /** The mail itself. */
  static OpenPart first() {
    return new OpenPart("", "text/plain");
  }

  /** The part that begins within this one. */
  OpenPart child() {
    String next = (number.isEmpty() ? "" : number + ".") + (parts.size() + 1);
    return new OpenPart(next, type().equals(DIGEST) ? "message/rfc822" : "text/plain");
  }

  /** Of two fields that say the same, the first counts. */
  void field(Field field) throws MimeException {
    switch (field.getNameLowerCase()) {
      case "content-type" -> type = type.or(() -> Optional.of(parsedType(field)));
      case "content-disposition" ->
          disposition = disposition.or(() -> Optional.of(parsedDisposition(field)));
      case "content-transfer-encoding" ->
          encoding =
              encoding.isEmpty()
                  ? field.getBody().replaceAll("\\(.*|;.*", "").strip().toLowerCase(Locale.ROOT)
                  : encoding;
      default -> {}
    }
  }

  private static ContentTypeField parsedType(Field field) {
    return ContentTypeFieldLenientImpl.PARSER.parse(raw(field), DecodeMonitor.SILENT);
  }

  private static ContentDispositionField parsedDisposition(Field field) {
    return ContentDispositionFieldLenientImpl.PARSER.parse(raw(field), DecodeMonitor.SILENT);
  }

  private static RawField raw(Field field) {
    return new RawField(field.getName(), field.getBody());
  }

  String type() {
    return type.map(ContentTypeField::getMimeType)
        .filter(mimeType -> !mimeType.isEmpty())
        .map(mimeType -> mimeType.toLowerCase(Locale.ROOT))
        .orElse(usualType);
  }

  String encoding() {
    return encoding.isEmpty() ? "7bit" : encoding;
  }

  boolean isMultipart() {
    return type().startsWith("multipart/");
  }

  boolean isComposite() {
    return isMultipart() || type().equals("message/rfc822") || type().equals("message/global");
  }

  /** Whether its parts cannot be found. */
  boolean lacksBoundary() {
    boolean lacks =
        isMultipart()
            && type.map(ContentTypeField::getBoundary).filter(it -> !it.isBlank()).isEmpty();
    if (lacks) {
      note(Flaw.NO_BOUNDARY);
    }
    return lacks;
  }

  void note(Flaw flaw) {
    flaws.add(flaw);
  }

  void body(long seen, long decoded, boolean high, boolean damaged) {
    octets = seen;
    decodedOctets = decoded;
    if (high && !OF_EIGHT_BITS.contains(encoding())) {
      note(Flaw.EIGHT_BIT);
    }
    if (damaged) {
      note(Flaw.DAMAGED);
    }
  }

  void add(Part part) {
    parts.add(part);
  }

  Part close() {
    if (!PLAIN.contains(encoding()) && !ENCODED.contains(encoding())) {
      note(Flaw.UNKNOWN_ENCODING);
    } else if (isComposite() && ENCODED.contains(encoding())) {
      note(Flaw.ENCODED_PARTS);
    }
    String charset = charset();
    if (!charset.isEmpty() && !isKnown(charset)) {
      note(Flaw.UNKNOWN_CHARSET);
    }
    return new Part(
        number,
        type(),
        charset,
        encoding(),
        disposition
            .map(ContentDispositionField::getDispositionType)
            .map(it -> it.toLowerCase(Locale.ROOT))
            .orElse(""),
        fileName(),
        octets,
        decodedOctets,
        flaws,
        parts);
  }

  private String charset() {
    return type().startsWith("text/")
        ? type.map(it -> it.getParameter("charset"))
            .map(it -> it.toLowerCase(Locale.ROOT))
            .orElse("us-ascii") // RFC 2046 §4.1.2
        : "";
  }

  private static boolean isKnown(String charset) {
    try {
      return Charset.isSupported(charset);
    } catch (IllegalCharsetNameException _) {
      return false;
    }
  }

  private String fileName() {
    return EncodedWords.decode(
        disposition
            .map(ContentDispositionField::getFilename)
            .or(() -> type.map(it -> it.getParameter("name")))
            .orElse(""));
  }
}
