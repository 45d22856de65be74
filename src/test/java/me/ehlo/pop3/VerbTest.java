package me.ehlo.pop3;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import me.ehlo.explain.Catalogue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** HELP, CAPA and {@code ehlo explain} tell the same. */
class VerbTest {
  private final Catalogue catalogue = Catalogue.ours();

  @ParameterizedTest
  @EnumSource
  void isWrittenAsTheCatalogueHasIt(Verb verb) {
    assertThat(catalogue.pop3Command(verb.name()).orElseThrow().syntax().orElseThrow())
        .startsWith(verb.form());
  }

  @Test
  void everyCapabilityIsExplained() throws Exception {
    try (Pieces capabilities = Manual.capabilities(List.of("PLAIN"), true)) {
      assertThat(new String(capabilities.next(), StandardCharsets.US_ASCII).lines())
          .filteredOn(line -> !line.equals("."))
          .hasSizeGreaterThan(8)
          .filteredOn(line -> catalogue.extension(line).isEmpty())
          .isEmpty();
    }
  }
}
