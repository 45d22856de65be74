package me.ehlo.send;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import me.ehlo.sasl.ClientMechanism;
import me.ehlo.sasl.Credentials;

/** Finds a user name and a password: in a file, in the environment, in {@code ~/.netrc}, or by asking a person. */
final class Secrets {
  private final Map<String, String> environment;
  private final Inputs inputs;
  private final Asking asking;

  Secrets(Map<String, String> environment, Inputs inputs, Asking asking) {
    this.environment = environment;
    this.inputs = inputs;
    this.asking = asking;
  }

  /** A login of netrc. */
  record Entry(String user, String password) {}

  /**
   * Those for this login.
   *
   * @param server by whose name netrc is looked into
   */
  Credentials find(Order.Login login, Optional<String> server) throws Misused {
    Optional<Entry> kept = server.flatMap(host -> netrc(host, login.user()));
    String user =
        login.user().or(() -> kept.map(Entry::user)).or(() -> asked("User: ", false)).orElse("");
    Credentials.Kind kind = kind(login.mechanisms());
    if (kind == Credentials.Kind.CERTIFICATE) {
      return Credentials.certificate(user);
    }
    if (user.isEmpty()) {
      throw new Misused("as whom? Give --auth-user NAME");
    }
    String secret = secret(login, kept, user);
    return new Credentials(user, secret, kind);
  }

  private String secret(Order.Login login, Optional<Entry> kept, String user) throws Misused {
    if (login.passwordFile().isPresent()) {
      String text =
          new String(
              inputs.file("--auth-password-file", login.passwordFile().get().toString()), UTF_8);
      return text.lines().findFirst().orElse("");
    }
    if (login.passwordVariable().isPresent()) {
      String name = login.passwordVariable().get();
      return Optional.ofNullable(environment.get(name))
          .orElseThrow(() ->
              new Misused("--auth-password-env: there is no " + name + " in the environment"));
    }
    return kept.map(Entry::password)
        .or(() -> asked("Password of " + user + ": ", true))
        .orElseThrow(() ->
            new Misused(
                "no password: give --auth-password-file FILE, --auth-password-env NAME, or a line in"
                    + " ~/.netrc; it is asked for only at a terminal"));
  }

  private Optional<String> asked(String prompt, boolean secret) {
    if (!asking.isThere()) {
      return Optional.empty();
    }
    return secret ? asking.secret(prompt) : asking.line(prompt).map(String::strip);
  }

  private static Credentials.Kind kind(List<ClientMechanism> mechanisms) {
    List<Credentials.Kind> kinds =
        mechanisms.stream().map(ClientMechanism::kind).distinct().toList();
    return kinds.size() == 1 ? kinds.getFirst() : Credentials.Kind.PASSWORD;
  }

  private Optional<Entry> netrc(String host, Optional<String> user) {
    Path file =
        Optional.ofNullable(environment.get("NETRC"))
            .map(Path::of)
            .orElseGet(() -> Path.of(environment.getOrDefault("HOME", "."), ".netrc"));
    try {
      return Files.isReadable(file)
          ? read(Files.readString(file, UTF_8), host, user)
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty(); // it is only one of the places to look
    }
  }

  /** {@code machine HOST login NAME password WORD}, on one line or several; {@code default} stands for any host. */
  static Optional<Entry> read(String text, String host, Optional<String> user) {
    Iterator<String> words =
        text.lines()
            .filter(line -> !line.stripLeading().startsWith("#"))
            .flatMap(line -> Arrays.stream(line.strip().split("\\s+")))
            .iterator();
    boolean here = false;
    String login = "";
    while (words.hasNext()) {
      switch (words.next()) {
        case "machine" -> {
          here = words.hasNext() && words.next().equalsIgnoreCase(host);
          login = "";
        }
        case "default" -> {
          here = true;
          login = "";
        }
        case "login" -> login = words.hasNext() ? words.next() : "";
        case "password" -> {
          String password = words.hasNext() ? words.next() : "";
          if (here && !login.isEmpty() && user.map(login::equals).orElse(true)) {
            return Optional.of(new Entry(login, password));
          }
        }
        default -> {} // account, macdef: not ours
      }
    }
    return Optional.empty();
  }
}
