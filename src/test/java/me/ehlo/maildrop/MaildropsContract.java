package me.ehlo.maildrop;

import static me.ehlo.store.Post.account;
import static me.ehlo.store.Post.keep;
import static me.ehlo.store.Post.mails;
import static me.ehlo.store.Post.octets;
import static me.ehlo.store.Post.read;
import static me.ehlo.store.Post.to;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import me.ehlo.mail.AccountId;
import me.ehlo.mail.MailId;
import me.ehlo.mail.StorageFailure;
import me.ehlo.maildrop.Maildrops.Usage;
import me.ehlo.spool.Content;
import me.ehlo.store.Custody;
import me.ehlo.store.Post;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What all maildrops do, wherever they are. */
public abstract class MaildropsContract {
  private Custody custody;
  private AccountId bob;
  private AccountId eve;

  /** A new and empty store. */
  protected abstract Custody openCustody() throws Exception;

  @BeforeEach
  void open() throws Exception {
    custody = openCustody();
    bob = account(custody, "bob");
    eve = account(custody, "eve");
  }

  @AfterEach
  void close() throws StorageFailure {
    custody.close();
  }

  @Test
  void aNewMaildropIsEmpty() throws StorageFailure {
    assertThat(mails(custody, bob)).isEmpty();
    assertThat(custody.maildrops().usage(bob)).isEqualTo(new Usage(0, 0));
  }

  @Test
  void oneSessionAtATime() throws StorageFailure {
    try (Maildrop _ = Post.open(custody, bob);
        Maildrop _ = Post.open(custody, eve)) {
      assertThat(custody.maildrops().open(bob)).isEmpty();
    }
    assertThat(mails(custody, bob)).isEmpty();
  }

  @Test
  void closingTwiceLetsNobodyIntoTheNextSession() throws StorageFailure {
    Maildrop first = Post.open(custody, bob);
    first.close();
    try (Maildrop _ = Post.open(custody, bob)) {
      first.close();
      assertThat(custody.maildrops().open(bob)).isEmpty();
    }
  }

  @Test
  void aSessionSeesTheMailsThatWereThereWhenItBegan() throws StorageFailure {
    keep(custody, octets(10, 1), to(bob));
    try (Maildrop maildrop = Post.open(custody, bob)) {
      keep(custody, octets(10, 2), to(bob));
      assertThat(maildrop.mails()).hasSize(1);
    }
    assertThat(mails(custody, bob)).hasSize(2);
  }

  @Test
  void sizesAreWhatIsRead() throws StorageFailure {
    for (int size : new int[] {0, 1, 4096, 300_000}) {
      keep(custody, octets(size, size), to(bob));
    }
    try (Maildrop maildrop = Post.open(custody, bob)) {
      for (StoredMail mail : maildrop.mails()) {
        assertThat(read(maildrop, mail)).hasSize((int) mail.octets());
      }
    }
  }

  @Test
  void mailsAreReadRightInAnyOrder() throws StorageFailure {
    for (int i = 0; i < 60; i++) {
      keep(custody, octets(i == 30 ? 200_000 : 1 + 100 * i, i), to(bob));
    }
    try (Maildrop maildrop = Post.open(custody, bob)) {
      List<Integer> order = new ArrayList<>();
      for (int i = 0; i < 60; i++) {
        order.addAll(List.of(i, i, (i * 7) % 60));
      }
      Collections.shuffle(order.subList(90, 180), new Random(1));
      for (int i : order) {
        assertThat(Post.content(read(maildrop, maildrop.mails().get(i))))
            .isEqualTo(octets(i == 30 ? 200_000 : 1 + 100 * i, i));
      }
    }
  }

  @Test
  void contentMayBeLeftUnread() throws StorageFailure {
    keep(custody, octets(400_000, 1), to(bob));
    try (Maildrop maildrop = Post.open(custody, bob)) {
      try (Content content = maildrop.content(maildrop.mails().getFirst())) {
        assertThat(content.next()).isNotEmpty();
      }
      assertThat(read(maildrop, maildrop.mails().getFirst())).hasSizeGreaterThan(400_000);
    }
  }

  @Test
  void whatIsDeletedIsGoneAndTheRestKeepsItsIds() throws StorageFailure {
    for (int i = 0; i < 10; i++) {
      keep(custody, octets(100, i), to(bob));
    }
    List<StoredMail> before = mails(custody, bob);
    try (Maildrop maildrop = Post.open(custody, bob)) {
      maildrop.delete(List.of(before.get(0), before.get(4), before.get(9)));
    }
    List<StoredMail> left = new ArrayList<>(before);
    left.removeAll(List.of(before.get(0), before.get(4), before.get(9)));
    assertThat(mails(custody, bob)).isEqualTo(left);
  }

  @Test
  void deletingNothingIsNothing() throws StorageFailure {
    keep(custody, octets(100, 1), to(bob));
    try (Maildrop maildrop = Post.open(custody, bob)) {
      maildrop.delete(List.of());
    }
    assertThat(mails(custody, bob)).hasSize(1);
  }

  @Test
  void aSessionThatIsLostDeletesNothing() throws StorageFailure {
    keep(custody, octets(100, 1), to(bob));
    Post.open(custody, bob).close();
    assertThat(mails(custody, bob)).hasSize(1);
  }

  @Test
  void aMailStaysForTheOthersUntilTheLastOneDeletesIt() throws StorageFailure {
    byte[] content = octets(200_000, 1);
    keep(custody, content, to(bob), to(eve));
    try (Maildrop maildrop = Post.open(custody, bob)) {
      maildrop.delete(maildrop.mails());
    }
    assertThat(mails(custody, bob)).isEmpty();
    try (Maildrop maildrop = Post.open(custody, eve)) {
      assertThat(Post.content(read(maildrop, maildrop.mails().getFirst()))).isEqualTo(content);
      maildrop.delete(maildrop.mails());
    }
    assertThat(mails(custody, eve)).isEmpty();
  }

  @Test
  void usageIsWhatTheMaildropHolds() throws StorageFailure {
    keep(custody, octets(100, 1), to(bob));
    assertUsage(bob);
    keep(custody, octets(200, 2), to(bob), to(eve));
    keep(custody, octets(300_000, 3), to(bob));
    assertUsage(bob);
    assertUsage(eve);
    try (Maildrop maildrop = Post.open(custody, bob)) {
      maildrop.delete(maildrop.mails().subList(0, 2));
      maildrop.delete(maildrop.mails().subList(0, 2)); // again: counted once
    }
    assertUsage(bob);
    assertUsage(eve);
  }

  private void assertUsage(AccountId account) throws StorageFailure {
    List<StoredMail> mails = mails(custody, account);
    long octets = mails.stream().mapToLong(StoredMail::octets).sum();
    assertThat(custody.maildrops().usage(account)).isEqualTo(new Usage(mails.size(), octets));
  }

  @Test
  void removingAnAccountRemovesItsMailsAndNobodyElses() throws StorageFailure {
    keep(custody, octets(100, 1), to(bob), to(eve));
    custody.directory().removeAccount(bob);

    assertThat(mails(custody, bob)).isEmpty();
    assertThat(custody.maildrops().usage(bob)).isEqualTo(new Usage(0, 0));
    assertThat(mails(custody, eve)).hasSize(1);
  }

  @Test
  void anAccountThatIsRemovedDuringItsSessionLeavesItNothingToDelete() throws StorageFailure {
    keep(custody, octets(100, 1), to(bob), to(eve));
    try (Maildrop maildrop = Post.open(custody, bob)) {
      custody.directory().removeAccount(bob);
      maildrop.delete(maildrop.mails());
    }
    assertThat(mails(custody, eve)).hasSize(1);
  }

  @Test
  void aMailThatIsGoneCannotBeRead() throws StorageFailure {
    try (Maildrop maildrop = Post.open(custody, bob)) {
      assertThatExceptionOfType(StorageFailure.class)
          .isThrownBy(() -> maildrop.content(new StoredMail(new MailId(7), 10, false)))
          .extracting(StorageFailure::kind)
          .isEqualTo(StorageFailure.Kind.DAMAGED);
    }
  }
}
