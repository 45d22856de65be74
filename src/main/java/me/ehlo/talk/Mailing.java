package me.ehlo.talk;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import me.ehlo.call.Heard;
import me.ehlo.call.Protocol;
import me.ehlo.lines.DotEncoder;
import me.ehlo.net.WireFailure;
import me.ehlo.trace.Lossless;
import me.ehlo.trace.Mark;

/** The mail itself: line by line behind DATA, octets that BDAT has announced, or a file. */
final class Mailing {
  private static final byte[] END = {'.', '\r', '\n'};
  private static final long CHUNK_MAX = 1L << 40;
  private static final int HEADER_LINES_MAX = 200;

  private final Link link;
  private final Notebook notebook;
  private final Follower follower;
  private final Set<String> fields = new HashSet<>();
  private boolean inHeader;
  private boolean toldOfDots;
  private boolean last;
  private boolean inDoubt;
  private long remaining;

  /** Explains an answer. */
  interface Follower {
    void advise(String line, Heard heard);
  }

  /** Says a command. */
  interface Speaker {
    Heard say(String line) throws WireFailure;
  }

  Mailing(Link link, Notebook notebook, Follower follower) {
    this.link = link;
    this.notebook = notebook;
    this.follower = follower;
  }

  /** Whether part of a mail has been sent, and not its end. */
  boolean isUnderWay() {
    Progress.Mode mode = link.progress().mode();
    return mode == Progress.Mode.CONTENT || mode == Progress.Mode.CHUNK;
  }

  /** Whether its end has been sent, and was not answered. */
  boolean isInDoubt() {
    return inDoubt;
  }

  /** DATA was answered with 354. */
  void beginContent() {
    fields.clear();
    inHeader = true;
  }

  /** A line of the mail, or the dot that ends it. */
  void contentLine(String line) throws WireFailure {
    if (line.equals(".")) {
      link.note(Mark.CONTENT, line);
      inDoubt = true; // from here on some of the end may have left
      link.call().write(END);
      answered(hearEnd("the end of the mail"));
      return;
    }
    watch(line);
    link.call().sayContent(line);
    link.call().flush();
    if (line.startsWith(".") && !toldOfDots) {
      toldOfDots = true;
      notebook.advise(
          "A line that begins with a dot is sent with a second one in front, which the server takes"
              + " off again (RFC 5321 \u00a74.5.2): your line arrives as you typed it.");
    }
  }

  /** BDAT and its number of octets; they are typed next. */
  void beginChunk(String line) throws WireFailure {
    String[] words = Words.of(line).rest().split(" +");
    Optional<Long> octets = number(words[0]);
    last = words.length > 1 && words[1].equalsIgnoreCase("LAST");
    if (octets.isEmpty() || octets.get() == 0) {
      inDoubt = last;
      Heard heard = link.ask(line, line);
      inDoubt = false;
      chunkAnswered(line, heard);
      return;
    }
    beginContent();
    remaining = octets.get();
    link.call().say(line);
    link.call().flush();
    link.progress().inChunk(true);
    notebook.advise(
        "BDAT waits for no answer: the next %d octets are the mail; each line counts with two more, its CRLF."
            .formatted(remaining));
  }

  /** A line of a chunk: as much of it and its CRLF as was announced. */
  void chunkLine(String line) throws WireFailure {
    byte[] octets = Lossless.octets(line + "\r\n");
    int fit = (int) Math.min(octets.length, remaining);
    byte[] sent = Arrays.copyOf(octets, fit);
    watch(line);
    link.note(Mark.CONTENT, fit == octets.length ? line : Lossless.text(sent).strip());
    remaining -= fit;
    inDoubt = last && remaining == 0;
    link.call().write(sent);
    link.call().flush();
    if (fit < octets.length) {
      notebook.advise(
          "The announced octets are full: the last %d of this line were not sent."
              .formatted(octets.length - fit));
    }
    if (remaining == 0) {
      Heard heard = hearEnd("the chunk");
      link.progress().inChunk(false);
      chunkAnswered(last ? "BDAT 0 LAST" : "BDAT 0", heard);
    } else {
      notebook.desk().await(remaining + " octets to go");
    }
  }

  /** A file, by DATA or as one chunk; line endings become CRLF, which is all that is changed. */
  void file(byte[] file, String name, boolean chunk, Speaker speaker) throws WireFailure {
    byte[] content = LineEndings.crlf(file);
    if (chunk) {
      beginContent();
      watch(content);
      last = true;
      inDoubt = true;
      link.call().say("BDAT " + content.length + " LAST");
      link.call().write(content);
      sent(content.length, file.length, name);
      chunkAnswered("BDAT 0 LAST", hearEnd("the chunk"));
      return;
    }
    if (speaker.say("DATA").kind() != Heard.Kind.GO_ON) {
      return;
    }
    watch(content);
    DotEncoder dots = new DotEncoder();
    link.call().write(dots.encode(content));
    inDoubt = true;
    link.call().write(dots.end());
    sent(content.length, file.length, name);
    answered(hearEnd("the end of the mail"));
  }

  private Heard hearEnd(String what) throws WireFailure {
    Heard heard = link.hear(what);
    inDoubt = false;
    return heard;
  }

  private void sent(int octets, int before, String name) {
    link.note(
        Mark.INFO,
        "%d octets of %s sent%s"
            .formatted(octets, name, octets == before ? "" : ", its line endings as CRLF"));
  }

  private void chunkAnswered(String line, Heard heard) throws WireFailure {
    if (last && heard.code() / 100 != 3) {
      answered(heard);
    } else {
      notebook.tally().heard("BDAT", heard);
      follower.advise(line, heard);
    }
  }

  /** The mail was answered: in SMTP once, in LMTP for each recipient (RFC 2033 §4.2). */
  private void answered(Heard first) throws WireFailure {
    boolean each = link.progress().protocol() == Protocol.LMTP;
    int recipients = link.progress().recipients().size();
    link.progress().heardMail();
    notebook.mailIsOver();
    List<Heard> answers = new ArrayList<>(List.of(first));
    explain(first);
    try {
      while (each && answers.size() < recipients) {
        answers.add(link.hear("the end of the mail"));
        explain(answers.getLast());
      }
    } finally {
      notebook.tally().mail(answers, each ? 1 : recipients);
    }
  }

  private void explain(Heard heard) {
    if (!heard.isGood()) {
      follower.advise(".", heard);
      return;
    }
    notebook.advise(
        "Accepted. " + link.server() + " is now responsible; it can still bounce later.");
    String reference =
        Reference.in(heard.text()).map(id -> "Their reference is " + id + ".").orElse("");
    notebook.advise((reference + " " + missing()).strip());
  }

  private String missing() {
    List<String> missing =
        List.of("Date", "Message-ID").stream()
            .filter(field -> !fields.contains(field.toLowerCase(Locale.ROOT)))
            .toList();
    return missing.isEmpty()
        ? ""
        : "You sent no " + String.join(" and no ", missing) + "; some spam filters mind.";
  }

  private void watch(byte[] content) {
    new String(content, UTF_8).lines().limit(HEADER_LINES_MAX).forEach(this::watch);
  }

  private void watch(String line) {
    int colon = line.indexOf(':');
    if (line.isEmpty()) {
      inHeader = false;
    } else if (inHeader && colon > 0) {
      fields.add(line.substring(0, colon).strip().toLowerCase(Locale.ROOT));
    }
  }

  private static Optional<Long> number(String word) {
    boolean digits =
        !word.isEmpty() && word.length() < 14 && word.chars().allMatch(c -> c >= '0' && c <= '9');
    return digits
        ? Optional.of(Long.parseLong(word)).filter(n -> n <= CHUNK_MAX)
        : Optional.empty();
  }
}
