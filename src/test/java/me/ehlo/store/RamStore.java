package me.ehlo.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import me.ehlo.access.Directory;
import me.ehlo.access.RamDirectory;
import me.ehlo.mail.AccountId;
import me.ehlo.mail.MailId;
import me.ehlo.mail.StorageFailure;
import me.ehlo.maildrop.Maildrops;
import me.ehlo.maildrop.RamMaildrops;
import me.ehlo.spool.Arrival;
import me.ehlo.spool.RamSpool;
import me.ehlo.spool.Spool;
import org.jspecify.annotations.Nullable;

/** The store as the tests of other rooms use it: in memory, and able to fail when told to. */
public final class RamStore implements Custody {
  private final Map<MailId, Kept> mails = new TreeMap<>();
  private final Map<AccountId, Set<MailId>> maildrops = new HashMap<>();
  private final RamDirectory directory = new RamDirectory(this);
  private final RamSpool spool = new RamSpool(this);
  private final RamMaildrops drops = new RamMaildrops(this);
  private StorageFailure.@Nullable Kind failure;

  /** A mail that was kept. */
  public static final class Kept {
    private final Arrival arrival;
    private final byte[] content;

    Kept(Arrival arrival, byte[] content) {
      this.arrival = arrival;
      this.content = content;
    }

    public Arrival arrival() {
      return arrival;
    }

    public byte[] content() {
      return content.clone();
    }

    /** As its owner reads it. */
    public byte[] whole() {
      byte[] front =
          ("Return-Path: <" + arrival.envelope().reversePath() + ">\r\n" + arrival.received())
              .getBytes(UTF_8);
      byte[] whole = new byte[front.length + content.length];
      System.arraycopy(front, 0, whole, 0, front.length);
      System.arraycopy(content, 0, whole, front.length, content.length);
      return whole;
    }
  }

  @Override
  public Spool spool() {
    return spool;
  }

  @Override
  public Maildrops maildrops() {
    return drops;
  }

  @Override
  public Directory directory() {
    return directory;
  }

  /** From now on every question and every keep fails in this way; {@link #recover} ends it. */
  public synchronized void fail(StorageFailure.Kind kind) {
    failure = kind;
  }

  public synchronized void recover() {
    failure = null;
  }

  /** Throws what {@link #fail} asked for. */
  public synchronized void check() throws StorageFailure {
    if (failure != null) {
      throw new StorageFailure(failure, "as the test asked");
    }
  }

  /** All or nothing, as the real one. */
  public synchronized void keep(Arrival arrival, byte[] content) throws StorageFailure {
    check();
    Set<AccountId> accounts = new HashSet<>();
    arrival.envelope().recipients().forEach(recipient -> accounts.addAll(recipient.accounts()));
    boolean known = accounts.stream().allMatch(directory::exists);
    if (!known || mails.putIfAbsent(arrival.id(), new Kept(arrival, content)) != null) {
      throw new StorageFailure(StorageFailure.Kind.TROUBLE, "no such account, or an id used again");
    }
    accounts.forEach(account -> entries(account).add(arrival.id()));
  }

  /** The mails in a maildrop, oldest first. */
  public synchronized Map<MailId, Kept> maildrop(AccountId account) {
    Map<MailId, Kept> held = new TreeMap<>();
    entries(account).forEach(id -> held.put(id, mails.get(id)));
    return held;
  }

  public synchronized Optional<Kept> mail(MailId id) {
    return Optional.ofNullable(mails.get(id));
  }

  public synchronized void delete(AccountId account, Set<MailId> deleted) {
    entries(account).removeAll(deleted);
    forgetUnheld();
  }

  public synchronized void remove(AccountId account) {
    maildrops.remove(account);
    forgetUnheld();
  }

  private Set<MailId> entries(AccountId account) {
    return maildrops.computeIfAbsent(account, fresh -> new HashSet<>());
  }

  private void forgetUnheld() {
    mails.keySet().removeIf(id -> maildrops.values().stream().noneMatch(held -> held.contains(id)));
  }
}
