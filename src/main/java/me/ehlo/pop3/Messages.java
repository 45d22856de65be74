package me.ehlo.pop3;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import me.ehlo.mail.StorageFailure;

/** The mails of an open maildrop under their message numbers, and which are marked as deleted (RFC 1939 §5). */
final class Messages implements AutoCloseable {
  private final Drop drop;
  private final List<Drop.Item> items;
  private final BitSet deleted = new BitSet();
  private int retrieved;

  /** What is found under a number. */
  sealed interface Found {
    record Message(Drop.Item item) implements Found {}

    record Deleted() implements Found {}

    record NoSuch() implements Found {}
  }

  Messages(Drop drop) {
    this.drop = drop;
    this.items = drop.items();
  }

  /** Whether the password that opened the maildrop opens it no more. */
  boolean areRevoked() {
    return drop.isRevoked();
  }

  Found find(int number) {
    if (number < 1 || number > items.size()) {
      return new Found.NoSuch();
    }
    return deleted.get(number) ? new Found.Deleted() : new Found.Message(items.get(number - 1));
  }

  /** The highest number there is. */
  int highest() {
    return items.size();
  }

  /** How many are not marked as deleted. */
  int count() {
    return items.size() - deleted.cardinality();
  }

  /** How many octets those have together. */
  long octets() {
    return numbers(number -> !deleted.get(number))
        .mapToLong(number -> items.get(number - 1).octets())
        .sum();
  }

  /** Both, for people. */
  String summary() {
    int count = count();
    return count + (count == 1 ? " message (" : " messages (") + octets() + " octets)";
  }

  int marked() {
    return deleted.cardinality();
  }

  /** How many were opened for RETR. */
  int retrieved() {
    return retrieved;
  }

  /** One line for each that is not marked. */
  Pieces listing(Listing.Row row) {
    return new Listing(items, number -> !deleted.get(number), row);
  }

  Pieces retrieve(Drop.Item item) throws StorageFailure {
    Pieces content = DottedPieces.open(drop.content(item));
    retrieved++;
    return content;
  }

  Pieces top(Drop.Item item, int lines) throws StorageFailure {
    return DottedPieces.open(new TopPieces(drop.content(item), lines));
  }

  void mark(int number) {
    deleted.set(number);
  }

  void unmarkAll() {
    deleted.clear();
  }

  /** Deletes what is marked, in one commit. */
  void update() throws StorageFailure {
    if (!deleted.isEmpty()) {
      List<Drop.Item> gone = new ArrayList<>(marked());
      numbers(deleted::get).forEach(number -> gone.add(items.get(number - 1)));
      drop.delete(gone);
    }
  }

  /** Lets other sessions in. */
  @Override
  public void close() {
    drop.close();
  }

  private IntStream numbers(IntPredicate wanted) {
    return IntStream.rangeClosed(1, items.size()).filter(wanted);
  }
}
