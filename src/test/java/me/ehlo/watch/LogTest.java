package me.ehlo.watch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import me.ehlo.mail.MailId;
import me.ehlo.mail.Reason;
import me.ehlo.trace.Event;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogTest {
  private static final Instant AT = Instant.parse("2026-11-22T01:23:45.678901Z");

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  @Test
  void everyEventIsOneLine() {
    Reason denied = new Reason("relaying-denied", 550, "5.7.1", "<{}>: Relaying denied");
    try (Log log = Log.to(out)) {
      log.record(new Event.Opened(AT, "C1", "smtp", "192.0.2.1"));
      log.record(
          new Event.Decided(
              AT,
              "C1",
              Optional.of(new MailId(1)),
              "RCPT",
              denied,
              denied.say("bob@there.example"),
              List.of(new Event.Field("to", "bob@there.example"))));
      log.record(
          new Event.Decided(
              AT.plusSeconds(86_400), "C1", Optional.empty(), "VRFY", denied, "", List.of()));
      log.record(new Event.Encrypted(AT, "C1", "TLSv1.3", "TLS_AES_256_GCM_SHA384"));
      log.record(new Event.Renamed(AT, "C1", "192.0.2.1", "127.0.0.1"));
      log.record(new Event.Closed(AT, "C1", "quit"));
      log.record(new Event.Trouble(AT, "store", "disk full"));
      log.record(new Event.Note(Instant.EPOCH, "store", "well"));
    }
    assertThat(lines())
        .containsExactly(
            "2026-11-22T01:23:45.678Z opened conversation=C1 protocol=smtp client=192.0.2.1",
            "2026-11-22T01:23:45.678Z decided conversation=C1 mail=000000000001 verb=RCPT"
                + " reason=relaying-denied code=550 status=5.7.1 to=bob@there.example"
                + " said=\"<bob@there.example>: Relaying denied\"",
            "2026-11-23T01:23:45.678Z decided conversation=C1 verb=VRFY"
                + " reason=relaying-denied code=550 status=5.7.1 said=\"\"",
            "2026-11-22T01:23:45.678Z encrypted conversation=C1 version=TLSv1.3 cipher=TLS_AES_256_GCM_SHA384",
            "2026-11-22T01:23:45.678Z renamed conversation=C1 client=192.0.2.1 proxy=127.0.0.1",
            "2026-11-22T01:23:45.678Z closed conversation=C1 how=quit",
            "2026-11-22T01:23:45.678Z trouble where=store what=\"disk full\"",
            "1970-01-01T00:00:00.000Z note where=store what=well");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '~',
      value = {
        "plain, plain",
        "a b, ~\"a b\"~",
        "say\"hi, ~\"say\\\"hi\"~",
        "back\\slash, ~\"back\\\\slash\"~",
        "a=b, ~\"a=b\"~",
        "a\\r\\nb, ~\"a\\r\\nb\"~",
        "tab\\t., ~\"tab\\t.\"~",
        "nul\\0., ~\"nul\\u0000.\"~",
        "esc\\u001b[2J, ~\"esc\\u001b[2J\"~",
        "del\\u007f, ~\"del\\u007f\"~",
        "csi\\u009b, ~\"csi\\u009b\"~",
        "nel\\u0085, ~\"nel\\u0085\"~",
        "sep\\u2028, ~\"sep\\u2028\"~",
        "rtl\\u202e, ~\"rtl\\u202e\"~",
        "half\\ud800, ~\"half\\ud800\"~",
      })
  void nothingInAValueCanEndItsField(String value, String shown) {
    String meant = value.contains("\\") && !value.startsWith("back") ? unescaped(value) : value;
    try (Log log = Log.to(out)) {
      log.record(new Event.Note(AT, "test", meant));
    }
    assertThat(lines()).containsExactly("2026-11-22T01:23:45.678Z note where=test what=" + shown);
  }

  @Test
  void whatPeopleWriteStaysReadable() {
    try (Log log = Log.to(out)) {
      log.record(new Event.Note(AT, "test", "jörg@例え.jp €😀"));
    }
    assertThat(lines().getFirst()).endsWith("what=\"jörg@例え.jp €😀\"");
  }

  @Test
  void nothingIsLostAndEachThreadsLinesStayInOrder() throws Exception {
    int threads = 8;
    int each = 20_000;
    List<Thread> writers = new ArrayList<>();
    try (Log log = Log.to(out)) {
      for (int t = 0; t < threads; t++) {
        String name = "t" + t;
        writers.add(
            Thread.ofVirtual()
                .start(() ->
                    IntStream.range(0, each)
                        .forEach(i -> log.record(new Event.Closed(AT, name, "n" + i)))));
      }
      for (Thread writer : writers) {
        writer.join();
      }
    }
    List<String> lines = lines();
    assertThat(lines).hasSize(threads * each);
    for (int t = 0; t < threads; t++) {
      String mine = "conversation=t" + t + " how=";
      AtomicInteger next = new AtomicInteger();
      lines.stream()
          .filter(line -> line.contains(mine))
          .forEach(line -> assertThat(line).endsWith(" how=n" + next.getAndIncrement()));
    }
  }

  @Test
  void callersWaitForASlowReader() throws Exception {
    CountDownLatch reading = new CountDownLatch(1);
    AtomicInteger written = new AtomicInteger();
    Log log =
        Log.to(
            new OutputStream() {
              @Override
              public void write(int b) {
                throw new AssertionError("one octet at a time");
              }

              @Override
              public void write(byte[] octets, int offset, int length) throws IOException {
                try {
                  reading.await();
                } catch (InterruptedException e) {
                  throw new IOException(e);
                }
                written.addAndGet(length);
              }
            });
    Event event = new Event.Note(AT, "test", "x".repeat(64 * 1024));
    Thread caller =
        Thread.ofVirtual().start(() -> IntStream.range(0, 40).forEach(_ -> log.record(event)));
    assertThat(caller.join(java.time.Duration.ofMillis(200))).isFalse();
    reading.countDown();
    caller.join();
    log.close();
    assertThat(written.get()).isGreaterThan(40 * 64 * 1024);
  }

  @Test
  void lastWordsAfterClosingAreWrittenAtOnce() {
    Log log = Log.to(out);
    log.close();
    log.record(new Event.Note(AT, "test", "late"));
    assertThat(lines()).hasSize(1);
  }

  @Test
  void aBrokenStreamStopsNobody() {
    try (Log log =
        Log.to(
            new OutputStream() {
              @Override
              public void write(int b) throws IOException {
                throw new IOException("gone");
              }
            })) {
      IntStream.range(0, 10_000).forEach(_ -> log.record(new Event.Note(AT, "test", "lost")));
    }
  }

  private List<String> lines() {
    return out.toString(UTF_8).lines().toList();
  }

  private static String unescaped(String text) {
    StringBuilder plain = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) != '\\') {
        plain.append(text.charAt(i));
        continue;
      }
      char kind = text.charAt(++i);
      switch (kind) {
        case 'r' -> plain.append('\r');
        case 'n' -> plain.append('\n');
        case 't' -> plain.append('\t');
        case '0' -> plain.append('\0');
        default -> {
          plain.append((char) Integer.parseInt(text.substring(i + 1, i + 5), 16));
          i += 4;
        }
      }
    }
    return plain.toString();
  }
}
