package me.ehlo.store;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static me.ehlo.store.Post.mailbox;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import me.ehlo.access.Account;
import me.ehlo.access.Alias;
import me.ehlo.access.Directory;
import me.ehlo.mail.AccountId;
import me.ehlo.mail.MailId;
import me.ehlo.mail.StorageFailure;
import me.ehlo.maildrop.Maildrop;
import me.ehlo.maildrop.StoredMail;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Data folders that earlier versions made still open, and everything is in them.
 *
 * <p>The folder {@code stores/v1} was made by {@link #fill} with the first version of the schema and never changes. A new
 * migration adds a folder of its own.
 */
class KeptStoresTest {
  private static final MailId FIRST = MailId.parse("1KV0000SMA11");
  private static final MailId SECOND = MailId.parse("1KV000B0TH22");
  private static final MailId THIRD = MailId.parse("1KV00BCGCHNK");

  @TempDir Path folder;

  /** About so many octets of numbered lines. */
  private static byte[] lines(int octets) {
    StringBuilder text = new StringBuilder("Subject: kept\r\n\r\n");
    for (int line = 0; text.length() < octets; line++) {
      text.append("line ").append(line).append("\r\n");
    }
    return text.toString().getBytes(US_ASCII);
  }

  /** What made the kept folders. */
  static void fill(Custody store) throws StorageFailure {
    Directory directory = store.directory();
    Account ann =
        directory
            .addAccount(mailbox("Ann", "ehlo.test"), Optional.of("$argon2id$kept"), 1_000_000)
            .orElseThrow();
    Account bob =
        directory.addAccount(mailbox("bob", "ehlo.test"), Optional.empty(), 0).orElseThrow();
    directory.putAlias(
        new Alias(mailbox("all", "ehlo.test"), List.of(ann.address(), bob.address())));
    Post.keep(store, lines(300), Post.arrival(FIRST, Post.to(ann.id())));
    Post.keep(store, lines(5_000), Post.arrival(SECOND, Post.to(ann.id()), Post.to(bob.id())));
    Post.keep(store, lines(140_000), Post.arrival(THIRD, Post.to(bob.id())));
  }

  private Opened open(String version) throws StorageFailure, IOException {
    Path database = folder.resolve("ehlo.db");
    try (InputStream in = getClass().getResourceAsStream("/stores/" + version + "/ehlo.db")) {
      Files.copy(in, database);
    }
    return Opened.sqlite(folder);
  }

  @Test
  void theFirstVersionOpens() throws StorageFailure, IOException {
    try (Opened store = open("v1")) {
      Account ann =
          new Account(
              new AccountId(1),
              mailbox("Ann", "ehlo.test"),
              Optional.of("$argon2id$kept"),
              1_000_000);
      Account bob = new Account(new AccountId(2), mailbox("bob", "ehlo.test"), Optional.empty(), 0);
      assertThat(store.directory().accounts()).containsExactly(ann, bob);
      assertThat(store.directory().aliases())
          .containsExactly(
              new Alias(mailbox("all", "ehlo.test"), List.of(ann.address(), bob.address())));
      assertHolds(store, ann.id(), List.of(FIRST, SECOND), List.of(lines(300), lines(5_000)));
      assertHolds(store, bob.id(), List.of(SECOND, THIRD), List.of(lines(5_000), lines(140_000)));
      assertThat(store.store().verify()).isEmpty();
    }
  }

  private static void assertHolds(
      Opened store, AccountId account, List<MailId> ids, List<byte[]> contents)
      throws StorageFailure {
    try (Maildrop maildrop = Post.open(store, account)) {
      assertThat(maildrop.mails()).extracting(StoredMail::id).isEqualTo(ids);
      for (int i = 0; i < ids.size(); i++) {
        byte[] whole = Post.read(maildrop, maildrop.mails().get(i));
        assertThat(new String(whole, US_ASCII)).startsWith(Post.RETURN_PATH + Post.RECEIVED);
        assertThat(Post.content(whole)).isEqualTo(contents.get(i));
      }
    }
  }
}
