package me.ehlo.smtp.client;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import me.ehlo.mail.Domain;
import me.ehlo.mail.DsnOptions;
import me.ehlo.mail.LocalPart;
import me.ehlo.mail.Mailbox;
import me.ehlo.mail.Notify;
import me.ehlo.mail.Outcome;
import me.ehlo.mail.ReversePath;
import me.ehlo.sasl.Channel;
import me.ehlo.smtp.Answer;

/** Plays a server to a dialogue, and writes down what is said and what becomes of each recipient. */
final class Stage {
  static final Channel TLS = new Channel("TLSv1.3", "TLS_AES_128_GCM_SHA256", Optional.of("00ff"));

  private final SmtpDialogue dialogue;
  private final StringBuilder said = new StringBuilder();
  private final List<String> fates = new ArrayList<>();
  private Step step;

  Stage(Terms terms) {
    dialogue = new SmtpDialogue(terms);
    step = dialogue.begin();
  }

  static Stage in(Terms.Encryption encryption) {
    return new Stage(new Terms("here.test", "mx.test", encryption, Optional.empty()));
  }

  /** A stage on which the server offers this, and mails can be told. */
  static Stage ready(String... offered) {
    Stage stage = in(Terms.Encryption.NONE).hears("220 hi");
    stage.offers(offered).said();
    return stage;
  }

  /** The answer to EHLO. */
  Stage offers(String... offered) {
    List<String> lines = new ArrayList<>(List.of("mx.test"));
    lines.addAll(List.of(offered));
    return next(dialogue.heard(new Answer.Said(250, lines), false));
  }

  static OutboundMail mail(String... locals) {
    return mail(100, false, locals);
  }

  static OutboundMail mail(long octets, boolean eightBit, String... locals) {
    return new OutboundMail(
        new ReversePath.Sender(mailbox("me", "here.test")),
        DsnOptions.NONE,
        List.of(locals).stream().map(local -> to(mailbox(local, "there.test"))).toList(),
        octets,
        eightBit,
        false);
  }

  static OutboundMail.To to(Mailbox mailbox) {
    return new OutboundMail.To(mailbox, Notify.UNSAID, Optional.empty());
  }

  static Mailbox mailbox(String local, String domain) {
    return new Mailbox(new LocalPart(local), Domain.ofAscii(domain));
  }

  Stage tells(OutboundMail mail) {
    return next(dialogue.mail(mail));
  }

  /** Each is a reply of one line. */
  Stage hears(String... replies) {
    for (String reply : replies) {
      next(dialogue.heard(answer(reply), false));
    }
    return this;
  }

  /** A reply with another behind it. */
  Stage hearsMore(String reply) {
    return next(dialogue.heard(answer(reply), true));
  }

  Stage has(Fault fault) {
    return next(dialogue.fault(fault));
  }

  Stage isSecured(boolean proven) {
    return next(dialogue.secured(TLS, proven));
  }

  boolean takesNext() {
    return dialogue.takesNext();
  }

  /** What has been said since this was last asked, lines separated by bars. */
  String said() {
    String all = said.toString().replace("\r\n", "|");
    said.setLength(0);
    return all;
  }

  /** Each recipient's fate, in order: {@code relayed}, {@code failed recipient-refused}, {@code open connection-lost}. */
  List<String> fates() {
    return fates;
  }

  /** What is to happen now. */
  String now() {
    return switch (step) {
      case Step.GiveUp(var cause, _) -> "gives up: " + cause.reason().id();
      default -> step.getClass().getSimpleName();
    };
  }

  private static Answer answer(String reply) {
    return new Answer.Said(
        Integer.parseInt(reply.substring(0, 3)),
        List.of(reply.length() > 4 ? reply.substring(4) : ""));
  }

  private Stage next(Step next) {
    step = next;
    switch (next) {
      case Step.Say(var lines) -> said.append(lines);
      case Step.Send(var lines, _, var dots) -> {
        said.append(lines).append(dots ? "(content and dot)|" : "(content)|");
        next(dialogue.sent());
      }
      case Step.Settled(_, var all, var then) -> {
        all.forEach(fate -> fates.add(shown(fate)));
        next(then);
      }
      default -> {} // nothing is said
    }
    return this;
  }

  private static String shown(Fate fate) {
    return switch (fate) {
      case Fate.Over(Outcome.Relayed(_, var dsn)) -> dsn ? "relayed with dsn" : "relayed";
      case Fate.Over(Outcome.Failed(var cause)) -> "failed " + cause.reason().id();
      case Fate.Over(Outcome.Delayed(var cause, var doubt)) ->
          (doubt ? "doubt " : "delayed ") + cause.reason().id();
      case Fate.Over(var other) -> other.toString();
      case Fate.Left() -> "left";
      case Fate.Open(var cause, var touched) ->
          (touched ? "open " : "untouched ") + cause.reason().id();
    };
  }
}
