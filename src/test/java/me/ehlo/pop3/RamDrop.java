package me.ehlo.pop3;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import me.ehlo.mail.MailId;
import me.ehlo.mail.StorageFailure;

/** A maildrop in memory, for tests; it can be told to fail. */
public final class RamDrop implements Drop {
  private final Map<MailId, String> contents = new LinkedHashMap<>();
  private List<Item> opened = List.of();
  private int open;

  /** Whether the store is in trouble: nothing can be read or deleted. */
  public boolean trouble;

  /** Whether what is read does not match its checksum. */
  public boolean damaged;

  /** Whether the password that opened it counts no more. */
  public boolean revoked;

  /** How many contents have been opened and not closed. */
  public int contentsOpen;

  /** How many times something was deleted. */
  public int commits;

  public RamDrop(String... mails) {
    for (String mail : mails) {
      contents.put(new MailId(contents.size() + 1), mail);
    }
  }

  /** What is in it now. */
  public List<String> mails() {
    return List.copyOf(contents.values());
  }

  /** Whether a session holds it. */
  public boolean isOpen() {
    return open > 0;
  }

  Site.Opening open() {
    if (isOpen()) {
      return new Site.Opening.InUse();
    }
    open++;
    List<Item> items = new ArrayList<>();
    contents.forEach((id, content) -> items.add(new Item(id, content.length(), false)));
    opened = items;
    return new Site.Opening.Opened(this);
  }

  @Override
  public List<Item> items() {
    return opened;
  }

  @Override
  public Pieces content(Item item) throws StorageFailure {
    failIfTold();
    contentsOpen++;
    Pieces pieces = Pieces.of(contents.get(item.id()).getBytes(ISO_8859_1));
    return new Pieces() {
      @Override
      public byte[] next() throws StorageFailure {
        if (damaged) {
          throw new StorageFailure(StorageFailure.Kind.DAMAGED, "checksum");
        }
        return pieces.next();
      }

      @Override
      public void close() {
        contentsOpen--;
      }
    };
  }

  @Override
  public void delete(Collection<Item> items) throws StorageFailure {
    failIfTold();
    commits++;
    items.forEach(item -> contents.remove(item.id()));
  }

  @Override
  public boolean isRevoked() {
    return revoked;
  }

  @Override
  public void close() {
    open--;
  }

  private void failIfTold() throws StorageFailure {
    if (trouble) {
      throw new StorageFailure(StorageFailure.Kind.TROUBLE, "told to fail");
    }
  }
}
