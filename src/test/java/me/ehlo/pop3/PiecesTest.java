package me.ehlo.pop3;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import me.ehlo.mail.MailId;
import me.ehlo.mail.StorageFailure;
import org.junit.jupiter.api.Test;

/** Bodies of responses, piece by piece. */
class PiecesTest {
  private static final String MAIL = "A: b\r\n c\r\n\r\none\r\n\r\n.three";

  @Test
  void topIsTheSameHoweverTheMailComes() throws StorageFailure {
    for (int cut = 1; cut < MAIL.length(); cut++) {
      for (int next = cut + 1; next < MAIL.length(); next++) {
        assertThat(top(cut, next, 0)).isEqualTo("A: b\r\n c\r\n\r\n");
        assertThat(top(cut, next, 1)).isEqualTo("A: b\r\n c\r\n\r\none\r\n");
        assertThat(top(cut, next, 2)).isEqualTo("A: b\r\n c\r\n\r\none\r\n\r\n");
        assertThat(top(cut, next, 3)).isEqualTo(MAIL);
        assertThat(top(cut, next, Integer.MAX_VALUE)).isEqualTo(MAIL);
      }
    }
  }

  @Test
  void topOfAMailWithoutBody() throws StorageFailure {
    assertThat(read(new TopPieces(cut("A: b\r\nC: d\r\n"), 0))).isEqualTo("A: b\r\nC: d\r\n");
    assertThat(read(new TopPieces(cut(""), 5))).isEmpty();
  }

  @Test
  void aFailureBehindTheFirstPieceBreaksOffAndTheContentIsClosed() throws StorageFailure {
    boolean[] closed = new boolean[1];
    Pieces failing =
        new Pieces() {
          private int given;

          @Override
          public byte[] next() throws StorageFailure {
            if (given++ == 0) {
              return new byte[] {'x'};
            }
            throw new StorageFailure(StorageFailure.Kind.DAMAGED, "second piece");
          }

          @Override
          public void close() {
            closed[0] = true;
          }
        };
    try (Pieces dotted = DottedPieces.open(failing)) {
      org.assertj.core.api.Assertions.assertThatThrownBy(dotted::next)
          .isInstanceOf(StorageFailure.class);
    }
    assertThat(closed[0]).isTrue();
  }

  @Test
  void tenThousandMessagesAreListedInChunks() throws StorageFailure {
    List<Drop.Item> items = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      items.add(new Drop.Item(new MailId(i), 4000 + i, false));
    }
    Listing listing =
        new Listing(items, number -> number != 7, (item, out) -> out.append(item.octets()));
    int chunks = 0;
    StringBuilder text = new StringBuilder();
    for (byte[] piece = listing.next(); piece.length > 0; piece = listing.next()) {
      assertThat(piece.length).isLessThan(20_000);
      text.append(new String(piece, ISO_8859_1));
      chunks++;
    }
    assertThat(chunks).isBetween(5, 20);
    assertThat(text.toString().lines()).hasSize(10_000).contains("6 4005", "8 4007", ".");
  }

  private static String top(int cut, int next, int lines) throws StorageFailure {
    return read(
        new TopPieces(
            cut(MAIL.substring(0, cut), MAIL.substring(cut, next), MAIL.substring(next)), lines));
  }

  private static Pieces cut(String... pieces) {
    Deque<byte[]> rest = new ArrayDeque<>();
    for (String piece : pieces) {
      rest.add(piece.getBytes(ISO_8859_1));
    }
    return new Pieces() {
      @Override
      public byte[] next() {
        return rest.isEmpty() ? new byte[0] : rest.remove();
      }

      @Override
      public void close() {}
    };
  }

  private static String read(Pieces pieces) throws StorageFailure {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] piece = pieces.next(); piece.length > 0; piece = pieces.next()) {
      all.writeBytes(piece);
    }
    return all.toString(ISO_8859_1);
  }
}
