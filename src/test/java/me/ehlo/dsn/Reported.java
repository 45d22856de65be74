package me.ehlo.dsn;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import me.ehlo.dsn.DeliveryReport.Action;
import me.ehlo.dsn.DeliveryReport.OfRecipient;
import me.ehlo.dsn.DeliveryReport.Original;
import me.ehlo.mail.AddressParser;
import me.ehlo.mail.Cause;
import me.ehlo.mail.DsnOptions;
import me.ehlo.mail.EnhancedStatus;
import me.ehlo.mail.MailId;
import me.ehlo.mail.Mailbox;
import me.ehlo.mail.Orcpt;
import me.ehlo.mail.Parsed;
import me.ehlo.mail.Reason;
import me.ehlo.mail.RemoteReply;

/** A report for tests, put together piece by piece. */
public final class Reported {
  static final MailId MAIL = MailId.parse("06C3ZK0000AB");
  static final MailId REPORT = MailId.parse("06C3ZK0000AC");
  static final Instant ARRIVED = Instant.parse("2026-11-21T09:02:13Z");
  static final Instant TRIED = Instant.parse("2026-11-21T09:17:44Z");
  static final Instant UNTIL = Instant.parse("2026-11-26T09:02:13Z");
  static final Reason REFUSED =
      new Reason(
          "recipient-refused", 550, "5.0.0", "The other server does not take this recipient");
  static final Reason NOT_NOW =
      new Reason("not-now", 451, "4.0.0", "The other server says: not now");
  static final Reason PASSED_ON = new Reason("relayed", 250, "2.0.0", "The other server has it");
  static final String CONTENT =
      """
      From: Ann <ann@example.net>
      To: zed@example.org
      Subject: Quarterly
       figures
      Message-ID: <b71c@laptop.example.net>

      Hello Zed.
      .
      """
          .replace("\n", "\r\n");

  private final List<OfRecipient> recipients = new ArrayList<>();
  private String to = "ann@example.net";
  private DsnOptions options = DsnOptions.NONE;
  private Original original = new Original(CONTENT, true, false);

  static Reported mail() {
    return new Reported();
  }

  Reported to(String address) {
    to = address;
    return this;
  }

  Reported options(DsnOptions changed) {
    options = changed;
    return this;
  }

  Reported ret(DsnOptions.Ret ret) {
    return options(new DsnOptions(Optional.of(ret), Optional.empty()));
  }

  Reported original(String octets, boolean whole, boolean smtpUtf8) {
    original = new Original(octets, whole, smtpUtf8);
    return this;
  }

  Reported failed(String address) {
    return failed(address, "550 5.1.1 <" + address + ">: User unknown");
  }

  Reported failed(String address, String words) {
    return with(address, Action.FAILED, said(REFUSED, words));
  }

  Reported delayed(String address) {
    return with(address, Action.DELAYED, said(NOT_NOW, "451 4.7.1 Greylisted, try again later"));
  }

  /** Something that became of a recipient; with a cause, it was tried. */
  Reported with(String address, Action action, Optional<Cause> cause) {
    return with(address, Optional.empty(), action, cause);
  }

  Reported with(String address, Optional<Orcpt> orcpt, Action action, Optional<Cause> cause) {
    recipients.add(
        new OfRecipient(
            mailbox(address),
            orcpt,
            action,
            cause,
            cause.map(_ -> TRIED),
            action == Action.DELAYED ? Optional.of(UNTIL) : Optional.empty()));
    return this;
  }

  DeliveryReport report() {
    return new DeliveryReport(MAIL, mailbox(to), options, ARRIVED, recipients, original);
  }

  ReportMail composed() {
    return compose(report());
  }

  static ReportMail compose(DeliveryReport report) {
    return new DsnComposer("mail.example.net", ZoneId.of("+01:00")).compose(report, REPORT, TRIED);
  }

  /** The other server's reply, as {@code 550 5.1.1 words}. */
  static Optional<Cause> said(Reason reason, String words) {
    String[] parts = words.split(" ", 3);
    RemoteReply reply =
        new RemoteReply(
            Integer.parseInt(parts[0]), Optional.of(EnhancedStatus.of(parts[1])), parts[2]);
    return Optional.of(
        new Cause(reason, reason.say(), "mx1.example.org [192.0.2.25]", Optional.of(reply)));
  }

  static Mailbox mailbox(String address) {
    return switch (AddressParser.mailbox(address)) {
      case Parsed.Right<Mailbox>(var mailbox) -> mailbox;
      case Parsed.Wrong<Mailbox>(var why) -> throw new IllegalArgumentException(why);
    };
  }
}
