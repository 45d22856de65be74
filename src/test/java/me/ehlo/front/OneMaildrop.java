package me.ehlo.front;

import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import me.ehlo.mail.AccountId;
import me.ehlo.mail.MailId;
import me.ehlo.mail.StorageFailure;
import me.ehlo.maildrop.Maildrop;
import me.ehlo.maildrop.Maildrops;
import me.ehlo.maildrop.StoredMail;
import me.ehlo.spool.Content;

/** One maildrop in memory, whoever asks; for tests. */
final class OneMaildrop implements Maildrops {
  final Map<MailId, byte[]> mails = new LinkedHashMap<>();
  final int piece;
  volatile boolean held;

  /** How many pieces can still be read before the store fails. */
  final AtomicInteger piecesUntilTrouble = new AtomicInteger(Integer.MAX_VALUE);

  OneMaildrop(int piece) {
    this.piece = piece;
  }

  void add(byte[] mail) {
    mails.put(new MailId(mails.size() + 1), mail);
  }

  @Override
  public synchronized Optional<Maildrop> open(AccountId account) {
    if (held) {
      return Optional.empty();
    }
    held = true;
    List<StoredMail> now =
        mails.entrySet().stream()
            .map(mail -> new StoredMail(mail.getKey(), mail.getValue().length, false))
            .toList();
    return Optional.of(new Held(now));
  }

  @Override
  public Usage usage(AccountId account) {
    return new Usage(mails.size(), 0);
  }

  private final class Held implements Maildrop {
    private final List<StoredMail> now;

    Held(List<StoredMail> now) {
      this.now = now;
    }

    @Override
    public List<StoredMail> mails() {
      return now;
    }

    @Override
    public Content content(StoredMail mail) {
      byte[] octets = mails.get(mail.id());
      return new Content() {
        private int at;

        @Override
        public byte[] next() throws StorageFailure {
          if (piecesUntilTrouble.getAndDecrement() <= 0) {
            throw new StorageFailure(StorageFailure.Kind.TROUBLE, "told to fail");
          }
          int from = at;
          at = Math.min(octets.length, at + piece);
          return Arrays.copyOfRange(octets, from, at);
        }

        @Override
        public void close() {}
      };
    }

    @Override
    public void delete(Collection<StoredMail> gone) {
      gone.forEach(mail -> mails.remove(mail.id()));
    }

    @Override
    public void close() {
      held = false;
    }
  }
}
