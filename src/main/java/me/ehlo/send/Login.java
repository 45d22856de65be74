package me.ehlo.send;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import me.ehlo.call.Call;
import me.ehlo.call.LoggedIn;
import me.ehlo.call.LoggingIn;
import me.ehlo.call.Stage;
import me.ehlo.net.Secured;
import me.ehlo.net.WireFailure;
import me.ehlo.sasl.Channel;
import me.ehlo.sasl.ClientLogin;
import me.ehlo.sasl.ClientLogins;
import me.ehlo.sasl.ClientMechanism;
import me.ehlo.sasl.Credentials;
import me.ehlo.smtp.client.Offered;
import me.ehlo.trace.Mark;

/** Logs in by the best mechanism that is offered and was not ruled out, and shows no secret to anybody who should not see it. */
final class Login {
  private final Call call;
  private final Order.Login order;
  private final Supplier<Credentials> credentials;
  private final Supplier<String> nonces;
  private final Order.Halt halt;
  private final Patience patience;

  Login(
      Call call,
      Order.Login order,
      Order.Halt halt,
      Supplier<Credentials> credentials,
      Supplier<String> nonces,
      Patience patience) {
    this.call = call;
    this.order = order;
    this.halt = halt;
    this.credentials = credentials;
    this.nonces = nonces;
    this.patience = patience;
  }

  /** Empty: we are logged in, or need not be. */
  Optional<Trouble> carryOut(Offered offered, Protection protection) {
    Collection<String> usable = usable(offered.mechanisms());
    if (usable.isEmpty()) {
      return unusable(offered);
    }
    Optional<ClientLogin> login = logins().choose(usable, credentials.get());
    if (login.isEmpty()) {
      return Optional.of(
          Trouble.ours(
              Stage.AUTH,
              "none of " + String.join(", ", usable) + " can be used with what was given"));
    }
    if (login.get().mechanism().showsSecret() && !isSafe(protection)) {
      return Optional.of(Trouble.ours(Stage.AUTH, unsafe()));
    }
    if (halt.isUnheardAt(Order.Stop.AUTH)) {
      call.leaveUnheard();
    }
    return by(login.get());
  }

  private Optional<Trouble> by(ClientLogin login) {
    try {
      return switch (new LoggingIn(call, patience.answer()).by(login)) {
        case LoggedIn.Yes _ -> Optional.empty();
        case LoggedIn.Refused(var heard) -> Optional.of(Trouble.heard(Stage.AUTH, heard));
        case LoggedIn.BrokenOff(var why) -> Optional.of(Trouble.ours(Stage.AUTH, why));
        case LoggedIn.Doubtful(var why) -> Optional.of(Trouble.ours(Stage.AUTH, why));
      };
    } catch (WireFailure e) {
      return Optional.of(Trouble.lost(Stage.AUTH, e));
    }
  }

  private Collection<String> usable(Set<String> offered) {
    List<String> wanted =
        order.mechanisms().isEmpty()
            ? List.copyOf(offered)
            : order.mechanisms().stream().map(ClientMechanism::word).toList();
    return offered.stream()
        .filter(wanted::contains)
        .filter(word -> ClientMechanism.of(word).isPresent())
        .sorted()
        .toList();
  }

  private Optional<Trouble> unusable(Offered offered) {
    String why =
        offered.mechanisms().isEmpty()
            ? "the server offers no AUTH"
                + (call.security().isEmpty() ? " here; many do over TLS only (--tls)" : " here")
            : "the server offers only " + String.join(", ", offered.mechanisms());
    if (order.optional()) {
      call.tell(Mark.INFO, why + "; going on without a login");
      return Optional.empty();
    }
    return Optional.of(Trouble.ours(Stage.AUTH, "no login: " + why));
  }

  private boolean isSafe(Protection protection) {
    return protection.isGood() || order.unprotected() || call.to().isHere();
  }

  private String unsafe() {
    String why =
        call.security().isEmpty()
            ? "without TLS everybody on the way could read the password"
            : "the certificate is not good, so the password could reach someone else";
    return "not logged in: " + why + "; --trust-once allows it";
  }

  private ClientLogins logins() {
    Channel channel = call.security().map(Secured::channel).orElse(Channel.CLEAR);
    return new ClientLogins(channel, call.to().name(), call.to().port(), nonces);
  }
}
