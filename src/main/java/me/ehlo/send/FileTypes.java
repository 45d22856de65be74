package me.ehlo.send;

import java.util.Locale;

/** What is probably in a file, by the end of its name; whoever knows better says so. */
final class FileTypes {
  private FileTypes() {}

  static String of(String name) {
    String end = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return switch (end) {
      case "txt", "log", "md" -> "text/plain";
      case "html", "htm" -> "text/html";
      case "csv" -> "text/csv";
      case "pdf" -> "application/pdf";
      case "zip" -> "application/zip";
      case "gz" -> "application/gzip";
      case "json" -> "application/json";
      case "xml" -> "application/xml";
      case "png" -> "image/png";
      case "jpg", "jpeg" -> "image/jpeg";
      case "gif" -> "image/gif";
      case "svg" -> "image/svg+xml";
      default -> "application/octet-stream";
    };
  }
}
