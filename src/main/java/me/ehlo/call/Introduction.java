package me.ehlo.call;

import java.util.Optional;
import me.ehlo.net.Secured;
import me.ehlo.net.WireFailure;
import me.ehlo.smtp.client.Offered;
import me.ehlo.trace.Mark;

/**
 * The beginning of a conversation over SMTP or LMTP as a program holds it: the greeting, EHLO, TLS, EHLO again (RFC 5321 §3.1,
 * §3.2, RFC 3207 §4.2).
 *
 * <p>What goes wrong ends it, and is told by its value alone: how to say it is up to whoever began.
 */
public final class Introduction {
  private final Call call;
  private final Wishes wishes;
  private Stage stage = Stage.GREETING;
  private boolean extended;

  public Introduction(Call call, Wishes wishes) {
    this.call = call;
    this.wishes = wishes;
    this.extended = wishes.extended() || call.protocol() == Protocol.LMTP;
  }

  /** From the first word to the last EHLO. */
  public Beginning begin() {
    try {
      Optional<Beginning> end = isFromTheStart() ? encrypt() : Optional.empty();
      if (end.isEmpty()) {
        end = greeting();
      }
      if (end.isEmpty() && isFromTheStart()) {
        end = stopAfter(Wishes.Last.TLS);
      }
      return end.isPresent() ? end.get() : introduced();
    } catch (WireFailure e) {
      return new Beginning.Lost(stage, e);
    }
  }

  /** EHLO once more, because the server has forgotten what it knew: XCLIENT does that. */
  public Beginning again() {
    try {
      return hello();
    } catch (WireFailure e) {
      return new Beginning.Lost(stage, e);
    }
  }

  /** Empty: go on. */
  private Optional<Beginning> greeting() throws WireFailure {
    stage = Stage.GREETING;
    leaveUnheardAt(Wishes.Last.GREETING);
    Heard greeting = call.hear(wishes.patience());
    if (greeting.kind() != Heard.Kind.DONE) {
      return Optional.of(new Beginning.Refused(stage, greeting));
    }
    return stopAfter(Wishes.Last.GREETING);
  }

  private Beginning introduced() throws WireFailure {
    leaveUnheardAt(Wishes.Last.FIRST_EHLO);
    if (!mayStartTls()) {
      leaveUnheardAt(Wishes.Last.EHLO);
    }
    Beginning hello = hello();
    if (!(hello instanceof Beginning.Ready first)) {
      return hello;
    }
    Optional<Beginning> end = stopAfter(Wishes.Last.FIRST_EHLO);
    if (end.isEmpty()) {
      end = startTls(first.offered());
    }
    if (end.isEmpty()) {
      end = stopAfter(Wishes.Last.TLS);
    }
    if (end.isPresent()) {
      return end.get();
    }
    if (call.security().isPresent() && !isFromTheStart()) {
      leaveUnheardAt(Wishes.Last.EHLO);
      hello = hello(); // RFC 3207 §4.2: what was said in the clear is forgotten on both sides
    }
    return hello instanceof Beginning.Ready ? stopAfter(Wishes.Last.EHLO).orElse(hello) : hello;
  }

  private Beginning hello() throws WireFailure {
    stage = Stage.EHLO;
    String word = extended ? call.protocol().greeting() : "HELO";
    Heard answer = call.ask(word + " " + wishes.name(), wishes.patience());
    if (mayBeOld(answer)) {
      call.tell(Mark.INFO, "EHLO was refused; trying HELO, which knows no extensions");
      extended = false;
      answer = call.ask("HELO " + wishes.name(), wishes.patience());
    }
    if (answer.kind() != Heard.Kind.DONE) {
      return new Beginning.Refused(stage, answer);
    }
    Offered offered = extended ? Offered.read(answer.texts()) : Offered.NOTHING;
    return new Beginning.Ready(offered, extended);
  }

  /** RFC 5321 §3.2: a server that does not know EHLO is greeted with HELO. */
  private boolean mayBeOld(Heard answer) {
    return extended && answer.kind() == Heard.Kind.NEVER && call.protocol() == Protocol.SMTP;
  }

  private Optional<Beginning> startTls(Offered offered) throws WireFailure {
    boolean required = wishes.encryption() == Wishes.Encryption.REQUIRED;
    if (!mayStartTls() || !offered.has("STARTTLS")) {
      return required ? Optional.of(new Beginning.NoTls()) : Optional.empty();
    }
    stage = Stage.STARTTLS;
    leaveUnheardAt(Wishes.Last.TLS);
    Heard answer = call.ask("STARTTLS", wishes.patience());
    if (answer.kind() == Heard.Kind.DONE) {
      return encrypt();
    }
    if (required || answer.kind() == Heard.Kind.NONSENSE) {
      return Optional.of(new Beginning.Refused(stage, answer));
    }
    call.tell(Mark.INFO, "STARTTLS was refused; going on in the clear, since TLS is not required");
    return Optional.empty();
  }

  private Optional<Beginning> encrypt() throws WireFailure {
    stage = Stage.TLS;
    Optional<Secured> secured = call.encrypt(wishes.tls(), wishes.patience());
    if (secured.isEmpty()) {
      return Optional.of(new Beginning.SpokeBeforeTls());
    }
    return wishes.judge().test(secured.get())
        ? Optional.empty()
        : Optional.of(new Beginning.Distrusted());
  }

  private boolean isFromTheStart() {
    return wishes.encryption() == Wishes.Encryption.FROM_THE_START;
  }

  private boolean mayStartTls() {
    return wishes.encryption() == Wishes.Encryption.IF_OFFERED
        || wishes.encryption() == Wishes.Encryption.REQUIRED;
  }

  private void leaveUnheardAt(Wishes.Last here) {
    if (wishes.last() == here && wishes.unheard()) {
      call.leaveUnheard();
    }
  }

  private Optional<Beginning> stopAfter(Wishes.Last here) {
    return wishes.last() == here ? Optional.of(new Beginning.Stopped()) : Optional.empty();
  }
}
