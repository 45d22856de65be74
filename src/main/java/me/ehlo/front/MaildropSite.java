package me.ehlo.front;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import me.ehlo.mail.StorageFailure;
import me.ehlo.maildrop.Maildrop;
import me.ehlo.maildrop.StoredMail;
import me.ehlo.pop3.Drop;
import me.ehlo.pop3.Pieces;
import me.ehlo.pop3.Site;
import me.ehlo.sasl.Channel;
import me.ehlo.sasl.Identity;
import me.ehlo.sasl.Mechanisms;
import me.ehlo.spool.Content;

/**
 * The site as one POP3 client sees it: the accounts and their maildrops.
 *
 * @param client its address
 * @param takesCleartext whether it may give passwords unencrypted
 */
record MaildropSite(Pop3Door door, String client, boolean takesCleartext) implements Site {

  @Override
  public String hostname() {
    return door.hostname();
  }

  @Override
  public String sendingAt() {
    return door.sendingAt();
  }

  @Override
  public boolean offersTls() {
    return door.encryption().onRequest();
  }

  @Override
  public Mechanisms mechanisms(Channel channel) {
    return channel.encrypted() || takesCleartext
        ? door.logins().mechanisms(client, channel)
        : Mechanisms.none();
  }

  @Override
  public Opening open(Identity identity) throws StorageFailure {
    Optional<Maildrop> maildrop = door.maildrops().open(identity.account());
    return maildrop.<Opening>map(held -> opened(identity, held)).orElseGet(Opening.InUse::new);
  }

  private Opening opened(Identity identity, Maildrop maildrop) {
    door.recentLogins().loggedIn(client, identity.address());
    return new Opening.Opened(new Held(maildrop, () -> isRevoked(identity)));
  }

  private boolean isRevoked(Identity identity) {
    try {
      return !door.logins().stillHolds(identity);
    } catch (StorageFailure e) {
      return false; // the mails come from the same store: what was asked for will be refused for
      // that
    }
  }

  /** A maildrop in the words of POP3. */
  private static final class Held implements Drop {
    private final Maildrop maildrop;
    private final BooleanSupplier revoked;
    private final List<Item> items;

    Held(Maildrop maildrop, BooleanSupplier revoked) {
      this.maildrop = maildrop;
      this.revoked = revoked;
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
    public boolean isRevoked() {
      return revoked.getAsBoolean();
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
