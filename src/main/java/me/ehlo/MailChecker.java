package me.ehlo;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import me.ehlo.check.Explained;
import me.ehlo.check.MailDiagnosis;
import me.ehlo.check.MailJson;
import me.ehlo.check.MailPage;
import me.ehlo.check.Outcome;
import me.ehlo.control.CheckOptions;
import me.ehlo.control.ExitCode;
import me.ehlo.control.Streams;
import me.ehlo.lines.ContentLimits;
import me.ehlo.mail.Parsed;
import me.ehlo.mime.MailReader;
import me.ehlo.mime.ReadMail;

/** The wiring of {@code ehlo check --from-mail}: from a file to a page or a document. Nobody is asked for anything. */
final class MailChecker {
  private static final int OCTETS_MAX = 64 << 20; // mails are not larger than that anywhere
  private static final String STANDARD_INPUT = "-";

  private final Streams streams;
  private final InstantSource clock;
  private final int width;
  private final boolean colour;

  MailChecker(Streams streams, InstantSource clock, int width, boolean colour) {
    this.streams = streams;
    this.clock = clock;
    this.width = width;
    this.colour = colour;
  }

  /** Reads, explains, and returns the exit code. */
  int explain(String file, CheckOptions wanted) {
    List<String> ids = MailDiagnosis.ids();
    List<String> unknown = wanted.only().stream().filter(id -> !ids.contains(id)).toList();
    if (!unknown.isEmpty()) {
      return say(
          ExitCode.USAGE,
          "there is no check " + unknown.getFirst() + " of a mail: " + String.join(", ", ids));
    }
    String name = file.equals(STANDARD_INPUT) ? "standard input" : file;
    byte[] octets;
    try (InputStream in =
        file.equals(STANDARD_INPUT) ? streams.in() : Files.newInputStream(Path.of(file))) {
      octets = in.readNBytes(OCTETS_MAX + 1);
    } catch (InvalidPathException | NoSuchFileException _) {
      return say(ExitCode.USAGE, "there is no file " + name);
    } catch (IOException e) {
      return say(ExitCode.USAGE, name + " cannot be read: " + e.getMessage());
    }
    if (octets.length > OCTETS_MAX) {
      return say(
          Outcome.NOT_KNOWN,
          name
              + " has more than "
              + (OCTETS_MAX >> 20)
              + " MiB, and mails of that size are not looked at");
    }
    return switch (new MailReader(ContentLimits.DEFAULT).read(octets)) {
      case Parsed.Wrong<ReadMail>(var why) ->
          say(
              Outcome.NOT_KNOWN,
              name
                  + " is no mail: "
                  + why
                  + ". Give the mail with its whole header, as it was stored.");
      case Parsed.Right<ReadMail>(var mail) ->
          tell(MailDiagnosis.of(mail, clock.instant(), new HashSet<>(wanted.only())), wanted);
    };
  }

  private int say(int exit, String what) {
    streams.err().println("ehlo check: " + what);
    return exit;
  }

  private int tell(Explained explained, CheckOptions wanted) {
    int exit = Outcome.of(explained.report(), wanted.strict());
    PrintStream out = streams.out();
    if (wanted.json()) {
      out.println(MailJson.of(explained, exit));
    } else {
      boolean unicode = out.charset().newEncoder().canEncode('✓');
      new MailPage(width, unicode, colour).lines(explained, wanted.all()).forEach(out::println);
    }
    return exit;
  }
}
