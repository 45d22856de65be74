package me.ehlo.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {

  @ParameterizedTest
  @CsvSource({"kitten,sitting,3", "a,a,0", "'',abc,3", "abc,'',3", "flaw,lawn,2"})
  void distanceIsLevenshteins(String a, String b, int distance) {
    assertThat(Nearest.distance(a, b)).isEqualTo(distance);
  }

  @Test
  void onlyWhatIsNearIsSuggested() {
    List<String> words = List.of("serve", "user", "alias");
    assertThat(Nearest.to("SERV", words)).contains("serve");
    assertThat(Nearest.to("usr", words)).contains("user");
    assertThat(Nearest.to("sevre", words)).contains("serve");
    assertThat(Nearest.to("MIAL", List.of("MAIL", "RCPT"))).contains("MAIL");
    assertThat(Nearest.to("banana", words)).isEmpty();
  }

  @Test
  void theMachinesNameIsQualifiedOrLocalhost() {
    assertThat(MachineName.qualified("Mail.Example.ORG")).isEqualTo("mail.example.org");
    assertThat(MachineName.qualified("box")).isEqualTo("localhost");
    assertThat(MachineName.qualified("192.0.2.1")).isEqualTo("localhost");
    assertThat(MachineName.qualified("localhost.localdomain")).isEqualTo("localhost");
  }
}
