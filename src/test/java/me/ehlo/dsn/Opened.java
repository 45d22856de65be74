package me.ehlo.dsn;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.james.mime4j.MimeException;
import org.apache.james.mime4j.stream.EntityState;
import org.apache.james.mime4j.stream.MimeConfig;
import org.apache.james.mime4j.stream.MimeTokenStream;
import org.apache.james.mime4j.stream.RecursionMode;

/** A report as another program reads it. */
record Opened(Map<String, String> header, List<Part> parts) {

  /** A part of the body; octets as characters. */
  record Part(String type, String encoding, String octets) {
    String utf8() {
      return new String(octets.getBytes(ISO_8859_1), UTF_8);
    }
  }

  static Opened of(ReportMail mail) {
    MimeConfig strict = new MimeConfig.Builder().setStrictParsing(true).setMaxLineLen(-1).build();
    MimeTokenStream stream = new MimeTokenStream(strict);
    stream.setRecursionMode(RecursionMode.M_NO_RECURSE);
    stream.parse(new ByteArrayInputStream(mail.content()));
    Map<String, String> header = new LinkedHashMap<>();
    List<Part> parts = new ArrayList<>();
    try {
      boolean inParts = false;
      for (EntityState at = stream.getState();
          at != EntityState.T_END_OF_STREAM;
          at = stream.next()) {
        switch (at) {
          case T_START_MULTIPART -> inParts = true;
          case T_FIELD -> {
            String name = stream.getField().getName();
            if (!inParts) {
              String body = stream.getField().getBody().strip();
              assertThat(header.put(name, body)).as(name).isNull();
            }
          }
          case T_BODY ->
              parts.add(
                  new Part(
                      stream.getBodyDescriptor().getMimeType(),
                      stream.getBodyDescriptor().getTransferEncoding(),
                      new String(stream.getInputStream().readAllBytes(), ISO_8859_1)));
          default -> {}
        }
      }
    } catch (MimeException e) {
      throw new AssertionError(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Opened(header, parts);
  }

  /** The fields of the second part: the mail's, then each recipient's. */
  List<Map<String, String>> status() {
    return StatusFields.read(parts.get(1).utf8());
  }

  String text() {
    return parts.getFirst().utf8();
  }

  Part returned() {
    return parts.getLast();
  }
}
