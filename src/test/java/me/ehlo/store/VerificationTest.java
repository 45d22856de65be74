package me.ehlo.store;

import static me.ehlo.store.Post.account;
import static me.ehlo.store.Post.keep;
import static me.ehlo.store.Post.octets;
import static me.ehlo.store.Post.to;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import me.ehlo.mail.AccountId;
import me.ehlo.mail.MailId;
import me.ehlo.mail.StorageFailure;
import org.assertj.core.api.ListAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each thing that can be wrong is found; an entry each test, because a check that never fails checks nothing. */
class VerificationTest {
  @TempDir Path folder;

  private Opened store;
  private AccountId bob;
  private MailId small;

  @BeforeEach
  void open() throws StorageFailure {
    store = Opened.sqlite(folder);
    bob = account(store, "bob");
    small = keep(store, octets(100, 1), to(bob));
    keep(store, octets(300_000, 2), to(bob));
  }

  @AfterEach
  void close() {
    store.abandon();
  }

  private ListAssert<String> findingsAfter(String sql) throws StorageFailure {
    store
        .store()
        .database()
        .write(session -> {
          session.execute(sql.formatted(small.value()));
          return true;
        });
    return assertThat(store.store().verify().stream().map(Finding::toString).toList());
  }

  @Test
  void nothingIsWrongAtFirst() throws StorageFailure {
    assertThat(store.store().verify()).isEmpty();
  }

  @Test
  void moreMailsAndEntriesThanAPage() throws StorageFailure {
    AccountId eve = account(store, "eve");
    for (int i = 0; i < 1_100; i++) {
      keep(store, octets(10, i), to(eve));
    }
    assertThat(store.store().verify()).isEmpty();
    findingsAfter("UPDATE mail SET content = zeroblob(octets) WHERE content IS NOT NULL")
        .hasSize(Verification.FINDINGS_MAX);
  }

  @Test
  void aChangedSender() throws StorageFailure {
    findingsAfter("UPDATE mail SET reverse_path = 'eve@x.test' WHERE id = %d")
        .contains("mail " + small + ": does not match its checksum");
  }

  @Test
  void aLostEntry() throws StorageFailure {
    findingsAfter("DELETE FROM maildrop_entry WHERE mail = %d")
        .containsExactly(
            "mail "
                + small
                + ": was given to 1 holders, of 1 that its recipients name; 1 are noted as left:"
                + " 0 maildrops hold it, and no queue");
  }

  @Test
  void aLostMail() throws StorageFailure {
    findingsAfter("DELETE FROM mail WHERE id = %d")
        .containsExactly(
            "account 1: its maildrop names the mail " + small + ", which is not in the store");
  }

  @Test
  void anEntryForSomebodyElse() throws StorageFailure {
    AccountId eve = account(store, "eve");
    findingsAfter("INSERT INTO maildrop_entry VALUES (" + eve.value() + ", %d, 1, 0, 1)")
        .containsExactly(
            "account 2: its maildrop names the mail " + small + ", which is not for it");
  }

  @Test
  void aWrongSize() throws StorageFailure {
    findingsAfter("UPDATE maildrop_entry SET octets = octets + 1 WHERE mail = %d")
        .containsExactly("account 1: its maildrop gives a wrong size for the mail " + small);
  }

  @Test
  void aRecipientInNoKnownState() throws StorageFailure {
    MailHead head =
        new MailHead(4711, 0, "", "lost  bob@ehlo.test\n", "", 0, false, 0, 0, 0, false, "");
    store
        .store()
        .database()
        .write(session -> {
          head.insert(session, new byte[0]);
          return true;
        });
    assertThat(store.store().verify())
        .extracting(Finding::what)
        .containsExactly("its recipient bob@ehlo.test is in no known state: lost");
  }

  @Test
  void aLostPiece() throws StorageFailure {
    findingsAfter("DELETE FROM chunk WHERE n = 1")
        .singleElement()
        .asString()
        .endsWith("its piece 1 is missing");
  }

  @Test
  void piecesOfNobody() throws StorageFailure {
    findingsAfter("INSERT INTO chunk VALUES (4711, 0, 0, x'00')")
        .containsExactly("database: belongs to no mail and no draft: the pieces of body 4711");
  }

  @Test
  void leftMoreMaildropsThanItWasPutInto() throws StorageFailure {
    findingsAfter("INSERT INTO released VALUES (%d, -1)")
        .contains(
            "database: left more maildrops than it was put into: the mail with the number "
                + small.value());
  }
}
