package me.ehlo.store;

import static me.ehlo.store.Post.account;
import static me.ehlo.store.Post.keep;
import static me.ehlo.store.Post.mailbox;
import static me.ehlo.store.Post.octets;
import static me.ehlo.store.Post.to;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.time.Instant;
import me.ehlo.mail.AccountId;
import me.ehlo.mail.MailId;
import me.ehlo.mail.Recipient;
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

  private MailId queued() throws StorageFailure {
    Recipient a = Recipient.elsewhere(mailbox("a", "x.test"));
    Recipient b = Recipient.elsewhere(mailbox("b", "x.test"));
    return keep(store, octets(50, 3), to(bob), a, b);
  }

  private ListAssert<String> findingsAbout(MailId mail, String sql) throws StorageFailure {
    return findingsAfter(sql.replace("%d", String.valueOf(mail.value())));
  }

  @Test
  void whatWaitsIsSound() throws StorageFailure {
    queued();
    assertThat(store.store().verify()).isEmpty();
  }

  @Test
  void aLostEntryOfTheQueue() throws StorageFailure {
    MailId mail = queued();
    findingsAbout(mail, "DELETE FROM queue_entry WHERE mail = %d AND n = 1")
        .containsExactly("mail " + mail + ": its entry 1 in the queue is missing");
  }

  @Test
  void allEntriesOfTheQueueLost() throws StorageFailure {
    MailId mail = queued();
    findingsAbout(mail, "DELETE FROM queue_entry WHERE mail = %d")
        .containsExactly(
            "mail "
                + mail
                + ": was given to 2 holders, of 2 that its recipients name; 2 are noted as left:"
                + " 1 maildrops hold it, and no queue");
  }

  @Test
  void aMailThatTheQueueHasLost() throws StorageFailure {
    MailId mail = queued();
    findingsAbout(mail, "DELETE FROM mail WHERE id = %d")
        .contains(
            "database: is in the queue, but not in the store: the mail with the number "
                + mail.value());
  }

  @Test
  void anEntryWithoutANextEvent() throws StorageFailure {
    MailId mail = queued();
    String sql = "UPDATE queue_entry SET next_at = NULL WHERE mail = %d AND n = 0";
    assertThatExceptionOfType(StorageFailure.class)
        .as("the table refuses it")
        .isThrownBy(() -> findingsAbout(mail, sql));
    findingsAfter("PRAGMA ignore_check_constraints = ON");
    findingsAbout(mail, sql)
        .contains("mail " + mail + ": its entry 0 in the queue is waiting and has no next event");
  }

  @Test
  void anEntryInAHandThatIsNobodys() throws StorageFailure {
    MailId mail = queued();
    findingsAbout(mail, "UPDATE queue_entry SET state = 'delivering' WHERE mail = %d AND n = 0")
        .containsExactly(
            "mail " + mail + ": its entry 0 in the queue is delivering, and nobody has it in hand");
  }

  @Test
  void anEntryThatWaitsInAHand() throws StorageFailure {
    MailId mail = queued();
    findingsAbout(mail, "UPDATE queue_entry SET lease = 7 WHERE mail = %d AND n = 0")
        .containsExactly(
            "mail " + mail + ": its entry 0 in the queue is waiting, and somebody has it in hand");
  }

  @Test
  void anEntryInNoKnownState() throws StorageFailure {
    MailId mail = queued();
    findingsAbout(mail, "UPDATE queue_entry SET state = 'lost' WHERE mail = %d AND n = 1")
        .containsExactly("mail " + mail + ": its entry 1 in the queue cannot be read");
    Instant later = Post.NOON.plusSeconds(60);
    assertThat(store.queue().claim(later, later.plusSeconds(60), 10))
        .as("the others are claimed")
        .hasSize(1);
    assertThat(store.queue().next()).as("this one is aside").contains(later.plusSeconds(60));
  }

  @Test
  void aSettledMailThatTheQueueKeeps() throws StorageFailure {
    MailId mail = queued();
    findingsAbout(mail, "UPDATE queue_entry SET state = 'relayed', next_at = NULL WHERE mail = %d")
        .containsExactly(
            "mail " + mail + ": is still in the queue, although all its recipients are settled");
  }

  @Test
  void whatTheSenderSaidOfReportsIsSummedToo() throws StorageFailure {
    MailId mail = queued();
    findingsAbout(mail, "UPDATE mail SET report = 'FULL' WHERE id = %d")
        .containsExactly("mail " + mail + ": does not match its checksum");
  }

  @Test
  void leftMoreMaildropsThanItWasPutInto() throws StorageFailure {
    findingsAfter("INSERT INTO released VALUES (%d, -1)")
        .contains(
            "database: left more maildrops than it was put into: the mail with the number "
                + small.value());
  }
}
