package me.ehlo.maildrop;

import java.util.Collection;
import java.util.List;
import me.ehlo.mail.StorageFailure;
import me.ehlo.spool.Content;

/** One user's waiting mails (RFC 1939 §3), held by one session until it is closed. */
public interface Maildrop extends AutoCloseable {

  /** The mails as they were when the maildrop was opened, oldest first. */
  List<StoredMail> mails();

  /** The mail as its owner reads it: Return-Path, Received, and the content unchanged. */
  Content content(StoredMail mail) throws StorageFailure;

  /** Deletes these mails for good, all in one commit that has reached the disk when this returns. */
  void delete(Collection<StoredMail> mails) throws StorageFailure;

  /** Lets other sessions in. */
  @Override
  void close();
}
