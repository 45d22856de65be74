package me.ehlo.dsn;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import me.ehlo.dsn.DeliveryReport.Action;
import me.ehlo.mail.Cause;
import me.ehlo.mail.Domain;
import me.ehlo.mail.DsnOptions;
import me.ehlo.mail.LocalPart;
import me.ehlo.mail.Mailbox;
import me.ehlo.mail.Orcpt;
import me.ehlo.mail.RemoteReply;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** E4: nothing that others said becomes a line, a field or a part of ours, even if an inner guard should fail. */
class InjectionTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x\r\nEvil: 1",
        "x\nEvil: 1",
        "x\rEvil: 1",
        "x\r\n\r\nEvil: 1",
        "x\0Evil: 1",
        "x\u0085Evil: 1",
        "x\u2028Evil: 1",
        "x\u2029Evil: 1",
        "x\r\n--=_06C3ZK0000AC_0\r\nEvil: 1",
        "x\r\n--=_06C3ZK0000AC_0--\r\nEvil: 1"
      })
  void nothingBecomesALine(String evil) {
    for (Reported report :
        List.of(
            Reported.mail().with("z@b.c", Action.FAILED, Optional.of(cause(evil, "host", "words"))),
            Reported.mail().with("z@b.c", Action.FAILED, Optional.of(cause("said", evil, "words"))),
            Reported.mail().with("z@b.c", Action.FAILED, Optional.of(cause("said", "host", evil))),
            Reported.mail()
                .with(
                    "z@b.c",
                    Optional.of(new Orcpt("rfc822", evil)),
                    Action.FAILED,
                    Optional.empty()),
            Reported.mail()
                .with(
                    "z@b.c",
                    Optional.of(new Orcpt("utf-8", "\\x{D}\\x{A}Evil: 1")),
                    Action.FAILED,
                    Optional.empty()),
            Reported.mail()
                .options(new DsnOptions(Optional.empty(), Optional.of(evil)))
                .failed("z@b.c"))) {
      assertThat(lines(report.composed())).noneMatch(line -> line.startsWith("Evil"));
      Opened mail = Opened.of(report.composed());
      assertThat(mail.parts()).hasSize(3);
      assertThat(mail.status()).hasSize(2);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"x\r\nEvil: 1", "x\nEvil: 1", "x\r\n\r\nEvil: 1"})
  void noAddressBecomesALine(String evil) {
    Mailbox mailbox = new Mailbox(new LocalPart(evil), Domain.ofAscii("b.c"));
    DeliveryReport right = Reported.mail().failed("z@b.c").report();
    DeliveryReport.OfRecipient recipient =
        new DeliveryReport.OfRecipient(
            mailbox,
            Optional.empty(),
            Action.FAILED,
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    ReportMail mail =
        Reported.compose(
            new DeliveryReport(
                right.mail(),
                mailbox,
                right.dsn(),
                right.arrived(),
                List.of(recipient),
                right.original()));
    assertThat(lines(mail)).noneMatch(line -> line.startsWith("Evil"));
    assertThat(Opened.of(mail).header()).doesNotContainKey("Evil");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Message-ID: <a b@c>",
        "Message-ID: <a@c>, <d@e>x",
        "Message-ID: a@c",
        "Message-ID: <a@c\u00e9>",
        "Message-ID:"
      })
  void onlyARightMessageIdIsReferredTo(String field) {
    String octets = field + "\r\n\r\nbody\r\n";
    Opened mail =
        Opened.of(Reported.mail().original(octets, true, false).failed("z@b.c").composed());
    assertThat(mail.header()).doesNotContainKeys("In-Reply-To", "References");
  }

  private static Cause cause(String said, String host, String words) {
    RemoteReply reply = new RemoteReply(550, Optional.empty(), words);
    return new Cause(Reported.REFUSED, said, host, Optional.of(reply));
  }

  private static List<String> lines(ReportMail mail) {
    return new String(mail.content(), ISO_8859_1).lines().toList();
  }
}
