package me.ehlo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class MainTest {

  @Test
  void aBareEhloAnswers() {
    assertThat(new CommandLine(new Main()).execute()).isZero();
  }
}
