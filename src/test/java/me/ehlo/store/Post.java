package me.ehlo.store;

import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import me.ehlo.access.Account;
import me.ehlo.mail.AccountId;
import me.ehlo.mail.Domain;
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
import me.ehlo.spool.Arrival;
import me.ehlo.spool.Content;
import me.ehlo.spool.Draft;
import me.ehlo.spool.FirstTry;
import me.ehlo.spool.MailIds;

/** What the tests of the store say again and again: accounts, mails kept, mails read. */
public final class Post {
  public static final String RECEIVED =
      """
      Received: from client.example ([192.0.2.1])\r
      \tby ehlo.test with ESMTP;\r
      \tSun, 22 Nov 2026 01:36:44 +0000\r
      """;
  public static final String RETURN_PATH = "Return-Path: <ann@client.example>\r\n";
  public static final Instant NOON = Instant.parse("2026-11-22T12:00:00.123Z");

  private static final MailIds IDS = new MailIds(InstantSource.system(), new Random(7));

  private Post() {}

  public static Mailbox mailbox(String localPart, String domain) {
    return new Mailbox(new LocalPart(localPart), Domain.ofAscii(domain));
  }

  public static AccountId account(Custody custody, String name) throws StorageFailure {
    return custody
        .directory()
        .addAccount(mailbox(name, "ehlo.test"), Optional.empty(), 0)
        .map(Account::id)
        .orElseThrow();
  }

  /** Octets in which every value occurs, different for each seed. */
  public static byte[] octets(int length, long seed) {
    byte[] octets = new byte[length];
    new Random(seed).nextBytes(octets);
    return octets;
  }

  public static Recipient to(AccountId... accounts) {
    return Recipient.local(new ForwardPath.To(mailbox("bob", "ehlo.test")), List.of(accounts));
  }

  public static Arrival arrival(MailId id, Recipient... recipients) {
    Envelope envelope =
        new Envelope(new ReversePath.Sender(mailbox("ann", "client.example")), List.of(recipients));
    return arrival(id, envelope, RECEIVED, false);
  }

  public static Arrival arrival(MailId id, Envelope envelope, String received, boolean smtpUtf8) {
    return new Arrival(id, NOON, envelope, received, smtpUtf8, false, new FirstTry(false, NOON));
  }

  public static MailId nextId() {
    return IDS.next();
  }

  /** Keeps a mail and gives its id. */
  public static MailId keep(Custody custody, byte[] content, Recipient... recipients)
      throws StorageFailure {
    MailId id = nextId();
    keep(custody, content, arrival(id, recipients));
    return id;
  }

  public static void keep(Custody custody, byte[] content, Arrival arrival) throws StorageFailure {
    try (Draft draft = custody.spool().begin()) {
      draft.write(content, 0, content.length);
      draft.keep(arrival);
    }
  }

  public static Maildrop open(Custody custody, AccountId account) throws StorageFailure {
    return custody.maildrops().open(account).orElseThrow();
  }

  public static List<StoredMail> mails(Custody custody, AccountId account) throws StorageFailure {
    try (Maildrop maildrop = open(custody, account)) {
      return maildrop.mails();
    }
  }

  /** The whole mail as its owner reads it. */
  public static byte[] read(Maildrop maildrop, StoredMail mail) throws StorageFailure {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    try (Content content = maildrop.content(mail)) {
      for (byte[] piece = content.next(); piece.length > 0; piece = content.next()) {
        whole.writeBytes(piece);
      }
    }
    return whole.toByteArray();
  }

  /** What follows our own header fields. */
  public static byte[] content(byte[] whole) {
    return Arrays.copyOfRange(whole, RETURN_PATH.length() + RECEIVED.length(), whole.length);
  }
}
