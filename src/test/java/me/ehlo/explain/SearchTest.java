package me.ehlo.explain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SearchTest {
  private final Catalogue catalogue = Catalogue.ours();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          550                                                   | 550
          550 5.7.1                                             | 550 5.7.1
          5.7.1                                                 | 5.7.1
          (#5.1.1)                                              | 5.1.1
          5xx                                                   | 5yz
          599                                                   | 599
          4.x.x                                                 | 4.x.x
          5.7.x                                                 | x.7.x
          relaying-denied                                       | relaying-denied
          reason=login-wrong code=535                           | login-wrong 535
          starttls                                              | STARTTLS STARTTLS
          AUTH=LOGIN                                            | AUTH= AUTH
          MAIL RCPT                                             | MAIL RCPT
          MAIL FROM:<ann@example.org> SIZE=1000 BODY=8BITMIME   | MAIL SIZE BODY
          RCPT TO:<bob@example.org> NOTIFY=NEVER                | RCPT NOTIFY
          AUTH PLAIN AGFubgBzZWNyZXQ=                           | AUTH AUTH PLAIN
          554 5.7.1 <carol@other.example>: Relay access denied  | 554 5.7.1 relay access denied
          550-5.7.26 This mail is unauthenticated               | 550 5.7.26 unauthenticated
          250-SIZE 52428800                                     | 250 SIZE
          250 STARTTLS                                          | 250 STARTTLS
          250-AUTH PLAIN XOAUTH2 WHATEVER                       | 250 AUTH PLAIN XOAUTH2
          250 2.0.0 Ok: queued as 4XyZ9                         | 250 2.0.0
          250 mail.example.org                                  | 250
          451 try help later                                    | 451
          host mx1[192.0.2.1] said: 550 5.1.1 <zed@example.org>: User unknown | 550 5.1.1 user unknown
          User unknown in local recipient table                 | user unknown
          450 4.1.8 <a@b.c>: Sender address rejected: Domain not found | 450 4.1.8 sender address rejected
          250 2.1.5 too large                                   | 250 2.1.5
          -ERR mailbox is full                                  | -ERR mailbox is full
          status=bounced (host a said: 550 no)                  | 550
          -ERR [IN-USE] Another program is reading              | -ERR [IN-USE]
          -ERR no such message                                  | -ERR
          +OK                                                   | +OK
          """)
  void findsWhatIsMeant(String typed, String subjects) {
    Found found = catalogue.lookUp(List.of(typed));

    assertThat(
            found.explanations().stream()
                .map(Explanation::subject)
                .collect(Collectors.joining(" ")))
        .isEqualTo(subjects);
    assertThat(found.unknown()).isEmpty();
    assertThat(catalogue.lookUp(List.of(typed.split(" ")))).isEqualTo(found);
  }

  @ParameterizedTest
  @CsvSource({
    "FOOBAR, '', FOOBAR",
    "SIZE FOOBAR, SIZE SIZE, FOOBAR",
    "what is this, '', what is this",
    "'', '', ''"
  })
  void saysWhatItDoesNotKnow(String typed, String subjects, String unknown) {
    Found found = catalogue.lookUp(List.of(typed));

    assertThat(
            found.explanations().stream()
                .map(Explanation::subject)
                .collect(Collectors.joining(" ")))
        .isEqualTo(subjects);
    assertThat(String.join(" ", found.unknown())).isEqualTo(unknown);
  }

  @Test
  void aWholeAnswerIsExplainedLineByLine() {
    String answer = "250-mail.example.org\r\n250-SIZE 1000\r\n\r\n250 STARTTLS\r\n";

    assertThat(catalogue.lookUp(List.of(answer)).explanations())
        .extracting(Explanation::subject)
        .containsExactly("250", "SIZE", "STARTTLS");
  }
}
