package me.ehlo.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShownAddressTest {

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      quoteCharacter = '~',
      value = {
        "ann@a.example, ann@a.example, a.example",
        "The bank <info@bank.example>, info@bank.example, bank.example",
        "\"it is\tx@y.example.\", x@y.example, y.example",
        "a@b c@d.example e@f.example, c@d.example, d.example",
        "a@b@c.example, a@b@c.example, c.example",
        "a@b.example@c, a@b.example, b.example",
        "a@b.c.!d, a@b.c, b.c",
        "@b.example; a@.b.example, a@.b.example, .b.example",
      })
  void isFoundInAText(String text, String address, String domain) {
    assertThat(ShownAddress.in(text)).contains(new ShownAddress(address, domain));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "Ann", "@", "a@", "@b.example", "a@b", "a@b.", "a@.b", "a @b.example"})
  void isNotWhatOnlyHasAnAt(String text) {
    assertThat(ShownAddress.in(text)).isEmpty();
  }

  /** C7: a name of a hundred thousand letters once took half a minute. */
  @Test
  void isLookedForInLinearTime() {
    long begin = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    for (String thing :
        new String[] {"a", "@", "a@", "a@b.", ".", "a.", "@.", "a@.", " ", "a ", "-"}) {
      assertThat(ShownAddress.in(thing.repeat(200_000)).map(ShownAddress::domain))
          .isIn(Optional.empty(), Optional.of("b.a"));
    }
    long took = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - begin;
    assertThat(took).as("nanoseconds of CPU").isLessThan(5_000_000_000L);
  }
}
