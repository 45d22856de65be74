package me.ehlo;

import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import me.ehlo.mail.Reason;
import me.ehlo.pop3.Pop3Reason;

/** Finds every reason there is, in whatever room it stands. */
final class Reasons {
  private static final Path CLASSES =
      Path.of(
          URI.create(Reason.class.getProtectionDomain().getCodeSource().getLocation().toString()));

  private Reasons() {}

  /** All but POP3's, which have no number. */
  static List<Reason> numbered() {
    try (Stream<Path> files = Files.walk(CLASSES)) {
      return files
          .map(file -> CLASSES.relativize(file).toString())
          .filter(name -> name.endsWith(".class"))
          .flatMap(Reasons::inClass)
          .toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  static List<Pop3Reason> ofPop3() {
    return List.of(Pop3Reason.values());
  }

  private static Stream<Reason> inClass(String file) {
    String name = file.substring(0, file.length() - ".class".length()).replace('/', '.');
    try {
      Class<?> type = Class.forName(name, false, Reasons.class.getClassLoader());
      return Arrays.stream(type.getDeclaredFields())
          .filter(field -> field.getType() == Reason.class)
          .filter(field -> Modifier.isStatic(field.getModifiers()))
          .map(Reasons::value);
    } catch (ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }

  private static Reason value(Field field) {
    try {
      field.setAccessible(true);
      return (Reason) field.get(null);
    } catch (IllegalAccessException e) {
      throw new AssertionError(e);
    }
  }
}
