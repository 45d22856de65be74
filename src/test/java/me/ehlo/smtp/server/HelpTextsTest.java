package me.ehlo.smtp.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import me.ehlo.explain.Catalogue;
import org.junit.jupiter.api.Test;

/** HELP and {@code ehlo explain} tell the same of a command. */
class HelpTextsTest {
  /** Here HELP shows only what this server takes. */
  private static final Set<String> NARROWER = Set.of("AUTH", "XCLIENT");

  private final Catalogue catalogue = Catalogue.ours();

  @Test
  void theCommandsThatHelpListsAreWrittenAsTheCatalogueHasThem() {
    List<String> listed = List.of(help("").getFirst().substring("Commands: ".length()).split(" "));

    assertThat(listed).hasSizeGreaterThan(12);
    assertThat(Stream.concat(listed.stream(), Stream.of("XCLIENT")))
        .allSatisfy(verb -> {
          String syntax = catalogue.command(verb).orElseThrow().syntax().orElseThrow();
          String form = help(verb).getFirst();
          if (NARROWER.contains(verb)) {
            assertThat(syntax.split(" ")[0]).isEqualTo(form.split(" ")[0]);
          } else {
            assertThat(syntax).isEqualTo(form);
          }
        });
  }

  private static List<String> help(String topic) {
    return HelpTexts.about(topic, new State.Connected()).lines();
  }
}
