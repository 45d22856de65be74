package me.ehlo.maildrop;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import me.ehlo.mail.AccountId;
import me.ehlo.mail.StorageFailure;
import me.ehlo.spool.Content;
import me.ehlo.store.RamStore;
import me.ehlo.store.RamStore.Kept;

/** Maildrops in memory, for tests. */
public final class RamMaildrops implements Maildrops {
  private final RamStore store;
  private final Set<AccountId> held = ConcurrentHashMap.newKeySet();

  public RamMaildrops(RamStore store) {
    this.store = store;
  }

  @Override
  public Optional<Maildrop> open(AccountId account) throws StorageFailure {
    store.check();
    return held.add(account) ? Optional.of(new RamMaildrop(account)) : Optional.empty();
  }

  @Override
  public Usage usage(AccountId account) throws StorageFailure {
    store.check();
    Collection<Kept> mails = store.maildrop(account).values();
    return new Usage(mails.size(), mails.stream().mapToLong(mail -> mail.whole().length).sum());
  }

  private final class RamMaildrop implements Maildrop {
    private final AccountId account;
    private final List<StoredMail> mails;
    private boolean open = true;

    RamMaildrop(AccountId account) {
      this.account = account;
      this.mails =
          store.maildrop(account).values().stream()
              .map(mail ->
                  new StoredMail(
                      mail.arrival().id(), mail.whole().length, mail.arrival().smtpUtf8()))
              .toList();
    }

    @Override
    public List<StoredMail> mails() {
      return mails;
    }

    @Override
    public Content content(StoredMail mail) throws StorageFailure {
      store.check();
      Kept kept =
          store
              .mail(mail.id())
              .orElseThrow(() -> new StorageFailure(StorageFailure.Kind.DAMAGED, "it is gone"));
      return new Whole(kept.whole());
    }

    @Override
    public void delete(Collection<StoredMail> deleted) throws StorageFailure {
      store.check();
      store.delete(
          account,
          deleted.stream().map(StoredMail::id).collect(Collectors.toCollection(HashSet::new)));
    }

    @Override
    public void close() {
      if (open) {
        open = false;
        held.remove(account);
      }
    }
  }

  /** Pieces small enough that readers must put some together. */
  private static final class Whole implements Content {
    private static final int PIECE = 1000;
    private final byte[] octets;
    private int from;

    Whole(byte[] octets) {
      this.octets = octets;
    }

    @Override
    public byte[] next() {
      int to = Math.min(from + PIECE, octets.length);
      byte[] piece = java.util.Arrays.copyOfRange(octets, from, to);
      from = to;
      return piece;
    }

    @Override
    public void close() {
      from = octets.length;
    }
  }
}
