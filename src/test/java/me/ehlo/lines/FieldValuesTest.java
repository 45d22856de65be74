package me.ehlo.lines;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class FieldValuesTest {

  @Test
  void areThoseOfTheHeaderOnly() {
    String header =
        """
        Delivered-To: A@x
        DELIVERED-TO:b@x
        X-Delivered-To: c@x
        Delivered-To : d@x
        Subject: Delivered-To: e@x
         Delivered-To: f@x

        Delivered-To: g@x
        """;
    assertThat(values(header.replace("\n", "\r\n"))).containsExactlyInAnyOrder("a@x", "b@x");
  }

  @Test
  void oneThatHasNotEndedIsNone() {
    assertThat(values("Delivered-To: a@x")).isEmpty();
    assertThat(values("Delivered-To:\r\n")).hasSizeLessThanOrEqualTo(1);
    assertThat(values("Delivered-To\r\n")).isEmpty();
    assertThat(values("\r\nDelivered-To: a@x\r\n")).isEmpty();
  }

  @Test
  void areBoundedInLengthAndNumber() {
    assertThat(values("Delivered-To: " + "a".repeat(100_000) + "\r\nDelivered-To: b@x\r\n"))
        .containsExactly("b@x");
    StringBuilder many = new StringBuilder();
    for (int i = 0; i < 1000; i++) {
      many.append("Delivered-To: ").append(i).append("\r\n");
    }
    assertThat(values(many.toString())).hasSize(100);
  }

  /** Whatever the pieces in which it comes. */
  private static Set<String> values(String header) {
    byte[] octets = header.getBytes(UTF_8);
    FieldValues whole = new FieldValues("Delivered-To");
    whole.see(octets, 0, octets.length);
    FieldValues single = new FieldValues("Delivered-To");
    for (int i = 0; i < octets.length; i++) {
      single.see(octets, i, 1);
    }
    assertThat(single.values()).isEqualTo(whole.values());
    return whole.values();
  }
}
