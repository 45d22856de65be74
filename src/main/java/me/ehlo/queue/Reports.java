package me.ehlo.queue;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import me.ehlo.dsn.DeliveryReport;
import me.ehlo.dsn.DeliveryReport.Action;
import me.ehlo.dsn.DsnComposer;
import me.ehlo.dsn.ReportMail;
import me.ehlo.mail.Envelope;
import me.ehlo.mail.MailId;
import me.ehlo.mail.Mailbox;
import me.ehlo.mail.Recipient;
import me.ehlo.mail.ReversePath;
import me.ehlo.mail.StorageFailure;
import me.ehlo.spool.Arrival;
import me.ehlo.spool.Composed;
import me.ehlo.spool.FirstTry;
import me.ehlo.spool.MailIds;
import me.ehlo.spool.Spool;
import me.ehlo.spool.SpooledMail;

/**
 * Makes the reports that senders are owed.
 *
 * <p>A mail without a sender is itself a report: nobody hears of its failure, but for the postmaster where one is named
 * for it ({@code queue.double-bounce-to}), and nobody at all when that report fails (RFC 5321 §6.1).
 */
public final class Reports {
  private static final int ORIGINAL_OCTETS_MAX = 64 * 1024;
  private static final DeliveryReport.Original UNREADABLE =
      new DeliveryReport.Original("", false, false);

  private final Spool spool;
  private final ReportAddresses addresses;
  private final DsnComposer composer;
  private final MailIds ids;
  private final Optional<Mailbox> lastResort;

  /**
   * @param lastResort who reads of failures that nobody else would ({@code queue.double-bounce-to})
   */
  public Reports(
      Spool spool,
      ReportAddresses addresses,
      DsnComposer composer,
      MailIds ids,
      Optional<Mailbox> lastResort) {
    this.spool = spool;
    this.addresses = addresses;
    this.composer = composer;
    this.ids = ids;
    this.lastResort = lastResort;
  }

  /** The report about this mail, with whoever reads it; empty when nobody does. */
  Optional<Composed> make(
      QueueEntry about, List<DeliveryReport.OfRecipient> told, FirstTry firstTry, Instant now)
      throws StorageFailure {
    Optional<Recipient> reader = reader(about, told);
    if (reader.isEmpty()) {
      return Optional.empty();
    }
    MailId id = ids.next();
    DeliveryReport report =
        new DeliveryReport(
            about.mail(),
            mailbox(about, reader.get()),
            about.dsn(),
            about.since(),
            told,
            original(about.mail()));
    ReportMail text = composer.compose(report, id, now);
    Envelope envelope = new Envelope(new ReversePath.Null(), List.of(reader.get()));
    return Optional.of(
        new Composed(
            new Arrival(id, now, envelope, "", text.smtpUtf8(), text.eightBit(), firstTry),
            text.content()));
  }

  private Optional<Recipient> reader(QueueEntry about, List<DeliveryReport.OfRecipient> told)
      throws StorageFailure {
    Optional<Recipient> sender =
        about.from() instanceof ReversePath.Sender(var mailbox)
            ? addresses.find(mailbox)
            : Optional.empty();
    if (sender.isPresent()) {
      return sender;
    }
    boolean failure = told.stream().anyMatch(one -> one.action() == Action.FAILED);
    boolean wasLastResort =
        told.stream().anyMatch(one -> lastResort.filter(one.recipient()::equals).isPresent());
    return failure && !wasLastResort && lastResort.isPresent()
        ? addresses.find(lastResort.get())
        : Optional.empty();
  }

  private Mailbox mailbox(QueueEntry about, Recipient reader) {
    return about.from() instanceof ReversePath.Sender(var mailbox)
            && reader.path().toString().equals(mailbox.toString())
        ? mailbox
        : lastResort.orElseThrow();
  }

  private DeliveryReport.Original original(MailId id) throws StorageFailure {
    Optional<SpooledMail> mail = spool.open(id);
    try {
      return mail.isPresent() ? read(mail.get()) : UNREADABLE;
    } catch (StorageFailure e) {
      if (e.kind() == StorageFailure.Kind.DAMAGED) {
        return UNREADABLE; // the sender is told all the same
      }
      throw e;
    }
  }

  private static DeliveryReport.Original read(SpooledMail mail) throws StorageFailure {
    try (SpooledMail open = mail) {
      ByteArrayOutputStream octets = new ByteArrayOutputStream();
      byte[] piece = open.content().next();
      while (piece.length > 0 && octets.size() < ORIGINAL_OCTETS_MAX) {
        octets.write(piece, 0, Math.min(piece.length, ORIGINAL_OCTETS_MAX - octets.size()));
        piece = open.content().next();
      }
      boolean whole = octets.size() == open.octets();
      return new DeliveryReport.Original(octets.toString(ISO_8859_1), whole, open.smtpUtf8());
    }
  }
}
