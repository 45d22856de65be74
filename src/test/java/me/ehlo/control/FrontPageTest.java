package me.ehlo.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class FrontPageTest {

  @Test
  void thePageHasEveryCommandAndOptionInItsOwnWords() {
    String page = FrontPage.answer("--help").orElseThrow();
    CommandLine root =
        new CommandTree(
                null,
                Typed.input("").streams(),
                _ -> OptionalLong.empty(),
                _ -> Optional.empty(),
                (_, _) -> Optional.empty(),
                _ -> 1)
            .root();
    root.getSubcommands()
        .forEach((name, command) -> {
          String header = command.getCommandSpec().usageMessage().header()[0];
          assertThat(page).containsPattern("\n  " + name + " +" + header + "\n");
        });
    root.getCommandSpec().options().stream()
        .filter(option -> !option.hidden())
        .forEach(
            option -> assertThat(page).contains(option.longestName(), option.description()[0]));
  }

  @Test
  void whatNeedsMoreThanAPageIsNotAnsweredHere() {
    assertThat(FrontPage.answer("help", "serve")).isEmpty();
    assertThat(FrontPage.answer("serve", "--help")).isEmpty();
  }
}
