package me.ehlo.spool;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import me.ehlo.mail.Domain;
import me.ehlo.mail.DsnOptions;
import me.ehlo.mail.Envelope;
import me.ehlo.mail.Mailbox;
import me.ehlo.mail.Recipient;
import me.ehlo.mail.StorageFailure;

/** Remembers what would leave; nothing does. */
public final class RamArrivals implements Arrivals {
  private final List<Arrival> kept = new CopyOnWriteArrayList<>();
  private boolean broken;

  /** From now on the queue cannot be reached. */
  public void fail() {
    broken = true;
  }

  @Override
  public FirstTry firstTry() {
    return new FirstTry(false, Instant.EPOCH);
  }

  @Override
  public void kept(Arrival arrival) {
    kept.add(arrival);
  }

  @Override
  public long flush(Domain domain, boolean subdomains) throws StorageFailure {
    if (broken) {
      throw new StorageFailure(StorageFailure.Kind.TROUBLE, "as the test asked");
    }
    return kept.stream()
        .flatMap(arrival -> arrival.envelope().recipients().stream())
        .flatMap(recipient -> recipient.elsewhere().stream())
        .filter(mailbox -> isMeant(mailbox, domain, subdomains))
        .count();
  }

  /** Every mail that concerns the queue, as it was accepted. */
  public List<Arrival> arrivals() {
    return List.copyOf(kept);
  }

  /** A line for each recipient elsewhere: where it goes, from whom, and what the sender wants to be told. */
  public List<String> recipients() {
    List<String> lines = new ArrayList<>();
    for (Arrival arrival : kept) {
      Envelope envelope = arrival.envelope();
      for (Recipient recipient : envelope.recipients()) {
        recipient.elsewhere().forEach(mailbox -> lines.add(line(envelope, recipient, mailbox)));
      }
    }
    return lines;
  }

  private static String line(Envelope envelope, Recipient recipient, Mailbox mailbox) {
    DsnOptions dsn = envelope.dsn();
    return "<"
        + mailbox
        + "> from <"
        + envelope.reversePath()
        + ">"
        + recipient.notices().asked().map(_ -> " notify=" + recipient.notices()).orElse("")
        + recipient.orcpt().map(orcpt -> " orcpt=" + orcpt).orElse("")
        + dsn.ret().map(ret -> " ret=" + ret).orElse("")
        + dsn.envid().map(envid -> " envid=" + envid).orElse("");
  }

  private static boolean isMeant(Mailbox mailbox, Domain wanted, boolean subdomains) {
    return mailbox.host() instanceof Domain domain
        && (domain.equals(wanted) || subdomains && domain.ascii().endsWith("." + wanted.ascii()));
  }

  @Override
  public String toString() {
    return recipients().stream().collect(Collectors.joining("\n"));
  }
}
