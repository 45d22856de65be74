package me.ehlo.spool;

import static java.nio.charset.StandardCharsets.UTF_8;
import static me.ehlo.store.Post.account;
import static me.ehlo.store.Post.arrival;
import static me.ehlo.store.Post.keep;
import static me.ehlo.store.Post.mailbox;
import static me.ehlo.store.Post.mails;
import static me.ehlo.store.Post.nextId;
import static me.ehlo.store.Post.octets;
import static me.ehlo.store.Post.read;
import static me.ehlo.store.Post.to;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Collectors;
import java.util.zip.CRC32C;
import me.ehlo.mail.AccountId;
import me.ehlo.mail.Domain;
import me.ehlo.mail.DsnOptions;
import me.ehlo.mail.Envelope;
import me.ehlo.mail.ForwardPath;
import me.ehlo.mail.LocalPart;
import me.ehlo.mail.MailId;
import me.ehlo.mail.Mailbox;
import me.ehlo.mail.Recipient;
import me.ehlo.mail.ReversePath;
import me.ehlo.mail.StorageFailure;
import me.ehlo.maildrop.Maildrop;
import me.ehlo.maildrop.StoredMail;
import me.ehlo.store.Custody;
import me.ehlo.store.Post;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every spool does, wherever it keeps its mails. */
public abstract class SpoolContract {
  private Custody custody;
  private AccountId bob;

  /** A new and empty store. */
  protected abstract Custody openCustody() throws Exception;

  @BeforeEach
  void open() throws Exception {
    custody = openCustody();
    bob = account(custody, "bob");
  }

  @AfterEach
  void close() throws StorageFailure {
    custody.close();
  }

  private Maildrop bobs() throws StorageFailure {
    return Post.open(custody, bob);
  }

  private byte[] only() throws StorageFailure {
    try (Maildrop maildrop = bobs()) {
      assertThat(maildrop.mails()).hasSize(1);
      return read(maildrop, maildrop.mails().getFirst());
    }
  }

  @Test
  void nothingIsThereBeforeItIsKeptAndAllOfItAfter() throws StorageFailure {
    byte[] content = octets(500, 1);
    try (Draft draft = custody.spool().begin()) {
      draft.write(content, 0, 200);
      draft.write(content, 200, 300);
      assertThat(mails(custody, bob)).isEmpty();
      draft.keep(arrival(nextId(), to(bob)));
      assertThat(mails(custody, bob)).hasSize(1);
    }
    assertThat(Post.content(only())).isEqualTo(content);
  }

  @Test
  void aDraftThatIsClosedIsForgotten() throws StorageFailure {
    try (Draft draft = custody.spool().begin()) {
      draft.write(octets(400_000, 2), 0, 400_000);
    }
    assertThat(mails(custody, bob)).isEmpty();
  }

  @Test
  void anOwnerReadsReturnPathThenReceivedThenTheContentUnchanged() throws StorageFailure {
    byte[] content = "Subject: hi\r\n\r\n..\r\n\0\377 no line end".getBytes(UTF_8);
    keep(custody, content, to(bob));

    assertThat(new String(only(), UTF_8))
        .isEqualTo(Post.RETURN_PATH + Post.RECEIVED + new String(content, UTF_8));
  }

  @Test
  void aMailWithoutASenderHasAnEmptyReturnPath() throws StorageFailure {
    Envelope report = new Envelope(new ReversePath.Null(), List.of(to(bob)));
    keep(custody, octets(10, 1), Post.arrival(nextId(), report, Post.RECEIVED, false));

    assertThat(new String(only(), UTF_8)).startsWith("Return-Path: <>\r\nReceived:");
  }

  @Test
  void anInternationalSenderIsWrittenInUtf8AndCountedInOctets() throws StorageFailure {
    Mailbox sender =
        new Mailbox(new LocalPart("jörg"), new Domain("bücher.example", "xn--bcher-kva.example"));
    Envelope envelope = new Envelope(new ReversePath.Sender(sender), List.of(to(bob)));
    keep(custody, octets(10, 1), Post.arrival(nextId(), envelope, Post.RECEIVED, true));

    StoredMail mail = mails(custody, bob).getFirst();
    assertThat(mail.smtpUtf8()).isTrue();
    assertThat(new String(only(), UTF_8)).startsWith("Return-Path: <jörg@bücher.example>\r\n");
    assertThat(mail.octets()).isEqualTo(only().length);
  }

  @Test
  void anEmptyMailIsAMail() throws StorageFailure {
    keep(custody, new byte[0], to(bob));

    assertThat(Post.content(only())).isEmpty();
  }

  @Test
  void everySizeAroundAPieceComesBackOctetForOctet() throws StorageFailure {
    int piece = 128 * 1024;
    List<byte[]> contents = new ArrayList<>();
    for (int size : new int[] {1, piece - 1, piece, piece + 1, 2 * piece, 2 * piece + 1}) {
      contents.add(octets(size, size));
      keep(custody, contents.getLast(), to(bob));
    }
    try (Maildrop maildrop = bobs()) {
      for (int i = 0; i < contents.size(); i++) {
        assertThat(Post.content(read(maildrop, maildrop.mails().get(i))))
            .isEqualTo(contents.get(i));
      }
    }
  }

  @Test
  void aLargeMailGoesInAndOutPieceByPiece() throws StorageFailure {
    byte[] block = octets(70_001, 3);
    CRC32C in = new CRC32C();
    int blocks = 35_000_000 / block.length;
    try (Draft draft = custody.spool().begin()) {
      for (int i = 0; i < blocks; i++) {
        draft.write(block, 0, block.length);
        in.update(block);
      }
      draft.keep(arrival(nextId(), to(bob)));
    }
    CRC32C out = new CRC32C();
    long front = (Post.RETURN_PATH + Post.RECEIVED).length();
    long read = 0;
    try (Maildrop maildrop = bobs();
        Content content = maildrop.content(maildrop.mails().getFirst())) {
      for (byte[] piece = content.next(); piece.length > 0; piece = content.next()) {
        assertThat(piece.length).isLessThanOrEqualTo(256 * 1024);
        int skip = Math.clamp(front - read, 0, piece.length);
        out.update(piece, skip, piece.length - skip);
        read += piece.length;
      }
      assertThat(read).isEqualTo(maildrop.mails().getFirst().octets());
    }
    assertThat(read).isEqualTo(front + (long) blocks * block.length);
    assertThat(out.getValue()).isEqualTo(in.getValue());
  }

  @Test
  void severalRecipientsGetTheSameMail() throws StorageFailure {
    AccountId eve = account(custody, "eve");
    byte[] content = octets(3000, 4);
    MailId id = keep(custody, content, to(bob), to(eve));

    for (AccountId account : List.of(bob, eve)) {
      try (Maildrop maildrop = Post.open(custody, account)) {
        assertThat(maildrop.mails()).extracting(StoredMail::id).containsExactly(id);
        assertThat(Post.content(read(maildrop, maildrop.mails().getFirst()))).isEqualTo(content);
      }
    }
  }

  @Test
  void recipientsThatLeadToOneAccountGiveOneMail() throws StorageFailure {
    AccountId eve = account(custody, "eve");
    keep(custody, octets(10, 1), to(bob), to(eve, bob), to(bob));

    assertThat(mails(custody, bob)).hasSize(1);
    assertThat(mails(custody, eve)).hasSize(1);
  }

  @Test
  void postmasterWithoutADomainIsARecipient() throws StorageFailure {
    keep(custody, octets(10, 1), Recipient.local(new ForwardPath.Postmaster(), List.of(bob)));

    assertThat(mails(custody, bob)).hasSize(1);
  }

  @Test
  void aLocalPartOfAnyCharactersIsARecipient() throws StorageFailure {
    Mailbox odd = mailbox("a b\\\"c'; DROP TABLE mail --,1", "ehlo.test");
    keep(custody, octets(10, 1), Recipient.local(new ForwardPath.To(odd), List.of(bob)));

    assertThat(mails(custody, bob)).hasSize(1);
  }

  @Test
  void anIdThatIsTakenIsRefusedAndTheFirstMailStays() throws StorageFailure {
    byte[] first = octets(100, 5);
    MailId id = keep(custody, first, to(bob));

    assertThatExceptionOfType(StorageFailure.class)
        .isThrownBy(() -> keep(custody, octets(50, 6), arrival(id, to(bob))));
    assertThat(Post.content(only())).isEqualTo(first);
  }

  @Test
  void aMailForAnAccountThatIsGoneIsRefusedAsAWhole() throws StorageFailure {
    AccountId eve = account(custody, "eve");
    custody.directory().removeAccount(eve);

    assertThatExceptionOfType(StorageFailure.class)
        .isThrownBy(() -> keep(custody, octets(50, 6), to(bob), to(eve)))
        .extracting(StorageFailure::kind)
        .isEqualTo(StorageFailure.Kind.TROUBLE);
    assertThat(mails(custody, bob)).isEmpty();
  }

  private MailId keepToLeave(byte[] content, String received, boolean inHand)
      throws StorageFailure {
    Envelope envelope =
        new Envelope(
            new ReversePath.Sender(mailbox("ann", "client.example")),
            List.of(Recipient.elsewhere(mailbox("a", "x.test"))));
    FirstTry firstTry = new FirstTry(inHand, Post.NOON);
    MailId id = nextId();
    keep(custody, content, new Arrival(id, Post.NOON, envelope, received, false, true, firstTry));
    return id;
  }

  private void assertOpens(MailId id, String received, byte[] content) throws StorageFailure {
    try (SpooledMail mail = custody.spool().open(id).orElseThrow()) {
      assertThat(mail.id()).isEqualTo(id);
      assertThat(mail.receivedAt()).isEqualTo(Post.NOON);
      assertThat(mail.reversePath()).hasToString("ann@client.example");
      assertThat(mail.dsn()).isEqualTo(DsnOptions.NONE);
      assertThat(mail.eightBit()).isTrue();
      assertThat(mail.smtpUtf8()).isFalse();
      ByteArrayOutputStream whole = new ByteArrayOutputStream();
      for (byte[] piece = mail.content().next(); piece.length > 0; piece = mail.content().next()) {
        assertThat(piece.length).isLessThanOrEqualTo(256 * 1024);
        whole.writeBytes(piece);
      }
      ByteArrayOutputStream expected = new ByteArrayOutputStream();
      expected.writeBytes(received.getBytes(UTF_8));
      expected.writeBytes(content);
      assertThat(whole.toByteArray()).isEqualTo(expected.toByteArray());
      assertThat(mail.octets()).isEqualTo(whole.size());
    }
  }

  @Test
  void aMailThatLeavesIsOpenedAsOftenAsWanted() throws StorageFailure {
    for (boolean inHand : List.of(true, false)) {
      for (int size : new int[] {0, 1, 4_000, 128 * 1024, 300_000}) {
        byte[] content = octets(size, size);
        for (String received : List.of(Post.RECEIVED, "")) {
          MailId id = keepToLeave(content, received, inHand);
          assertOpens(id, received, content);
          assertOpens(id, received, content);
        }
      }
    }
  }

  @Test
  void moreMailsThatLeaveThanFitInMemory() throws StorageFailure {
    List<MailId> ids = new ArrayList<>();
    byte[] content = octets(100_000, 7);
    for (int i = 0; i < 400; i++) {
      ids.add(keepToLeave(content, Post.RECEIVED, true));
    }
    assertOpens(ids.getFirst(), Post.RECEIVED, content);
    assertOpens(ids.getLast(), Post.RECEIVED, content);
  }

  @Test
  void aMailThatIsNotHereIsNotOpened() throws StorageFailure {
    assertThat(custody.spool().open(nextId())).isEmpty();
  }

  @Test
  void aHundredConversationsAtOnceLoseNothing() throws Exception {
    Set<MailId> kept = new ConcurrentSkipListSet<>();
    List<Thread> threads = new ArrayList<>();
    for (int t = 0; t < 100; t++) {
      threads.add(Thread.startVirtualThread(() -> keepTen(kept)));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(kept).hasSize(1000);
    try (Maildrop maildrop = bobs()) {
      assertThat(maildrop.mails().stream().map(StoredMail::id).collect(Collectors.toSet()))
          .isEqualTo(kept);
      assertThat(maildrop.mails()).extracting(StoredMail::id).isSorted();
      for (StoredMail mail : maildrop.mails()) {
        assertThat(Post.content(read(maildrop, mail))).isEqualTo(contentOf(mail.id()));
      }
    }
  }

  private void keepTen(Set<MailId> kept) {
    for (int i = 0; i < 10; i++) {
      MailId id = nextId();
      try {
        keep(custody, contentOf(id), arrival(id, to(bob)));
        kept.add(id);
      } catch (StorageFailure e) {
        throw new AssertionError(e);
      }
    }
  }

  private static byte[] contentOf(MailId id) {
    byte[] content = new byte[1000 + (int) (id.value() % 3000)];
    Arrays.fill(content, (byte) id.hashCode());
    return content;
  }
}
