package me.ehlo.send;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import me.ehlo.mail.Mailbox;
import me.ehlo.send.MailOrder.Attachment;
import me.ehlo.send.MailOrder.Header;
import org.apache.james.mime4j.codec.EncoderUtil;
import org.apache.james.mime4j.dom.Entity;
import org.apache.james.mime4j.message.BodyPartBuilder;
import org.apache.james.mime4j.message.DefaultMessageWriter;
import org.apache.james.mime4j.message.MultipartBuilder;
import org.apache.james.mime4j.stream.NameValuePair;
import org.apache.james.mime4j.stream.RawField;

/** Makes the octets of a mail (RFC 5322, RFC 2045), as the server at hand can take them. */
final class Composer {
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss xx", Locale.ENGLISH);

  private final Order order;
  private final Facts facts;

  /**
   * What a mail says of its birth.
   *
   * @param messageId without brackets
   */
  record Facts(ZonedDateTime now, String messageId, String mailer) {

    String date() {
      return DATE.format(now);
    }
  }

  Composer(Order order, Facts facts) {
    this.order = order;
    this.facts = facts;
  }

  /**
   * The mail, its lines ending in CRLF.
   *
   * @param eightBit whether the server takes octets above 127 (RFC 6152)
   * @param utf8 whether it takes them in headers too (RFC 6532)
   */
  byte[] compose(boolean eightBit, boolean utf8) throws Misused {
    Headers writer = new Headers(utf8);
    if (order.mail().whole().isPresent()) {
      return new WholeMail(order, facts, writer).octets(order.mail().whole().get());
    }
    ByteArrayOutputStream mail = new ByteArrayOutputStream();
    for (Header header : headers()) {
      mail.writeBytes(writer.field(header));
    }
    mail.writeBytes("MIME-Version: 1.0\r\n".getBytes(US_ASCII));
    mail.writeBytes(written(entity(eightBit)));
    return endingInCrlf(mail.toByteArray());
  }

  /** Text with CR LF for every kind of line end. */
  static byte[] withCrlf(byte[] text) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(text.length + text.length / 32 + 2);
    for (int i = 0; i < text.length; i++) {
      boolean crlf = text[i] == '\r' && i + 1 < text.length && text[i + 1] == '\n';
      if (text[i] == '\n' || text[i] == '\r') {
        out.write('\r');
        out.write('\n');
        i += crlf ? 1 : 0;
      } else {
        out.write(text[i]);
      }
    }
    return out.toByteArray();
  }

  static byte[] endingInCrlf(byte[] text) {
    boolean ends =
        text.length >= 2 && text[text.length - 2] == '\r' && text[text.length - 1] == '\n';
    if (ends || text.length == 0) {
      return text;
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream(text.length + 2);
    out.writeBytes(text);
    out.write('\r');
    out.write('\n');
    return out.toByteArray();
  }

  /** Ours, where nobody has given others of the same name, then those that were given. */
  private List<Header> headers() {
    List<Header> all = new ArrayList<>();
    List<Header> ours =
        List.of(
            new Header("Date", facts.date()),
            new Header("To", recipients(order)),
            new Header("From", sender(order)),
            new Header("Subject", "test " + facts.date()),
            new Header("Message-ID", "<" + facts.messageId() + ">"),
            new Header("X-Mailer", facts.mailer()));
    ours.stream().filter(header -> !isGiven(header.name())).forEach(all::add);
    all.addAll(order.mail().headers());
    all.addAll(order.mail().added());
    return all;
  }

  private boolean isGiven(String name) {
    return order.mail().headers().stream().anyMatch(it -> it.name().equalsIgnoreCase(name));
  }

  static String recipients(Order order) {
    return order.envelope().to().stream().map(Mailbox::toString).collect(Collectors.joining(", "));
  }

  /** The null sender too is somebody in a header (RFC 3464 §2). */
  static String sender(Order order) {
    String sender = order.envelope().from().toString();
    return sender.isEmpty() ? "\"Mail Delivery System\" <MAILER-DAEMON>" : sender;
  }

  private Entity entity(boolean eightBit) {
    Entity text = text(order.mail().text(), eightBit);
    if (order.mail().attachments().isEmpty()) {
      return text;
    }
    MultipartBuilder parts = MultipartBuilder.create("mixed").addBodyPart(text);
    for (Attachment attachment : order.mail().attachments()) {
      parts.addBodyPart(attached(attachment));
    }
    return BodyPartBuilder.create().setBody(parts.build()).build();
  }

  private static Entity text(byte[] given, boolean eightBit) {
    byte[] octets = endingInCrlf(withCrlf(given));
    boolean ascii = isAscii(octets);
    boolean fits = longestLine(octets) <= WholeMail.LINE_OCTETS_MAX;
    String encoding = "quoted-printable";
    if (fits && (ascii || eightBit)) {
      encoding = ascii ? "7bit" : "8bit";
    }
    String charset = ascii ? "us-ascii" : isUtf8(octets) ? "utf-8" : "iso-8859-1";
    Charset decoding = charset.equals("iso-8859-1") ? ISO_8859_1 : UTF_8;
    try {
      return BodyPartBuilder.create()
          .setBody(new String(octets, decoding), decoding) // as text, so that its lines stay lines
          .setContentType("text/plain", new NameValuePair("charset", charset))
          .setContentTransferEncoding(encoding)
          .build();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // it is in memory
    }
  }

  /** Base64: it arrives octet for octet, whatever it is. What must not be encoded (RFC 2046 §5.2.1) is sent as octets. */
  private static Entity attached(Attachment attachment) {
    String type =
        attachment.type().startsWith("message/") || attachment.type().startsWith("multipart/")
            ? "application/octet-stream"
            : attachment.type();
    try {
      BodyPartBuilder part =
          BodyPartBuilder.create()
              .setBody(attachment.octets(), type)
              .setContentTransferEncoding("base64");
      part.setField(new RawField("Content-Type", type));
      part.setField(new RawField("Content-Disposition", disposition(attachment.name())));
      return part.build();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // it is in memory
    }
  }

  /** RFC 2183, and RFC 2231 for names that are not ASCII. */
  private static String disposition(String name) {
    if (name.isEmpty()) {
      return "attachment";
    }
    return Headers.isAscii(name)
        ? "attachment; " + EncoderUtil.encodeHeaderParameter("filename", name)
        : "attachment; filename*=utf-8''" + percent(name);
  }

  private static String percent(String name) {
    StringBuilder text = new StringBuilder();
    for (byte octet : name.getBytes(UTF_8)) {
      boolean plain =
          octet >= '0' && octet <= '9'
              || octet >= 'A' && octet <= 'Z'
              || octet >= 'a' && octet <= 'z'
              || octet == '.'
              || octet == '-'
              || octet == '_';
      text.append(plain ? String.valueOf((char) octet) : "%%%02X".formatted(octet & 0xFF));
    }
    return text.toString();
  }

  private static byte[] written(Entity entity) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      new DefaultMessageWriter().writeEntity(entity, out);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // it is in memory
    }
    return out.toByteArray();
  }

  static boolean isAscii(byte[] octets) {
    for (byte octet : octets) {
      if (octet < 0) {
        return false;
      }
    }
    return true;
  }

  static int longestLine(byte[] octets) {
    int longest = 0;
    int length = 0;
    for (byte octet : octets) {
      length = octet == '\n' || octet == '\r' ? 0 : length + 1;
      longest = Math.max(longest, length);
    }
    return longest;
  }

  private static boolean isUtf8(byte[] octets) {
    try {
      UTF_8.newDecoder().decode(ByteBuffer.wrap(octets));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }
}
