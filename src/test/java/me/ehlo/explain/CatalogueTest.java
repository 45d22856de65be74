package me.ehlo.explain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import me.ehlo.mail.EnhancedStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CatalogueTest {

  /** Of RFC 5321 §4.2.3, 1845, 1985, 2645, 3207, 4954, 7504, and those that the registry of RFC 5248 names. */
  private static final String CODES =
      """
      211 214 220 221 235 250 251 252 253
      334 354 355
      421 422 432 450 451 452 453 454 455 458 459
      500 501 502 503 504 521 523 524 525 530 534 535 538 550 551 552 553 554 555 556
      """;

  /** The whole registry "SMTP Enhanced Status Codes" (RFC 5248), with the RFC of each. */
  private static final String STATUSES =
      """
      x.0.0 3463
      x.1.0 3463  x.1.1 3463  x.1.2 3463  x.1.3 3463  x.1.4 3463  x.1.5 3463  x.1.6 3463  x.1.7 3463
      x.1.8 3463  x.1.9 3886  x.1.10 7505
      x.2.0 3463  x.2.1 3463  x.2.2 3463  x.2.3 3463  x.2.4 3463
      x.3.0 3463  x.3.1 3463  x.3.2 3463  x.3.3 3463  x.3.4 3463  x.3.5 3463  x.3.6 6710
      x.4.0 3463  x.4.1 3463  x.4.2 3463  x.4.3 3463  x.4.4 3463  x.4.5 3463  x.4.6 3463  x.4.7 3463
      x.5.0 3463  x.5.1 3463  x.5.2 3463  x.5.3 3463  x.5.4 3463  x.5.5 3463  x.5.6 4954
      x.6.0 3463  x.6.1 3463  x.6.2 3463  x.6.3 3463  x.6.4 3463  x.6.5 3463  x.6.6 4468  x.6.7 6531
      x.6.8 6531  x.6.9 6531  x.6.10 5248
      x.7.0 3463  x.7.1 3463  x.7.2 3463  x.7.3 3463  x.7.4 3463  x.7.5 3463  x.7.6 3463  x.7.7 3463
      x.7.8 4954  x.7.9 4954  x.7.10 5248  x.7.11 4954  x.7.12 4954  x.7.13 5248  x.7.14 5248
      x.7.15 6710  x.7.16 6710  x.7.17 7293  x.7.18 7293  x.7.19 7293  x.7.20 7372  x.7.21 7372
      x.7.22 7372  x.7.23 7372  x.7.24 7372  x.7.25 7372  x.7.26 7372  x.7.27 7505  x.7.28 5248
      x.7.29 8617  x.7.30 8689
      """;

  /** The registry "SMTP Service Extensions", then what is met without being in it, then POP3's (RFC 2449, 6856). */
  private static final String EXTENSIONS =
      """
      SEND SOML SAML EXPN HELP TURN 8BITMIME SIZE VERB ONEX CHUNKING BINARYMIME CHECKPOINT DELIVERBY
      PIPELINING DSN ETRN ENHANCEDSTATUSCODES STARTTLS NO-SOLICITING MTRK SUBMITTER ATRN AUTH
      FUTURERELEASE UTF8SMTP VRFY BURL CONPERM CONNEG SMTPUTF8 MT-PRIORITY RRVS REQUIRETLS LIMITS
      AUTH= XCLIENT XFORWARD XEXCH50 X-EXPS X-ANONYMOUSTLS PRDR PIPECONNECT
      TOP USER SASL RESP-CODES LOGIN-DELAY PIPELINING EXPIRE UIDL IMPLEMENTATION AUTH-RESP-CODE STLS
      UTF8 LANG
      """;

  private static final String COMMANDS =
      """
      EHLO HELO LHLO MAIL RCPT DATA BDAT BURL RSET VRFY EXPN HELP NOOP QUIT STARTTLS AUTH ETRN ATRN TURN
      SEND SOML SAML XCLIENT XFORWARD
      """;

  private static final String POP3_COMMANDS =
      """
      USER PASS APOP AUTH STLS CAPA UTF8 LANG STAT LIST UIDL RETR TOP DELE RSET NOOP QUIT
      """;

  private static final String MECHANISMS =
      """
      PLAIN LOGIN CRAM-MD5 DIGEST-MD5 SCRAM-SHA-1 SCRAM-SHA-1-PLUS SCRAM-SHA-256 SCRAM-SHA-256-PLUS
      SCRAM-SHA-512 SCRAM-SHA-512-PLUS XOAUTH2 OAUTHBEARER EXTERNAL ANONYMOUS NTLM GSSAPI GSS-SPNEGO
      """;

  private static final String RESPONSES =
      "+OK -ERR + [AUTH] [IN-USE] [LOGIN-DELAY] [SYS/TEMP] [SYS/PERM] [UTF8]";

  private static final String PARAMETERS =
      """
      SIZE BODY SMTPUTF8 RET ENVID NOTIFY ORCPT AUTH BY HOLDFOR HOLDUNTIL MT-PRIORITY REQUIRETLS MTRK
      SUBMITTER SOLICIT TRANSID CONPERM CONNEG RRVS
      """;

  private final Catalogue catalogue = Catalogue.ours();

  @ParameterizedTest
  @MethodSource
  void everyWordOfTheRegistriesIsExplained(Kind kind, String words) {
    assertThat(words.split("\\s+"))
        .allSatisfy(word -> assertThat(catalogue.exactly(kind, word)).isPresent());
  }

  static Stream<Arguments> everyWordOfTheRegistriesIsExplained() {
    return Stream.of(
        Arguments.of(Kind.CODE, CODES.strip()),
        Arguments.of(Kind.EXTENSION, EXTENSIONS.strip()),
        Arguments.of(Kind.COMMAND, COMMANDS.strip()),
        Arguments.of(Kind.POP3_COMMAND, POP3_COMMANDS.strip()),
        Arguments.of(Kind.MECHANISM, MECHANISMS.strip()),
        Arguments.of(Kind.PARAMETER, PARAMETERS.strip()),
        Arguments.of(Kind.RESPONSE, RESPONSES));
  }

  @Test
  void everyStatusOfTheRegistryIsExplainedAndNamesItsRfc() {
    List<String> registry = Arrays.asList(STATUSES.strip().split("\\s{2,}|\n"));

    assertThat(registry).hasSize(81);
    assertThat(registry)
        .allSatisfy(line -> {
          String[] words = line.strip().split(" ");
          assertThat(catalogue.exactly(Kind.STATUS, words[0]))
              .hasValueSatisfying(it -> assertThat(it.source()).contains("RFC " + words[1]));
        });
  }

  @ParameterizedTest
  @ValueSource(chars = {'2', '4', '5'})
  void everyStatusIsExplainedInEachClass(char digit) {
    assertThat(List.of(STATUSES.strip().split("\\s+")))
        .filteredOn(word -> word.startsWith("x"))
        .map(word -> EnhancedStatus.of(digit + word.substring(1)))
        .allSatisfy(status ->
            assertThat(catalogue.status(status))
                .hasValueSatisfying(it -> {
                  assertThat(it.subject()).isEqualTo(status.toString());
                  assertThat(it.lasting()).isEqualTo(Lasting.of(digit));
                }));
  }

  @ParameterizedTest
  @CsvSource({
    "5.7.1,  5.7.1,  not allowed,           PERMANENT",
    "4.7.1,  4.7.1,  not allowed yet,       TRANSIENT", // one that means something else
    "2.1.0,  2.1.0,  the sender is accepted, OK",
    "5.7.99, 5.7.99, about security or a rule, PERMANENT", // by its subject
    "4.4.99, 4.4.99, about the way there,   TRANSIENT",
  })
  void aStatusIsFoundByItselfElseByItsFamily(
      String status, String subject, String title, Lasting lasting) {
    Explanation found = catalogue.status(EnhancedStatus.of(status)).orElseThrow();

    assertThat(found.subject()).isEqualTo(subject);
    assertThat(found.title()).isEqualTo(title);
    assertThat(found.lasting()).isEqualTo(lasting);
  }

  @ParameterizedTest
  @ValueSource(strings = {"3.7.1", "0.0.0", "5.8.1"})
  void aStatusThatCannotBeIsNotExplained(String status) {
    assertThat(catalogue.status(EnhancedStatus.of(status))).isEmpty();
  }

  @Test
  void aCodeThatIsNotListedIsExplainedByItsFirstDigit() {
    assertThat(catalogue.code(599))
        .hasValueSatisfying(it -> {
          assertThat(it.subject()).isEqualTo("599");
          assertThat(it.lasting()).isEqualTo(Lasting.PERMANENT);
        });
    assertThat(catalogue.code(421).orElseThrow().lasting()).isEqualTo(Lasting.TRANSIENT);
    assertThat(catalogue.code(354).orElseThrow().lasting()).isEqualTo(Lasting.CONTINUE);
    assertThat(Stream.of(0, 25, 123, 699, 5500).flatMap(code -> catalogue.code(code).stream()))
        .isEmpty();
  }

  @Test
  void wholeLinesWillDo() {
    assertThat(catalogue.extension("auth=LOGIN PLAIN").orElseThrow().subject()).isEqualTo("AUTH=");
    assertThat(catalogue.extension("SIZE 1000").orElseThrow().subject()).isEqualTo("SIZE");
    assertThat(catalogue.command("mail from:<a@b>").orElseThrow().kind()).isEqualTo(Kind.COMMAND);
    assertThat(catalogue.command("RETR 1").orElseThrow().kind()).isEqualTo(Kind.POP3_COMMAND);
    assertThat(catalogue.parameter("Notify=NEVER").orElseThrow().subject()).isEqualTo("NOTIFY");
    assertThat(catalogue.response("in-use").orElseThrow().subject()).isEqualTo("[IN-USE]");
    assertThat(catalogue.response("-ERR").orElseThrow().subject()).isEqualTo("-ERR");
  }

  @Test
  void textsAreSentencesAndShort() {
    assertThat(offences("a title of some words", it -> it.title().matches("[^.].{1,108}[^.!?]")))
        .isEmpty();
    assertThat(offences("sentences", it -> it.means().matches("[A-Z0-9<].{14,378}[.]"))).isEmpty();
    assertThat(
            offences("who can do what", it -> it.todo().stream().allMatch(CatalogueTest::isAdvice)))
        .isEmpty();
    assertThat(offences("few things to do", it -> it.todo().size() < 4)).isEmpty();
    assertThat(offences("a source", it -> it.source().matches("[A-Zdu].*[^.]"))).isEmpty();
    assertThat(offences("single spaces", it -> !it.toString().contains("  "))).isEmpty();
  }

  private static boolean isAdvice(String line) {
    return line.matches("[a-z][a-z' ]+: [^ ].{1,160}[.]");
  }

  @Test
  void everyAnswerSaysForHowLongItHolds() {
    assertThat(
            offences(
                "a time that it holds for",
                it ->
                    switch (it.kind()) {
                      case CODE, REASON -> it.lasting() != Lasting.NONE;
                      case STATUS -> it.subject().startsWith("x") == (it.lasting() == Lasting.NONE);
                      case RESPONSE ->
                          it.subject().equals("-ERR") == (it.lasting() == Lasting.NONE);
                      default -> it.lasting() == Lasting.NONE;
                    }))
        .isEmpty();
  }

  @Test
  void everyEntryCanBeReachedAndLeadsOnlyToOthers() {
    assertThat(
            offences(
                "a way to it",
                it -> it.kind() == Kind.WORDING || explanations(it.subject()).contains(it)))
        .isEmpty();
    assertThat(offences("known words to see", it -> catalogue.lookUp(it.see()).unknown().isEmpty()))
        .isEmpty();
    assertThat(
            offences(
                "other words to see",
                it ->
                    Set.copyOf(it.see()).size() == it.see().size()
                        && !it.see().contains(it.subject())))
        .isEmpty();
  }

  private List<Explanation> explanations(String word) {
    return catalogue.lookUp(List.of(word)).explanations();
  }

  @Test
  void everyPhraseOfAServerLeadsToItsExplanation() {
    assertThat(catalogue.all(Kind.WORDING))
        .hasSizeGreaterThan(15)
        .allSatisfy(it -> {
          for (String phrase : it.subject().split(" \\| ")) {
            assertThat(phrase).hasSizeGreaterThan(4).isEqualTo(phrase.toLowerCase(Locale.ROOT));
            assertThat(catalogue.wording("Sorry, " + phrase.toUpperCase(Locale.ROOT) + "."))
                .as(phrase)
                .hasValueSatisfying(found -> {
                  assertThat(found.subject()).isEqualTo(phrase);
                  assertThat(found.title()).isEqualTo(it.title());
                });
          }
        });
    assertThat(catalogue.wording("Ok: queued as 4XyZ9")).isEmpty();
  }

  /** What lacks something, so that one run tells all. */
  private List<String> offences(String rule, Predicate<Explanation> holds) {
    return Arrays.stream(Kind.values())
        .flatMap(kind -> catalogue.all(kind).stream())
        .filter(holds.negate())
        .map(it -> it.kind() + " " + it.subject() + " has not " + rule)
        .toList();
  }

  @ParameterizedTest
  @EnumSource(names = {"COMMAND", "POP3_COMMAND", "PARAMETER", "MECHANISM"})
  void whatIsTypedHasASyntaxThatContainsIt(Kind kind) {
    assertThat(catalogue.all(kind))
        .allSatisfy(it -> assertThat(it.syntax().orElseThrow()).contains(it.subject()));
  }

  @Test
  void noLineOfTheFilesIsLong() {
    for (Kind kind : Kind.values()) {
      assertThat(Catalogue.text(kind).lines()).allMatch(line -> line.length() <= 160, kind.file());
    }
  }
}
