package me.ehlo.trace;

import java.io.StringWriter;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * An object for programs (RFC 8259), on one line and in ASCII, so that nothing in it can do something to a terminal.
 *
 * <p>Fields stand in the order in which they are put; what is empty is {@code null}.
 */
public final class Json {
  private static final JsonFactory FACTORY =
      JsonFactory.builder().highestNonEscapedChar('~').build();

  private final JsonGenerator generator;

  private Json(JsonGenerator generator) {
    this.generator = generator;
  }

  /** The object with these fields, without a line ending. */
  public static String object(Consumer<Json> fields) {
    StringWriter document = new StringWriter();
    try (JsonGenerator generator = FACTORY.createGenerator(ObjectWriteContext.empty(), document)) {
      new Json(generator).fields(fields);
    }
    return document.toString();
  }

  /** A text. */
  public Json put(String name, String value) {
    generator.writeStringProperty(name, value);
    return this;
  }

  /** A text, or {@code null}. */
  public Json put(String name, Optional<String> value) {
    if (value.isPresent()) {
      return put(name, value.get());
    }
    generator.writeNullProperty(name);
    return this;
  }

  /** A number. */
  public Json number(String name, long value) {
    generator.writeNumberProperty(name, value);
    return this;
  }

  /** A number, or {@code null}. */
  public Json number(String name, Optional<? extends Number> value) {
    if (value.isPresent()) {
      return number(name, value.get().longValue());
    }
    generator.writeNullProperty(name);
    return this;
  }

  /** Yes or no. */
  public Json flag(String name, boolean value) {
    generator.writeBooleanProperty(name, value);
    return this;
  }

  /** An object within. */
  public Json object(String name, Consumer<Json> fields) {
    generator.writeName(name);
    return fields(fields);
  }

  /** A list of texts. */
  public Json texts(String name, Iterable<String> values) {
    generator.writeArrayPropertyStart(name);
    values.forEach(generator::writeString);
    generator.writeEndArray();
    return this;
  }

  /** A list of objects, each with the fields that are put for its value. */
  public <T> Json objects(String name, Iterable<T> values, BiConsumer<Json, T> fields) {
    generator.writeArrayPropertyStart(name);
    values.forEach(value -> fields(it -> fields.accept(it, value)));
    generator.writeEndArray();
    return this;
  }

  private Json fields(Consumer<Json> fields) {
    generator.writeStartObject();
    fields.accept(this);
    generator.writeEndObject();
    return this;
  }
}
