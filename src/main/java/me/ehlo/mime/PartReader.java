package me.ehlo.mime;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import me.ehlo.lines.ContentLimits;
import me.ehlo.mime.Part.Flaw;
import org.apache.james.mime4j.MimeException;
import org.apache.james.mime4j.codec.Base64InputStream;
import org.apache.james.mime4j.codec.DecodeMonitor;
import org.apache.james.mime4j.codec.QuotedPrintableInputStream;
import org.apache.james.mime4j.stream.EntityState;
import org.apache.james.mime4j.stream.Event;
import org.apache.james.mime4j.stream.Field;
import org.apache.james.mime4j.stream.MimeConfig;
import org.apache.james.mime4j.stream.MimeTokenStream;
import org.apache.james.mime4j.stream.RecursionMode;

/**
 * Follows a mail's parts, and parts of parts, as far as the limits allow, in one pass that keeps none of them.
 *
 * <p>mime4j tells where each begins and ends; here is noted what there is between.
 */
final class PartReader {
  private final ContentLimits limits;
  private final Deque<OpenPart> open = new ArrayDeque<>();
  private final List<HeaderField> fields = new ArrayList<>();
  private final byte[] buffer = new byte[1 << 16];
  private Optional<Part> content = Optional.empty();
  private boolean allFields = true;
  private boolean whole = true;
  private boolean endMissed;
  private boolean damaged;
  private int parts;

  PartReader(ContentLimits limits) {
    this.limits = limits;
  }

  /** Reads, once; afterwards it can tell. */
  PartReader read(byte[] mail) {
    MimeConfig config =
        new MimeConfig.Builder()
            .setMaxLineLen(-1)
            .setMaxHeaderCount(-1)
            .setMaxHeaderLen((int) limits.headerOctets())
            .build();
    MimeTokenStream tokens = new MimeTokenStream(config, new Warnings(), null);
    tokens.parse(new ByteArrayInputStream(mail));
    try {
      EntityState state = tokens.getState();
      while (state != EntityState.T_END_OF_STREAM) {
        take(state, tokens);
        state = tokens.next();
      }
      noteMissedEnd();
    } catch (IOException | MimeException _) { // a field that is too long; the octets are in memory
      whole = false;
    }
    while (!open.isEmpty()) {
      close();
    }
    return this;
  }

  /** The fields of the mail's own header. */
  List<HeaderField> fields() {
    return fields;
  }

  /** Whether these are all. */
  boolean allFields() {
    return allFields;
  }

  Part content() {
    return content.orElseThrow();
  }

  /** Whether all parts were followed. */
  boolean whole() {
    return whole;
  }

  private void take(EntityState state, MimeTokenStream tokens) throws IOException, MimeException {
    noteMissedEnd();
    switch (state) {
      case T_START_MESSAGE, T_START_BODYPART -> begin(tokens);
      case T_FIELD -> field(tokens.getField());
      case T_END_HEADER -> tokens.setRecursionMode(endHeader());
      case T_BODY -> body(tokens.getInputStream());
      case T_END_MESSAGE, T_END_BODYPART -> close();
      default -> {} // what stands around parts, and where they begin and end
    }
  }

  private void noteMissedEnd() {
    if (endMissed && !open.isEmpty()) {
      open.getFirst().note(Flaw.NO_END);
    }
    endMissed = false;
  }

  private void begin(MimeTokenStream tokens) {
    if (++parts > limits.parts()) {
      whole = false;
      tokens.stop();
    }
    open.push(open.isEmpty() ? OpenPart.first() : open.getFirst().child());
  }

  private void field(Field field) throws MimeException {
    if (open.size() == 1 && fields.size() < limits.headerFields()) {
      fields.add(plain(field));
    } else if (open.size() == 1) {
      allFields = false;
    }
    open.getFirst().field(field);
  }

  private static HeaderField plain(Field field) {
    String raw = new String(field.getSafeRaw().toByteArray(), ISO_8859_1);
    String value = raw.substring(raw.indexOf(':') + 1).replace("\r", "").replace("\n", "");
    return new HeaderField(field.getName(), value.stripLeading());
  }

  private RecursionMode endHeader() {
    OpenPart part = open.getFirst();
    if (part.isComposite() && open.size() > limits.depth()) {
      part.note(Flaw.NOT_OPENED);
      whole = false;
      return RecursionMode.M_FLAT;
    }
    return part.lacksBoundary() ? RecursionMode.M_FLAT : RecursionMode.M_RECURSE;
  }

  private void body(InputStream octets) throws IOException {
    Watched watched = new Watched(octets);
    OpenPart part = open.getFirst();
    damaged = false;
    long decoded = drain(decoder(watched, part.encoding()));
    drain(watched); // what stands behind the end that an encoding has
    part.body(watched.seen, decoded, watched.high, damaged);
  }

  private InputStream decoder(InputStream octets, String encoding) {
    return switch (encoding) {
      case "base64" -> new Base64InputStream(octets, new Damage());
      case "quoted-printable" -> new QuotedPrintableInputStream(octets, new Damage());
      default -> octets;
    };
  }

  private long drain(InputStream octets) throws IOException {
    long count = 0;
    int read = octets.read(buffer);
    while (read >= 0) {
      count += read;
      read = octets.read(buffer);
    }
    return count;
  }

  private void close() {
    Part part = open.pop().close();
    if (open.isEmpty()) {
      content = Optional.of(part);
    } else {
      open.getFirst().add(part);
    }
  }

  /** What mime4j finds odd about the structure. */
  private final class Warnings extends DecodeMonitor {
    @Override
    public boolean warn(String error, String dropped) {
      endMissed |= error.equals(Event.MIME_BODY_PREMATURE_END.toString());
      return false;
    }

    @Override
    public boolean isListening() {
      return true;
    }
  }

  /** What it finds odd about an encoding. */
  private final class Damage extends DecodeMonitor {
    @Override
    public boolean warn(String error, String dropped) {
      damaged = true;
      return false;
    }

    @Override
    public boolean isListening() {
      return true;
    }
  }

  /** Counts what goes through. */
  private static final class Watched extends FilterInputStream {
    private long seen;
    private boolean high;

    Watched(InputStream octets) {
      super(octets);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
      int read = super.read(to, offset, length);
      for (int i = offset; i < offset + read; i++) {
        high |= to[i] < 0;
      }
      seen += Math.max(0, read);
      return read;
    }
  }
}
