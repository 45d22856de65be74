package me.ehlo.store;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static me.ehlo.store.Post.mailbox;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import me.ehlo.access.Account;
import me.ehlo.access.Alias;
import me.ehlo.access.Directory;
import me.ehlo.access.Guestbook;
import me.ehlo.access.ScramKeys;
import me.ehlo.access.StoredPassword;
import me.ehlo.mail.AccountId;
import me.ehlo.mail.DsnOptions;
import me.ehlo.mail.Envelope;
import me.ehlo.mail.ForwardPath;
import me.ehlo.mail.MailId;
import me.ehlo.mail.Network;
import me.ehlo.mail.Notify;
import me.ehlo.mail.Orcpt;
import me.ehlo.mail.Recipient;
import me.ehlo.mail.ReversePath;
import me.ehlo.mail.StorageFailure;
import me.ehlo.maildrop.Maildrop;
import me.ehlo.maildrop.StoredMail;
import me.ehlo.queue.Births;
import me.ehlo.queue.QueueEntry;
import me.ehlo.queue.Selection;
import me.ehlo.spool.Arrival;
import me.ehlo.spool.FirstTry;
import me.ehlo.spool.SpooledMail;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Data folders that earlier versions made still open, and everything is in them.
 *
 * <p>The folder {@code stores/v1} was made by {@link #fill} with the first version of the schema and never changes; {@code v2} by
 * the same and {@link #fillQueue}, {@code v3} by both and {@link #fillPasswords}; {@code v4} is {@code v3} brought up to date,
 * and {@code v5} is that with {@link #fillGuests}. A new migration adds a folder of its own.
 */
class KeptStoresTest {
  private static final MailId FIRST = MailId.parse("1KV0000SMA11");
  private static final MailId SECOND = MailId.parse("1KV000B0TH22");
  private static final MailId THIRD = MailId.parse("1KV00BCGCHNK");

  private static final MailId FOURTH = MailId.parse("1KV00QVEVE44");
  private static final MailId FIFTH = MailId.parse("1KV00REP0R55");

  private static final StoredPassword PHONE =
      new StoredPassword(
          "phone",
          "$argon2id$phone",
          Optional.of(new ScramKeys(4096, "c2FsdA==", "c3RvcmVk", "c2VydmVy")));

  private static final Network NETWORK = new Network(InetAddress.ofLiteral("192.0.2.0"), 24);
  private static final Guestbook.Attempt ATTEMPT =
      new Guestbook.Attempt(
          NETWORK,
          new ReversePath.Sender(mailbox("carol", "client.example")),
          new ForwardPath.To(mailbox("ann", "ehlo.test")));

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

  /** What made the second of the kept folders, besides. */
  static void fillQueue(Custody store) throws StorageFailure {
    Post.keep(store, lines(200), Post.arrival(FOURTH, Post.to(new AccountId(1)), elsewhere()));
    Post.keep(store, lines(140_000), leaving());
  }

  /** What made the third of the kept folders, besides. */
  static void fillPasswords(Custody store) throws StorageFailure {
    store.directory().addPassword(new AccountId(1), PHONE);
    store.directory().addPassword(new AccountId(2), PHONE);
  }

  /** What made the fifth of the kept folders, besides. */
  static void fillGuests(Custody store) throws StorageFailure {
    store.guestbook().mailTaken(NETWORK, Post.NOON);
    store.guestbook().tried(ATTEMPT, Post.NOON);
  }

  private static Recipient elsewhere() {
    return Recipient.elsewhere(mailbox("a", "x.test"));
  }

  private static Arrival leaving() {
    DsnOptions dsn = new DsnOptions(Optional.of(DsnOptions.Ret.HDRS), Optional.of("a+b c"));
    Recipient told =
        elsewhere()
            .with(
                Notify.of(Set.of(Notify.Happening.FAILURE)),
                Optional.of(new Orcpt("rfc822", "a@x.test")));
    Envelope envelope =
        new Envelope(
            new ReversePath.Sender(mailbox("ann", "client.example")),
            List.of(told, elsewhere()),
            dsn);
    return new Arrival(
        FIFTH, Post.NOON, envelope, Post.RECEIVED, false, true, new FirstTry(true, Post.NOON));
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

  @Test
  void theSecondVersionOpens() throws StorageFailure, IOException {
    try (Opened store = open("v2")) {
      assertHolds(
          store,
          new AccountId(1),
          List.of(FIRST, SECOND, FOURTH),
          List.of(lines(300), lines(5_000), lines(200)));
      List<QueueEntry> entries = store.queue().list(Selection.ALL, 10);
      assertThat(entries).hasSize(3);
      assertThat(entries.getFirst().mail()).isEqualTo(FOURTH);
      assertThat(entries.subList(1, 3)).isEqualTo(Births.of(leaving()));
      try (SpooledMail mail = store.spool().open(FIFTH).orElseThrow()) {
        assertThat(mail.dsn()).isEqualTo(leaving().envelope().dsn());
        assertThat(mail.eightBit()).isTrue();
      }
      assertThat(store.store().verify()).isEmpty();
    }
  }

  @Test
  void theThirdVersionOpens() throws StorageFailure, IOException {
    try (Opened store = open("v3")) {
      assertThat(store.directory().accounts())
          .extracting(Account::passwords)
          .containsExactly(List.of(StoredPassword.main("$argon2id$kept"), PHONE), List.of(PHONE));
      assertThat(store.queue().list(Selection.ALL, 10)).hasSize(3);
      assertThat(store.store().verify()).isEmpty();
    }
  }

  @Test
  void theFourthVersionOpens() throws StorageFailure, IOException {
    try (Opened store = open("v4")) {
      assertThat(store.store().siteSecret())
          .isEqualTo("5863C3A545F07651490100D4563EF5F87DAB29204502C0A2C10BFCC264C73B04");
      assertThat(store.directory().accounts()).hasSize(2);
      assertThat(store.queue().list(Selection.ALL, 10)).hasSize(3);
      assertThat(store.store().verify()).isEmpty();
    }
  }

  @Test
  void theFifthVersionOpens() throws StorageFailure, IOException {
    try (Opened store = open("v5")) {
      assertThat(store.guestbook().lastMail(NETWORK)).contains(Post.NOON);
      assertThat(store.guestbook().firstTry(ATTEMPT)).contains(Post.NOON);
      assertThat(store.queue().list(Selection.ALL, 10)).hasSize(3);
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
