package me.ehlo.front;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import me.ehlo.access.Account;
import me.ehlo.access.Logins;
import me.ehlo.mail.StorageFailure;
import me.ehlo.maildrop.Maildrop;
import me.ehlo.maildrop.StoredMail;
import me.ehlo.pop3.Drop;
import me.ehlo.pop3.Pieces;
import me.ehlo.pop3.Site;
import me.ehlo.spool.Content;

/**
 * The site as one POP3 client sees it: the accounts and their maildrops.
 *
 * @param client its address
 */
record MaildropSite(Pop3Door door, String client, boolean takesPasswords) implements Site {

  @Override
  public String hostname() {
    return door.hostname();
  }

  @Override
  public String sendingAt() {
    return door.sendingAt();
  }

  @Override
  public Login login(String user, String password) throws StorageFailure {
    return switch (door.logins().login(user, password)) {
      case Logins.Login.Known(var account, _) -> open(account);
      case Logins.Login.Rejected() -> new Login.Rejected();
      case Logins.Login.Busy() -> new Login.Busy();
    };
  }

  private Login open(Account account) throws StorageFailure {
    Optional<Maildrop> maildrop = door.maildrops().open(account.id());
    return maildrop.<Login>map(held -> opened(account, held)).orElseGet(Login.InUse::new);
  }

  private Login opened(Account account, Maildrop maildrop) {
    door.recentLogins().loggedIn(client, account.address());
    return new Login.Opened(new Held(maildrop));
  }

  /** A maildrop in the words of POP3. */
  private static final class Held implements Drop {
    private final Maildrop maildrop;
    private final List<Item> items;

    Held(Maildrop maildrop) {
      this.maildrop = maildrop;
      this.items = maildrop.mails().stream().map(Held::item).toList();
    }

    @Override
    public List<Item> items() {
      return items;
    }

    @Override
    public Pieces content(Item item) throws StorageFailure {
      return new Read(maildrop.content(stored(item)));
    }

    @Override
    public void delete(Collection<Item> gone) throws StorageFailure {
      maildrop.delete(gone.stream().map(Held::stored).toList());
    }

    @Override
    public void close() {
      maildrop.close();
    }

    private static Item item(StoredMail mail) {
      return new Item(mail.id(), mail.octets(), mail.smtpUtf8());
    }

    private static StoredMail stored(Item item) {
      return new StoredMail(item.id(), item.octets(), item.smtpUtf8());
    }
  }

  /** A mail's content in the words of POP3. */
  private record Read(Content content) implements Pieces {

    @Override
    public byte[] next() throws StorageFailure {
      return content.next();
    }

    @Override
    public void close() {
      content.close();
    }
  }
}
