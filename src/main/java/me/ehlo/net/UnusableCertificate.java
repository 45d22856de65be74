package me.ehlo.net;

import java.util.List;

/** Certificates that nobody can be served with: the message is one sentence for each thing that is wrong. */
public final class UnusableCertificate extends Exception {
  private static final long serialVersionUID = 1L;

  private final List<String> sentences;

  UnusableCertificate(List<String> sentences) {
    super(String.join("\n", sentences));
    this.sentences = List.copyOf(sentences);
  }

  /** The same, said of who has named the files: an option, or a key of the configuration. */
  public UnusableCertificate of(String named) {
    return new UnusableCertificate(sentences.stream().map(each -> named + ": " + each).toList());
  }

  /** What is wrong and what to do, in the order of the files. */
  public List<String> sentences() {
    return sentences;
  }
}
