package me.ehlo.access;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.Set;
import me.ehlo.mail.AccountId;
import me.ehlo.mail.Domain;
import me.ehlo.mail.ForwardPath;
import me.ehlo.mail.Host;
import me.ehlo.mail.LocalPart;
import me.ehlo.mail.Mailbox;
import me.ehlo.mail.StorageFailure;

/**
 * Finds whom an address leads to: an account, or through aliases and lists several, here and at other sites, each once
 * (RFC 5321 §3.9).
 *
 * <p>In this order: the whole local part, the local part without its {@code +detail}, and for {@code postmaster} of any
 * of our domains the postmaster's account, which always exists (RFC 5321 §4.5.1).
 */
public final class Recipients {
  private static final String POSTMASTER = "postmaster";

  /** Whom an address leads to. */
  public sealed interface Found {

    /** Accounts of ours, and mailboxes at other sites that an alias leads to; at least one of either, each once. */
    record Users(List<Account> accounts, List<Mailbox> elsewhere) implements Found {
      public Users {
        accounts = List.copyOf(accounts);
        elsewhere = List.copyOf(elsewhere);
      }
    }

    /** One of our domains, but nobody there has that name. */
    record Unknown() implements Found {}

    /** Not one of our domains. */
    record Elsewhere(Mailbox mailbox) implements Found {}

    /** Aliases that lead only to each other. */
    record Loop() implements Found {}
  }

  /** Looks a name up, as {@link Directory#find} does. */
  @FunctionalInterface
  public interface Finder {
    Directory.Entry find(Mailbox address) throws StorageFailure;
  }

  private final Finder directory;
  private final List<Domain> domains;
  private final Set<Domain> ours;

  /**
   * @param domains ours, the first being where the postmaster's maildrop is
   */
  public Recipients(Finder directory, List<Domain> domains) {
    this.directory = directory;
    this.domains = List.copyOf(domains);
    this.ours = Set.copyOf(domains);
  }

  /** Whom this forward-path leads to. */
  public Found resolve(ForwardPath path) throws StorageFailure {
    return switch (path) {
      case ForwardPath.Postmaster() -> resolve(postmaster());
      case ForwardPath.To(Mailbox mailbox) -> resolve(mailbox);
    };
  }

  /** Where names are looked up. */
  Finder directory() {
    return directory;
  }

  /** Whether mail for this host is ours. */
  boolean isOurs(Host host) {
    return host instanceof Domain domain && ours.contains(domain);
  }

  private Found resolve(Mailbox mailbox) throws StorageFailure {
    if (!isOurs(mailbox.host())) {
      return new Found.Elsewhere(mailbox);
    }
    Expansion expansion = new Expansion();
    expansion.add(mailbox);
    return expansion.found();
  }

  private Mailbox postmaster() {
    return new Mailbox(new LocalPart(POSTMASTER), domains.getFirst());
  }

  /** What this address leads to, by the order of the class's description. */
  private Directory.Entry entry(Mailbox mailbox) throws StorageFailure {
    Directory.Entry whole = directory.find(mailbox);
    LocalPart plain = mailbox.localPart().withoutDetail();
    if (!(whole instanceof Directory.Entry.Nobody)) {
      return whole;
    }
    if (!plain.equals(mailbox.localPart())) {
      return entry(new Mailbox(plain, mailbox.host()));
    }
    return isOurs(mailbox.host()) && plain.key().equals(POSTMASTER)
        ? directory.find(postmaster())
        : whole;
  }

  /** Follows aliases; each name is followed once, so that a loop ends and a list reached twice counts once. */
  private final class Expansion {
    /** An address of ours as it is found: without regard to case. */
    private record Name(String localKey, Host host) {}

    private final Set<Name> seen = new HashSet<>();
    private final Map<AccountId, Account> users = new LinkedHashMap<>();
    private final SequencedSet<Mailbox> elsewhere = new LinkedHashSet<>();
    private boolean looped;

    void add(Mailbox first) throws StorageFailure {
      List<Mailbox> next = new ArrayList<>(List.of(first));
      while (!next.isEmpty()) {
        Mailbox mailbox = next.removeLast();
        if (!isOurs(mailbox.host())) {
          elsewhere.add(mailbox);
        } else if (!seen.add(new Name(mailbox.localPart().key(), mailbox.host()))) {
          looped = true; // or reached twice, which matters to nobody as long as somebody is found
        } else {
          next.addAll(targets(mailbox).reversed());
        }
      }
    }

    /** Where an alias leads; a user is noted, and a target that is gone is nothing: the others still count. */
    private List<Mailbox> targets(Mailbox mailbox) throws StorageFailure {
      return switch (entry(mailbox)) {
        case Directory.Entry.User(var account) -> {
          users.put(account.id(), account);
          yield List.of();
        }
        case Directory.Entry.Listed(var alias) -> alias.targets();
        case Directory.Entry.Nobody() -> List.of();
      };
    }

    Found found() {
      if (!users.isEmpty() || !elsewhere.isEmpty()) {
        return new Found.Users(List.copyOf(users.values()), List.copyOf(elsewhere));
      }
      return looped ? new Found.Loop() : new Found.Unknown();
    }
  }
}
