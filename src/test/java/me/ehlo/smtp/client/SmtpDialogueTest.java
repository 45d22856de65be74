package me.ehlo.smtp.client;

import static me.ehlo.smtp.client.Stage.mail;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import me.ehlo.mail.Domain;
import me.ehlo.mail.DsnOptions;
import me.ehlo.mail.LocalPart;
import me.ehlo.mail.Mailbox;
import me.ehlo.mail.Notify;
import me.ehlo.mail.Orcpt;
import me.ehlo.mail.ReversePath;
import me.ehlo.sasl.Credentials;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Outbound conversations, played to their end without a socket. */
class SmtpDialogueTest {
  private static final String GROUP =
      "MAIL FROM:<me@here.test>|RCPT TO:<a@there.test>|RCPT TO:<b@there.test>|DATA|";

  @Test
  void oneByOneWhereNothingIsOffered() {
    Stage stage = Stage.ready().tells(mail("a", "b"));

    assertThat(stage.said()).isEqualTo("MAIL FROM:<me@here.test>|");
    assertThat(stage.hears("250 ok").said()).isEqualTo("RCPT TO:<a@there.test>|");
    assertThat(stage.hears("550 no").said()).isEqualTo("RCPT TO:<b@there.test>|");
    assertThat(stage.hears("251 ok").said()).isEqualTo("DATA|");
    assertThat(stage.hears("354 go").said()).isEqualTo("(content and dot)|");
    assertThat(stage.hears("250 ok").fates())
        .containsExactly("failed recipient-refused", "relayed");
    assertThat(stage.now()).isEqualTo("Ready");
  }

  @Test
  void inGroupsWherePipeliningIsOffered() {
    Stage stage = Stage.ready("PIPELINING").tells(mail("a", "b"));

    assertThat(stage.said()).isEqualTo(GROUP);
    stage.hears("250 ok", "250 ok", "450 later", "354 go");
    assertThat(stage.said()).isEqualTo("(content and dot)|");
    assertThat(stage.hears("250 ok").fates())
        .containsExactly("relayed", "delayed recipient-delayed");
  }

  /** RFC 2920 §3.1: content may begin a group. */
  @Test
  void theNextMailGoesOutBehindTheDot() {
    Stage stage = Stage.ready("PIPELINING").tells(mail("a", "b"));
    stage.hears("250 ok", "250 ok", "250 ok");
    assertThat(stage.takesNext()).isFalse();
    stage.hears("354 go");
    assertThat(stage.takesNext()).isTrue();
    stage.said();

    assertThat(stage.tells(mail("a", "b")).said()).isEqualTo(GROUP);
    assertThat(stage.takesNext()).isFalse();
    stage.hears("250 first");
    assertThat(stage.fates()).containsExactly("relayed", "relayed");
    stage.hears("250 ok", "250 ok", "250 ok", "354 go", "550 second");
    assertThat(stage.fates().subList(2, 4)).containsOnly("failed mail-refused");
  }

  @Test
  void oneRoundTripByBdat() {
    Stage stage = Stage.ready("PIPELINING", "CHUNKING").tells(mail("a", "b"));

    assertThat(stage.said())
        .isEqualTo(
            "MAIL FROM:<me@here.test>|RCPT TO:<a@there.test>|RCPT TO:<b@there.test>|BDAT 100 LAST|(content)|");
    assertThat(stage.takesNext()).isFalse(); // no 354 would tell that both are in step
    assertThat(stage.hears("250 ok", "550 no", "250 ok", "250 ok").fates())
        .containsExactly("failed recipient-refused", "relayed");
  }

  @Test
  void aLargeMailIsNotSentOnChance() {
    Stage stage = Stage.ready("PIPELINING", "CHUNKING").tells(mail(1_000_000, false, "a"));

    assertThat(stage.said()).isEqualTo("MAIL FROM:<me@here.test>|RCPT TO:<a@there.test>|");
    assertThat(stage.hears("250 ok", "250 ok").said()).isEqualTo("BDAT 1000000 LAST|(content)|");
    assertThat(stage.hears("250 ok").fates()).containsExactly("relayed");
  }

  @Test
  void aTransactionThatWasNotEndedIsResetBeforeTheNext() {
    Stage stage = Stage.ready().tells(mail("a")).hears("250 ok", "550 no");
    stage.said();

    assertThat(stage.tells(mail("a")).said()).isEqualTo("RSET|");
    assertThat(stage.hears("250 ok").said()).isEqualTo("MAIL FROM:<me@here.test>|");
  }

  @ParameterizedTest
  @CsvSource({
    "550 no,       failed sender-refused",
    "450 no,       delayed sender-delayed",
    "503 no,       delayed sender-delayed",
    "552 too big,  failed sender-refused",
    "354 what,     open nonsense",
    "421 bye,      untouched sent-away"
  })
  void mailIsAnswered(String reply, String fate) {
    assertThat(Stage.ready().tells(mail("a")).hears(reply).fates()).containsExactly(fate);
  }

  @ParameterizedTest
  @CsvSource({
    "550 no,           failed recipient-refused",
    "450 no,           delayed recipient-delayed",
    "452 many,         left",
    "452 4.5.3 many,   left",
    "552 many,         left",
    "452 4.2.2 full,   delayed recipient-delayed",
    "552 5.2.2 full,   failed recipient-refused"
  })
  void theSecondRecipientIsAnswered(String reply, String fate) {
    Stage stage = Stage.ready().tells(mail("a", "b")).hears("250 ok", "250 ok", reply, "354 go");

    assertThat(stage.hears("250 ok").fates()).containsExactly("relayed", fate);
  }

  /** Nobody was accepted, so that there is no transaction to come after. */
  @ParameterizedTest
  @CsvSource({"452 many", "552 many"})
  void tooManyFromTheFirstIsNotNow(String reply) {
    assertThat(Stage.ready().tells(mail("a")).hears("250 ok", reply).fates())
        .containsExactly("delayed recipient-delayed");
  }

  @ParameterizedTest
  @CsvSource({
    "550 no,   failed mail-refused",
    "451 no,   delayed mail-delayed",
    "250 what, open nonsense",
    "421 bye,  open sent-away"
  })
  void dataIsAnswered(String reply, String fate) {
    assertThat(Stage.ready().tells(mail("a")).hears("250 ok", "250 ok", reply).fates())
        .containsExactly(fate);
  }

  @ParameterizedTest
  @CsvSource({
    "250 ok,   relayed",
    "552 no,   failed mail-refused",
    "452 no,   delayed mail-delayed",
    "354 what, doubt in-doubt",
    "421 bye,  open sent-away"
  })
  void theDotIsAnswered(String reply, String fate) {
    assertThat(Stage.ready().tells(mail("a")).hears("250 ok", "250 ok", "354 go", reply).fates())
        .containsExactly(fate);
  }

  /** RFC 1047. */
  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {"LOST", "TIMED_OUT", "STOPPED", "ENDLESS", "NONSENSE"})
  void aFaultLeavesDoubtOnlyBehindTheDot(Fault fault) {
    Stage before = Stage.ready().tells(mail("a")).hears("250 ok", "250 ok").has(fault);
    Stage after = Stage.ready().tells(mail("a")).hears("250 ok", "250 ok", "354 go").has(fault);

    assertThat(before.fates()).singleElement().asString().startsWith("open ");
    assertThat(after.fates()).containsExactly("doubt in-doubt");
  }

  @Test
  void theMailBehindTheDotIsNotInDoubt() {
    Stage stage = Stage.ready("PIPELINING").tells(mail("a")).hears("250 ok", "250 ok", "354 go");

    stage.tells(mail("b")).has(Fault.LOST);
    assertThat(stage.fates()).containsExactly("doubt in-doubt", "untouched connection-lost");
    assertThat(stage.now()).isEqualTo("gives up: connection-lost");
  }

  @Test
  void anAnswerTooManyIsNotTakenForConsent() {
    Stage data = Stage.ready().tells(mail("a")).hears("250 ok", "250 ok").hearsMore("354 go");
    Stage bdat = Stage.ready("PIPELINING", "CHUNKING").tells(mail("a"));

    assertThat(data.fates()).containsExactly("open nonsense");
    assertThat(bdat.hears("250 ok", "250 ok").hearsMore("250 ok").fates())
        .containsExactly("doubt in-doubt");
  }

  @Test
  void anEmptyMailToNobodyWhenDataIsAnsweredAllTheSame() {
    Stage stage = Stage.ready("PIPELINING").tells(mail("a"));
    stage.said();

    assertThat(stage.hears("250 ok", "550 no", "354 go").said()).isEqualTo(".|");
    assertThat(stage.hears("554 nobody").fates()).containsExactly("failed recipient-refused");
    assertThat(stage.now()).isEqualTo("Ready");
  }

  @Test
  void whatTheServerCannotTakeIsNotSent() {
    OutboundMail utf8 =
        new OutboundMail(
            new ReversePath.Null(),
            DsnOptions.NONE,
            List.of(
                Stage.to(Stage.mailbox("\u00fc", "there.test")),
                Stage.to(Stage.mailbox("u", "there.test"))),
            10,
            false,
            false);

    assertThat(Stage.ready("SIZE 99").tells(mail("a")).fates())
        .containsExactly("failed too-big-there");
    assertThat(Stage.ready("SIZE").tells(mail("a")).said()).endsWith(" SIZE=100|");
    assertThat(Stage.ready().tells(mail(10, true, "a")).fates())
        .containsExactly("failed eight-bit-there");
    assertThat(Stage.ready("8BITMIME").tells(mail(10, true, "a")).said())
        .endsWith(" BODY=8BITMIME|");
    assertThat(Stage.ready("PIPELINING").tells(utf8).said())
        .isEqualTo("MAIL FROM:<>|RCPT TO:<u@there.test>|DATA|");
    assertThat(Stage.ready("SMTPUTF8").tells(utf8).said()).endsWith(" SMTPUTF8|");
  }

  @Test
  void aDomainCanAlwaysBeSaidInAsciiAndALineBreakNever() {
    OutboundMail mail =
        new OutboundMail(
            new ReversePath.Null(),
            DsnOptions.NONE,
            List.of(
                Stage.to(
                    new Mailbox(
                        new LocalPart("u"), new Domain("b\u00fccher.test", "xn--bcher-kva.test"))),
                Stage.to(Stage.mailbox("x>\r\nRCPT TO:<y", "there.test"))),
            10,
            false,
            false);
    Stage stage = Stage.ready("PIPELINING").tells(mail);

    assertThat(stage.said()).isEqualTo("MAIL FROM:<>|RCPT TO:<u@xn--bcher-kva.test>|DATA|");
    assertThat(stage.hears("250 ok", "250 ok", "354 go", "250 ok").fates())
        .containsExactly("relayed", "failed unfit-address");
  }

  /** RFC 3461: passed on, encoded, where it is offered. */
  @Test
  void reportsAreAskedForWhereTheyAreOffered() {
    OutboundMail mail =
        new OutboundMail(
            new ReversePath.Null(),
            new DsnOptions(Optional.of(DsnOptions.Ret.HDRS), Optional.of("id+1 x")),
            List.of(
                new OutboundMail.To(
                    Stage.mailbox("a", "there.test"),
                    Notify.of(Set.of(Notify.Happening.SUCCESS, Notify.Happening.FAILURE)),
                    Optional.of(new Orcpt("rfc822", "a=b@there.test")))),
            10,
            false,
            false);
    Stage offered = Stage.ready("PIPELINING", "DSN").tells(mail);
    Stage not = Stage.ready("PIPELINING").tells(mail);

    assertThat(offered.said())
        .isEqualTo(
            "MAIL FROM:<> RET=HDRS ENVID=id+2B1+20x|"
                + "RCPT TO:<a@there.test> NOTIFY=SUCCESS,FAILURE ORCPT=rfc822;a+3Db@there.test|DATA|");
    assertThat(not.said()).isEqualTo("MAIL FROM:<>|RCPT TO:<a@there.test>|DATA|");
    assertThat(offered.hears("250 ok", "250 ok", "354 go", "250 ok").fates())
        .containsExactly("relayed with dsn");
    assertThat(not.hears("250 ok", "250 ok", "354 go", "250 ok").fates())
        .containsExactly("relayed");
  }

  @Test
  void recipientsBeyondTheServersLimitComeLater() {
    Stage stage = Stage.ready("PIPELINING", "LIMITS RCPTMAX=1").tells(mail("a", "b"));

    assertThat(stage.said()).isEqualTo("MAIL FROM:<me@here.test>|RCPT TO:<a@there.test>|DATA|");
    assertThat(stage.hears("250 ok", "250 ok", "354 go", "250 ok").fates())
        .containsExactly("relayed", "left");
  }

  @ParameterizedTest
  @CsvSource({
    "220 hi,   Say",
    "554 no,   gives up: greeting-refused",
    "450 no,   gives up: greeting-refused",
    "421 bye,  gives up: sent-away",
    "250 what, gives up: greeting-refused"
  })
  void theGreetingIsAnswered(String reply, String then) {
    assertThat(Stage.in(Terms.Encryption.IF_OFFERED).hears(reply).now()).isEqualTo(then);
  }

  @Test
  void heloWhereEhloIsNotKnown() {
    Stage stage = Stage.in(Terms.Encryption.IF_OFFERED).hears("220 hi", "502 what");

    assertThat(stage.said()).isEqualTo("EHLO here.test|HELO here.test|");
    assertThat(stage.hears("250 hi").now()).isEqualTo("Ready");
  }

  @Test
  void encryptionWhereItIsOfferedOrDemanded() {
    Stage wanted = encrypting(Terms.Encryption.IF_OFFERED);
    Stage demanded = encrypting(Terms.Encryption.REQUIRED);

    assertThat(wanted.hears("454 not now").now()).isEqualTo("Ready");
    assertThat(demanded.hears("454 not now").now()).isEqualTo("gives up: tls-not-offered");
    assertThat(Stage.in(Terms.Encryption.REQUIRED).hears("220 hi", "250 nothing").now())
        .isEqualTo("gives up: tls-not-offered");
    Stage secured = encrypting(Terms.Encryption.REQUIRED).hears("220 go");
    assertThat(secured.now()).isEqualTo("StartTls");
    secured.said();
    assertThat(secured.isSecured(false).said()).isEqualTo("EHLO here.test|");
    assertThat(secured.hears("250 nothing").now()).isEqualTo("Ready");
    assertThat(secured.tells(mail("a")).said())
        .doesNotContain("SIZE"); // what was offered in the clear is forgotten
  }

  @Test
  void aPasswordIsSaidOnlyWhereTheNameIsProven() {
    assertThat(login("AUTH PLAIN LOGIN", false).now()).isEqualTo("gives up: login-needs-tls");
    assertThat(login("AUTH GSSAPI", true).now()).isEqualTo("gives up: login-not-offered");
    assertThat(login("AUTH PLAIN LOGIN", true).said()).isEqualTo("AUTH PLAIN AG1lAHNlY3JldA==|");
    assertThat(login("AUTH PLAIN", true).hears("235 ok").now()).isEqualTo("Ready");
    assertThat(login("AUTH PLAIN", true).hears("535 no").now())
        .isEqualTo("gives up: login-refused");
    Stage slow = login("AUTH=LOGIN", true);
    assertThat(slow.hears("334 VXNlcm5hbWU6", "334 UGFzc3dvcmQ6").said())
        .isEqualTo("AUTH LOGIN|bWU=|c2VjcmV0|");
    assertThat(slow.hears("235 ok").now()).isEqualTo("Ready");
  }

  private static Stage encrypting(Terms.Encryption encryption) {
    Stage stage = Stage.in(encryption).hears("220 hi");
    return stage.offers("STARTTLS", "SIZE 5");
  }

  private static Stage login(String offered, boolean proven) {
    Terms.Login login =
        new Terms.Login(Credentials.password("me", "secret"), "mx.test", 587, () -> "nonce");
    Stage stage =
        new Stage(new Terms("here.test", "mx.test", Terms.Encryption.REQUIRED, Optional.of(login)));
    stage.hears("220 hi").offers("STARTTLS").hears("220 go").isSecured(proven);
    stage.said();
    return stage.offers(offered);
  }
}
