package me.ehlo.control;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The options that say which entries of the queue are meant; picocli fills them in. */
public final class FilterOptions {
  @Parameters(
      arity = "0..1",
      paramLabel = "ID",
      description = "Only the mail with this id: all its recipients.")
  private @Nullable String id;

  @Option(names = "--to", paramLabel = "ADDRESS", description = "Only to this recipient.")
  private @Nullable String to;

  @Option(
      names = "--from",
      paramLabel = "ADDRESS",
      description = "Only from this sender; '<>': reports.")
  private @Nullable String from;

  @Option(
      names = "--domain",
      paramLabel = "DOMAIN",
      description = "Only to recipients in this domain.")
  private @Nullable String domain;

  @Option(
      names = "--older",
      paramLabel = "TIME",
      description = "Only what was accepted longer ago, such as 2h or 3d.")
  private @Nullable Duration older;

  @Option(
      names = "--reason",
      paramLabel = "ID",
      description = "Only what the last attempt did not bring home for this reason.")
  private @Nullable String reason;

  @Option(
      names = "--state",
      paramLabel = "STATE",
      split = ",",
      description = "Only in this state: waiting, delivering, held or a final one.")
  private List<String> states = new ArrayList<>();

  Filters filters() {
    return new Filters(
        Optional.ofNullable(id),
        Optional.ofNullable(to),
        Optional.ofNullable(from),
        Optional.ofNullable(domain),
        Optional.ofNullable(older),
        Optional.ofNullable(reason),
        states);
  }
}
