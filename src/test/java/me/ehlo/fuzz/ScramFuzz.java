package me.ehlo.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;
import java.util.Optional;
import me.ehlo.sasl.Base64Text;
import me.ehlo.sasl.Channel;
import me.ehlo.sasl.Exchange;
import me.ehlo.sasl.Mechanisms;
import me.ehlo.sasl.Pencil;
import me.ehlo.sasl.Step;
import me.ehlo.sasl.Verdict;

/** Whatever messages come, SCRAM answers each, ends within four, and lets nobody in who has not proved anything. */
class ScramFuzz {
  private static final Channel CHANNEL = new Channel("TLSv1.3", "any", Optional.of("00ff"));

  @FuzzTest
  void messages(byte[] octets) {
    String[] messages = new String(octets, UTF_8).split("\n", 4);
    for (String mechanism : List.of("SCRAM-SHA-256", "SCRAM-SHA-256-PLUS")) {
      Pencil authority = Pencil.with("pencil");
      Exchange exchange =
          Mechanisms.withScram(authority, CHANNEL).exchange(mechanism).orElseThrow();
      Step step = exchange.begin(Optional.of(messages[0]));
      for (int i = 1; step instanceof Step.Challenge(var said) && i < 4; i++) {
        assertThat(Base64Text.decode(Base64Text.encode(said))).contains(said);
        step = exchange.on(i < messages.length ? messages[i] : "");
      }
      assertThat(step).isInstanceOf(Step.Over.class);
      boolean known = ((Step.Over) step).verdict() instanceof Verdict.Known;
      assertThat(known && !authority.outcomes.contains("proved 0")).isFalse();
    }
  }
}
