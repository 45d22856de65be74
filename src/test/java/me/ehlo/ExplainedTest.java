package me.ehlo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import me.ehlo.explain.Catalogue;
import me.ehlo.explain.Explanation;
import me.ehlo.explain.Kind;
import me.ehlo.mail.EnhancedStatus;
import me.ehlo.mail.Reason;
import me.ehlo.pop3.Pop3Reason;
import me.ehlo.sasl.Channel;
import me.ehlo.sasl.ClientMechanism;
import me.ehlo.sasl.Mechanisms;
import me.ehlo.smtp.Extension;
import org.junit.jupiter.api.Test;

/** Whatever this server says can be explained, and the explanations tell of nothing that it does not say. */
class ExplainedTest {
  private final Catalogue catalogue = Catalogue.ours();

  @Test
  void everyReasonIsExplainedWithTheNumberItAnswersWith() {
    assertThat(Reasons.numbered())
        .map(reason -> reason.id() + " " + numbers(reason))
        .isSubsetOf(explained())
        .hasSizeGreaterThan(130);
    assertThat(Reasons.ofPop3())
        .map(reason -> reason.reason().id() + " " + numbers(reason))
        .isSubsetOf(explained());
  }

  @Test
  void noReasonIsExplainedThatThereIsNot() {
    List<String> ids =
        Stream.concat(
                Reasons.numbered().stream(), Reasons.ofPop3().stream().map(Pop3Reason::reason))
            .map(Reason::id)
            .toList();

    assertThat(catalogue.all(Kind.REASON)).extracting(Explanation::subject).isSubsetOf(ids);
    assertThat(ids).doesNotHaveDuplicates();
  }

  @Test
  void everyCodeAndStatusThatWeSayIsExplainedByItself() {
    Set<String> known =
        Stream.of(Kind.CODE, Kind.STATUS)
            .flatMap(kind -> catalogue.all(kind).stream())
            .map(Explanation::subject)
            .collect(Collectors.toSet());

    assertThat(Reasons.numbered()).map(Reason::code).map(String::valueOf).isSubsetOf(known);
    assertThat(
            Stream.concat(
                Reasons.numbered().stream(), Reasons.ofPop3().stream().map(Pop3Reason::reason)))
        .map(Reason::status)
        .filteredOn(status -> !status.equals(EnhancedStatus.NONE))
        .filteredOn(status ->
            !known.contains(status.toString())
                && !known.contains("x" + status.toString().substring(1)))
        .isEmpty();
  }

  @Test
  void everythingThatIsOfferedIsExplained() {
    Mechanisms mechanisms =
        Mechanisms.withScram(
            Mechanisms.none().authority(), new Channel("TLSv1.3", "", Optional.of("00")));
    List<String> offered =
        Extension.offered(1, 1, new Extension.Here(true, mechanisms.names(), true, true));

    assertThat(offered)
        .hasSizeGreaterThan(10)
        .filteredOn(line -> catalogue.extension(line).isEmpty())
        .isEmpty();
    assertThat(
            Stream.concat(
                mechanisms.names().stream(),
                Stream.of(ClientMechanism.values()).map(ClientMechanism::word)))
        .hasSizeGreaterThan(10)
        .filteredOn(name -> catalogue.mechanism(name).isEmpty())
        .isEmpty();
  }

  private List<String> explained() {
    return catalogue.all(Kind.REASON).stream()
        .map(it -> it.subject() + " " + String.join(" ", it.see()))
        .toList();
  }

  private static String numbers(Reason reason) {
    return reason.code()
        + (reason.status().equals(EnhancedStatus.NONE) ? "" : " " + reason.status());
  }

  // The indicator follows from the status, but for a challenge (RFC 5034 §4).
  private static String numbers(Pop3Reason reason) {
    List<String> words = new ArrayList<>();
    words.add(reason == Pop3Reason.CHALLENGE ? "+" : reason.reason().refuses() ? "-ERR" : "+OK");
    switch (reason.code()) {
      case NONE -> {}
      case IN_USE -> words.add("[IN-USE]");
      case AUTH -> words.add("[AUTH]");
      case SYS_TEMP -> words.add("[SYS/TEMP]");
      case SYS_PERM -> words.add("[SYS/PERM]");
    }
    words.add(reason.reason().status().toString());
    return String.join(" ", words);
  }
}
