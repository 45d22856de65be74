package me.ehlo.talk;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import me.ehlo.call.LoggedIn;
import me.ehlo.call.LoggingIn;
import me.ehlo.call.Protocol;
import me.ehlo.net.Secured;
import me.ehlo.net.WireFailure;
import me.ehlo.sasl.Channel;
import me.ehlo.sasl.ClientLogin;
import me.ehlo.sasl.ClientLogins;
import me.ehlo.sasl.ClientMechanism;
import me.ehlo.sasl.Credentials;
import me.ehlo.trace.Mark;

/** {@code /auth}: logs in by the best that is offered, and keeps the password from everybody whom it is not meant for. */
final class Login {
  /** Whether or not somebody asks for it; and it would be taken for a command. */
  static final String NEXT_IS_SECRET = "the next line may be the password";

  private static final String TOKEN = "access token";

  private final Notebook notebook;
  private final Supplier<String> nonces;

  /**
   * @param nonces random words, none twice
   */
  Login(Notebook notebook, Supplier<String> nonces) {
    this.notebook = notebook;
    this.nonces = nonces;
  }

  /**
   * Asks for what is missing and logs in; false: nobody was asked for a secret.
   *
   * @param words the user and the mechanism, as far as they were typed
   */
  boolean with(Conversation conversation, List<String> words) throws WireFailure {
    Link link = conversation.link();
    Optional<String> why = refusal(conversation);
    if (why.isPresent()) {
      notebook.tell(Mark.ERROR, why.get());
      return false;
    }
    if (link.progress().protocol() == Protocol.POP3 && link.progress().offered().isEmpty()) {
      conversation.capabilities();
    }
    Optional<ClientMechanism> mechanism =
        words.size() > 1 ? ClientMechanism.of(words.get(1)) : Optional.empty();
    if (words.size() > 1 && mechanism.isEmpty()) {
      notebook.tell(
          Mark.ERROR,
          "not sent: behind the user stands no mechanism that ehlo knows. A password is asked for.");
      return false;
    }
    if (mechanism.isEmpty() && !offersAny(link.progress())) {
      notebook.tell(Mark.ERROR, "not sent: " + nothingOffered(link.progress()));
      return false;
    }
    ask(conversation, words, mechanism);
    return true;
  }

  private void ask(
      Conversation conversation, List<String> words, Optional<ClientMechanism> mechanism)
      throws WireFailure {
    Optional<String> user =
        words.isEmpty() ? notebook.desk().ask("user: ", false) : Optional.of(words.getFirst());
    if (user.isPresent() && isByCertificate(mechanism)) {
      log(conversation, Credentials.certificate(user.get()), mechanism);
      return;
    }
    boolean token = mechanism.map(it -> it.kind() == Credentials.Kind.TOKEN).orElse(false);
    Optional<String> secret =
        user.isEmpty() ? user : notebook.desk().ask((token ? TOKEN : "password") + ": ", true);
    if (user.isEmpty() || secret.isEmpty()) {
      notebook.tally().brokeOff(Ending.AUTH);
      notebook.tell(Mark.ERROR, "not sent: there is nobody to ask for a password.");
      return;
    }
    Credentials credentials =
        token
            ? Credentials.token(user.get(), secret.get())
            : Credentials.password(user.get(), secret.get());
    log(conversation, credentials, mechanism);
  }

  private static boolean isByCertificate(Optional<ClientMechanism> mechanism) {
    return mechanism.filter(it -> it.kind() == Credentials.Kind.CERTIFICATE).isPresent();
  }

  private void log(
      Conversation conversation, Credentials credentials, Optional<ClientMechanism> mechanism)
      throws WireFailure {
    Link link = conversation.link();
    Progress progress = link.progress();
    ClientLogins logins =
        new ClientLogins(
            link.call().security().map(Secured::channel).orElse(Channel.CLEAR),
            link.call().to().name(),
            link.call().to().port(),
            nonces);
    Optional<ClientLogin> login =
        mechanism.isPresent()
            ? logins.of(mechanism.get(), progress.mechanisms(), credentials)
            : logins.choose(progress.mechanisms(), credentials);
    LoggingIn logging = new LoggingIn(link.call(), conversation::hearLogin);
    boolean plain = login.isEmpty() && mechanism.isEmpty() && progress.protocol() == Protocol.POP3;
    if (login.isEmpty() && !plain) {
      notebook.tally().failed(Ending.AUTH);
      notebook.tell(
          Mark.ERROR,
          mechanism
                  .map(it -> "not sent: " + it.word() + " cannot be done here, offered are ")
                  .orElse("not sent: a password is of no use here, offered are ")
              + offered(progress)
              + ".");
      return;
    }
    LoggedIn result =
        plain
            ? logging.byUserAndPass(credentials.user(), credentials.secret())
            : logging.by(login.orElseThrow());
    tell(conversation, result, credentials.kind());
  }

  private void tell(Conversation conversation, LoggedIn result, Credentials.Kind kind) {
    switch (result) {
      case LoggedIn.Yes _ -> {
        conversation.link().progress().loggedInNow();
        notebook.loggedIn();
        notebook.advise("Logged in." + kept(kind));
      }
      case LoggedIn.Refused(var heard) -> {
        notebook.tally().failed(Ending.AUTH);
        conversation.advise("AUTH", heard);
      }
      case LoggedIn.BrokenOff(var why) -> broken(why);
      case LoggedIn.Doubtful(var why) -> broken(why);
    }
  }

  private static String kept(Credentials.Kind kind) {
    return switch (kind) {
      case PASSWORD -> " The password is in no transcript and no history.";
      case TOKEN -> " The access token is in no transcript and no history.";
      case CERTIFICATE -> "";
    };
  }

  private void broken(String why) {
    notebook.tally().failed(Ending.AUTH);
    notebook.tell(Mark.ERROR, why);
  }

  private Optional<String> refusal(Conversation conversation) {
    Link link = conversation.link();
    boolean here = link.call().to().isHere();
    boolean safe = link.isEncrypted() && conversation.encrypting().isTrustworthy();
    if (safe || notebook.takeTrust()) {
      return Optional.empty();
    }
    if (here) {
      notebook.advise("Not protected, and it does not matter: the server is on this very machine.");
      return Optional.empty();
    }
    return Optional.of(
        link.isEncrypted()
            ? "not sent: the certificate %s, so the password could reach someone else. /trust-once allows it."
                .formatted(conversation.encrypting().flaw(notebook.clock()))
            : "not sent: everything is readable on the way. /tls encrypts it; /trust-once allows it"
                + " all the same.");
  }

  private static String offered(Progress progress) {
    String plain = progress.protocol() == Protocol.POP3 ? "USER and PASS" : "no mechanisms";
    return progress.mechanisms().isEmpty() ? plain : String.join(", ", progress.mechanisms());
  }

  private static boolean offersAny(Progress progress) {
    return progress.protocol() == Protocol.POP3 || !progress.mechanisms().isEmpty();
  }

  private static String nothingOffered(Progress progress) {
    if (progress.hello().isEmpty()) {
      return "the server has not said yet how one can log in; say "
          + progress.protocol().greeting()
          + " first.";
    }
    return "the server offers no AUTH here. Often it does behind /tls, or on port 587: /reconnect"
        + " 587.";
  }
}
