package me.ehlo.conversation;

import java.util.Collection;
import java.util.List;
import me.ehlo.access.Logins;
import me.ehlo.mail.MailId;
import me.ehlo.mail.StorageFailure;
import me.ehlo.maildrop.Maildrop;
import me.ehlo.maildrop.StoredMail;
import me.ehlo.pop3.Drop;
import me.ehlo.pop3.Pieces;
import me.ehlo.pop3.Site;
import me.ehlo.spool.Content;

/** A scene as a POP3 session sees it. */
record PureSite(Scene scene) implements Site {

  @Override
  public String hostname() {
    return scene.house().hostname();
  }

  @Override
  public String sendingAt() {
    return "port 2525";
  }

  @Override
  public boolean takesPasswords() {
    return scene.takesPasswords();
  }

  @Override
  public Login login(String user, String password) throws StorageFailure {
    return switch (scene.logins().login(user, password)) {
      case Logins.Login.Rejected() -> new Login.Rejected();
      case Logins.Login.Busy() -> new Login.Busy();
      case Logins.Login.Known(var account, _) ->
          scene
              .store
              .maildrops()
              .open(account.id())
              .<Login>map(maildrop -> new Login.Opened(new Held(maildrop)))
              .orElseGet(Login.InUse::new);
    };
  }

  private record Held(Maildrop maildrop) implements Drop {

    @Override
    public List<Item> items() {
      return maildrop.mails().stream()
          .map(mail -> new Item(mail.id(), mail.octets(), mail.smtpUtf8()))
          .toList();
    }

    @Override
    public Pieces content(Item item) throws StorageFailure {
      Content content = maildrop.content(stored(item.id()));
      return new Pieces() {
        @Override
        public byte[] next() throws StorageFailure {
          return content.next();
        }

        @Override
        public void close() {
          content.close();
        }
      };
    }

    @Override
    public void delete(Collection<Item> gone) throws StorageFailure {
      maildrop.delete(gone.stream().map(item -> stored(item.id())).toList());
    }

    @Override
    public void close() {
      maildrop.close();
    }

    private StoredMail stored(MailId id) {
      return maildrop.mails().stream()
          .filter(mail -> mail.id().equals(id))
          .findFirst()
          .orElseThrow();
    }
  }
}
