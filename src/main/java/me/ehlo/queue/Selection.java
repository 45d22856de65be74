package me.ehlo.queue;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import me.ehlo.mail.Domain;
import me.ehlo.mail.Host;
import me.ehlo.mail.MailId;
import me.ehlo.mail.Mailbox;

/**
 * Which entries of the queue are meant: those to which everything given applies.
 *
 * @param states none: all that are not final
 * @param recipient the recipient's address, without regard to case
 * @param sender the reverse-path's address; an empty text stands for {@code <>}
 * @param domain the recipient's domain
 * @param before accepted before this
 * @param reason the id of the last attempt's reason
 * @param subdomains whether domains below the domain are meant as well
 */
public record Selection(
    Optional<MailId> mail,
    Optional<Mailbox> recipient,
    Optional<String> sender,
    Optional<Domain> domain,
    Optional<Instant> before,
    Optional<String> reason,
    Set<State> states,
    boolean subdomains) {
  public static final Selection ALL =
      new Selection(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Set.of());

  public Selection(
      Optional<MailId> mail,
      Optional<Mailbox> recipient,
      Optional<String> sender,
      Optional<Domain> domain,
      Optional<Instant> before,
      Optional<String> reason,
      Set<State> states) {
    this(mail, recipient, sender, domain, before, reason, states, false);
  }

  /** What waits for this domain, and if so wanted for those below it. */
  public static Selection of(Domain domain, boolean subdomains) {
    return new Selection(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(domain),
        Optional.empty(),
        Optional.empty(),
        Set.of(),
        subdomains);
  }

  public Selection {
    states = Set.copyOf(states);
  }

  /** Whether entries in this state are meant. */
  public boolean means(State state) {
    return states.isEmpty() ? !state.isFinal() : states.contains(state);
  }

  /** Whether this entry is meant. */
  public boolean means(QueueEntry entry) {
    return means(entry.state())
        && mail.map(entry.mail()::equals).orElse(true)
        && recipient.map(wanted -> isSame(wanted, entry.recipient())).orElse(true)
        && sender.map(entry.from().toString()::equalsIgnoreCase).orElse(true)
        && domain.map(wanted -> isIn(entry.recipient().host(), wanted)).orElse(true)
        && before.map(entry.since()::isBefore).orElse(true)
        && reason
            .map(id -> entry.cause().filter(c -> c.reason().equals(id)).isPresent())
            .orElse(true);
  }

  private boolean isIn(Host host, Domain wanted) {
    return host.equals(wanted)
        || subdomains
            && host instanceof Domain below
            && below.ascii().endsWith("." + wanted.ascii());
  }

  private static boolean isSame(Mailbox one, Mailbox other) {
    return one.localPart().key().equals(other.localPart().key()) && one.host().equals(other.host());
  }
}
