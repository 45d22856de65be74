package me.ehlo.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import me.ehlo.mail.Domain;
import me.ehlo.mail.ForwardPath;
import me.ehlo.mail.Recipient;
import me.ehlo.mail.ReversePath;
import me.ehlo.smtp.server.Client;
import me.ehlo.smtp.server.LocalUser;
import me.ehlo.smtp.server.Policy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LocalPolicyTest {
  private static final Domain HOME = Domain.ofAscii("ehlo.test");

  private final Policy others =
      (client, from, to, size) ->
          new Policy.Verdict.Welcome(Recipient.elsewhere(RecipientsTest.mailbox("far@else.test")));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          any           | www-data | yes
          root,www-data | www-data | yes
          root,www-data | root     | yes
          root,www-data | nobody   | 550 5.7.1 user-may-not-submit
          root          | 1000     | 550 5.7.1 user-may-not-submit
          1000          | 1000     | yes
          -             | root     | 550 5.7.1 user-may-not-submit
          """)
  void namesWhoMay(String names, String user, String answer) {
    Set<String> set =
        Arrays.stream(names.split(","))
            .filter(name -> !name.equals("-"))
            .collect(Collectors.toSet());
    Policy policy =
        new LocalPolicy(others, names.equals("any") ? Optional.empty() : Optional.of(set));
    Client client = new Client("C", LocalUser.of(user, HOME));
    for (String from : new String[] {"ann@ehlo.test", "boss@elsewhere.test"}) {
      String said =
          policy
              .sender(client, new ReversePath.Sender(RecipientsTest.mailbox(from)))
              .map(reply ->
                  reply.reason().code() + " " + reply.reason().status() + " " + reply.reason().id())
              .orElse("yes");
      assertThat(said).isEqualTo(answer);
    }
  }

  @Test
  void whereMailMayGoIsSaidByTheSite() {
    Client client = new Client("C", LocalUser.of("ann", HOME));
    assertThat(
            new LocalPolicy(others, Optional.empty())
                .recipient(client, new ReversePath.Null(), new ForwardPath.Postmaster(), 0))
        .isInstanceOf(Policy.Verdict.Welcome.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ann       | ann@ehlo.test
          1000      | 1000@ehlo.test
          AD\\\\ann | "AD\\\\ann"@ehlo.test
          a b       | "a b"@ehlo.test
          """)
  void everyNameHasAnAddress(String name, String address) {
    String user = name.translateEscapes();
    assertThat(LocalUser.of(user, HOME).address()).hasToString(address);
    assertThat(LocalUser.of("x".repeat(65), HOME).address()).hasToString("nobody@ehlo.test");
    assertThat(LocalUser.of("\r\n", HOME).address()).hasToString("nobody@ehlo.test");
  }
}
