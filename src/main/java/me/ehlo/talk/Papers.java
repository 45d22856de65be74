package me.ehlo.talk;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import me.ehlo.net.CertificateDetails;
import me.ehlo.net.WireFailure;
import me.ehlo.trace.Mark;

/** What is read from files and written into them while one talks: mails, conversations, certificates. */
final class Papers {
  private static final int FILE_OCTETS_MAX = 100 * 1024 * 1024;

  private final Notebook notebook;

  Papers(Notebook notebook) {
    this.notebook = notebook;
  }

  /** Sends a file as the mail. */
  void file(Conversation conversation, List<String> words) throws WireFailure {
    boolean chunk = words.size() > 1 && words.getLast().equalsIgnoreCase("bdat");
    String name = String.join(" ", chunk ? words.subList(0, words.size() - 1) : words);
    if (name.isEmpty()) {
      error(Order.FILE.usage());
      return;
    }
    try {
      Path path = FileNames.path(name);
      if (Files.size(path) > FILE_OCTETS_MAX) {
        error(name + " is larger than " + Offers.octets(FILE_OCTETS_MAX) + ".");
      } else {
        conversation.file(Files.readAllBytes(path), name, chunk);
      }
    } catch (IOException | InvalidPathException e) {
      error(name + " cannot be read: " + e.getMessage());
    }
  }

  /** Writes the conversation into a file. */
  void save(String name) {
    Optional<Saved> form = Saved.by(name);
    if (form.isEmpty()) {
      error(Order.SAVE.usage() + " The name ends in .txt, .md or .json.");
    } else {
      write(name, form.get().text(notebook.transcript().said()));
    }
  }

  private void write(String name, String text) {
    if (name.isEmpty()) {
      error("into which file?");
      return;
    }
    try {
      Files.writeString(FileNames.path(name), text, StandardCharsets.UTF_8);
      tell("written to " + name);
    } catch (IOException | InvalidPathException e) {
      error(name + " cannot be written: " + e.getMessage());
    }
  }

  /** Shows the certificates of the server, or writes them into a file. */
  void certificate(Conversation conversation, String rest) {
    var chain = conversation.encrypting().chain();
    if (chain.isEmpty()) {
      tell("There is no TLS, and so no certificate. /tls begins it.");
    } else if (rest.startsWith("save")) {
      write(rest.substring("save".length()).strip(), CertificateDetails.pem(chain));
    } else {
      conversation.encrypting().tellAll();
      chain.forEach(each -> {
        tell("");
        CertificateDetails.of(each).lines().forEach(line -> tell("  " + line));
      });
    }
  }

  private void tell(String text) {
    notebook.tell(Mark.ADVICE, text);
  }

  private void error(String text) {
    notebook.tell(Mark.ERROR, text);
  }
}
