package me.ehlo.store;

import java.util.Collection;
import java.util.List;
import me.ehlo.mail.AccountId;
import me.ehlo.mail.StorageFailure;
import me.ehlo.maildrop.Maildrop;
import me.ehlo.maildrop.StoredMail;
import me.ehlo.spool.Content;

/** One account's maildrop, held by a session. */
final class SqlMaildrop implements Maildrop {
  private final SqlMaildrops maildrops;
  private final AccountId account;
  private final List<StoredMail> mails;
  private final ReadAhead ahead;
  private boolean open = true;

  SqlMaildrop(SqlMaildrops maildrops, AccountId account, List<StoredMail> mails) {
    this.maildrops = maildrops;
    this.account = account;
    this.mails = mails;
    this.ahead = new ReadAhead(maildrops.database(), mails);
  }

  @Override
  public List<StoredMail> mails() {
    return mails;
  }

  @Override
  public Content content(StoredMail mail) throws StorageFailure {
    MailHead.Row row = ahead.row(mail);
    return new SqlContent(maildrops.database(), row, row.head().front());
  }

  @Override
  public void delete(Collection<StoredMail> deleted) throws StorageFailure {
    if (!deleted.isEmpty()) {
      maildrops.delete(account, deleted.stream().map(mail -> mail.id().value()).toList());
    }
  }

  @Override
  public void close() {
    if (open) {
      open = false;
      maildrops.letGo(account);
    }
  }
}
