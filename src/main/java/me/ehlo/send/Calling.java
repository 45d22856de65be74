package me.ehlo.send;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import me.ehlo.call.Door;
import me.ehlo.call.Protocol;
import me.ehlo.call.Wishes.Encryption;
import me.ehlo.mail.Network;
import me.ehlo.mail.Parsed;
import me.ehlo.net.ProxyAnnouncement;
import me.ehlo.sasl.ClientMechanism;
import me.ehlo.send.Order.Family;
import me.ehlo.send.Order.Leave;
import me.ehlo.send.Order.Stop;

/** Reads from the options whom to call, and how to talk there. */
final class Calling {
  private static final int PORT_MAX = 65535;
  private static final List<String> XCLIENT =
      List.of(
          "addr", "name", "port", "proto", "destaddr", "destport", "helo", "login", "reverse-name");

  private final Options options;
  private final Kind kind;

  /**
   * What a word behind {@code --protocol} stands for, as swaks has it.
   *
   * @param tls whether TLS is required, by STARTTLS or from the first octet
   */
  private record Kind(
      Protocol protocol, boolean extended, int port, Encryption tls, boolean login) {

    static Kind smtp(boolean extended, boolean login) {
      return new Kind(Protocol.SMTP, extended, 25, Encryption.NEVER, login);
    }

    static Kind of(String word) throws Misused {
      return switch (word.toUpperCase(Locale.ROOT)) {
        case "SMTP" -> smtp(false, false);
        case "SSMTP" -> new Kind(Protocol.SMTP, true, 465, Encryption.FROM_THE_START, false);
        case "SSMTPA" -> new Kind(Protocol.SMTP, true, 465, Encryption.FROM_THE_START, true);
        case "SMTPS" -> new Kind(Protocol.SMTP, false, 465, Encryption.FROM_THE_START, false);
        case "ESMTP" -> smtp(true, false);
        case "ESMTPA" -> smtp(true, true);
        case "ESMTPS" -> new Kind(Protocol.SMTP, true, 25, Encryption.REQUIRED, false);
        case "ESMTPSA" -> new Kind(Protocol.SMTP, true, 25, Encryption.REQUIRED, true);
        case "LMTP" -> new Kind(Protocol.LMTP, true, 24, Encryption.NEVER, false);
        case "LMTPA" -> new Kind(Protocol.LMTP, true, 24, Encryption.NEVER, true);
        case "LMTPS" -> new Kind(Protocol.LMTP, true, 24, Encryption.REQUIRED, false);
        case "LMTPSA" -> new Kind(Protocol.LMTP, true, 24, Encryption.REQUIRED, true);
        default ->
            throw new Misused(
                "--protocol: \""
                    + word
                    + "\" is none: write SMTP, ESMTP, ESMTPA, ESMTPS, ESMTPSA, SSMTP, SSMTPA, SMTPS,"
                    + " LMTP, LMTPA, LMTPS or LMTPSA");
      };
    }
  }

  Calling(Options options) throws Misused {
    this.options = options;
    this.kind =
        Kind.of(
            options
                .last("--protocol")
                .orElse(options.has("--lmtp") || isLmtp(options) ? "LMTP" : "ESMTP"));
  }

  /** As {@code ehlo talk} sees it: by the name of the socket. */
  private static boolean isLmtp(Options options) throws Misused {
    Optional<String> socket = options.last("--socket");
    return socket.isPresent()
        && Door.at(Inputs.path("--socket", socket.get())).filter(Door.LMTP::equals).isPresent();
  }

  Order.Way way() throws Misused {
    if (options.has("--socket")
        && options.has("--server", "--mx", "--port", "--local-interface", "-4", "-6")) {
      throw new Misused(
          "--socket is all of the way to a server: leave out --server, --mx, --port,"
              + " --local-interface, -4 and -6");
    }
    Optional<String> given = options.last("--server");
    Optional<Hostport> server =
        given.isEmpty() ? Optional.empty() : Optional.of(Hostport.read(given.get()));
    int usual = encryption() == Encryption.FROM_THE_START && kind.port() == 25 ? 465 : kind.port();
    int port =
        options.number("--port", PORT_MAX).or(() -> server.flatMap(Hostport::port)).orElse(usual);
    return new Order.Way(
        server.map(Hostport::host),
        options.last("--mx"),
        port,
        options.has("--all-mx"),
        options.has("-4") ? Family.IPV4 : options.has("-6") ? Family.IPV6 : Family.ANY,
        from(),
        path("--socket"));
  }

  /**
   * {@code host}, {@code host:25}, {@code [::1]:25}, {@code ::1/25}.
   *
   * @param host without a port
   */
  private record Hostport(String host, Optional<Integer> port) {

    static Hostport read(String text) throws Misused {
      int slash = text.lastIndexOf('/');
      int colon = text.lastIndexOf(':');
      boolean colonEndsHost =
          colon >= 0
              && (text.indexOf(':') == colon
                  || text.startsWith("[") && text.charAt(colon - 1) == ']');
      int end = slash >= 0 ? slash : colonEndsHost ? colon : -1;
      if (end < 0) {
        return new Hostport(text, Optional.empty());
      }
      return new Hostport(
          text.substring(0, end),
          Optional.of(Options.number("--server", text.substring(end + 1), PORT_MAX)));
    }
  }

  private Optional<InetAddress> from() throws Misused {
    Optional<String> given = options.last("--local-interface");
    return given.isEmpty()
        ? Optional.empty()
        : Optional.of(address("--local-interface", given.get()));
  }

  private static InetAddress address(String option, String text) throws Misused {
    String bare =
        text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
    if (bare.indexOf('/') < 0
        && Network.parse(bare) instanceof Parsed.Right<Network>(var network)) {
      return network.first();
    }
    throw new Misused(option + ": \"" + text + "\" is no address: write 192.0.2.1 or 2001:db8::1");
  }

  Order.Manner manner() throws Misused {
    return new Order.Manner(
        kind.protocol(),
        kind.extended(),
        options.last("--ehlo").filter(name -> !name.isBlank()),
        halt(),
        options.has("--pipeline"),
        options.has("--chunking"),
        proxy(),
        xclient(),
        options.all("--xforward"),
        options.time("--timeout"));
  }

  private Order.Halt halt() throws Misused {
    List<String> given =
        Stream.of("--quit-after", "--drop-after", "--drop-after-send")
            .filter(options::has)
            .toList();
    if (given.size() > 1) {
      throw new Misused(given.get(0) + " and " + given.get(1) + ": there is one end; give one");
    }
    if (given.isEmpty()) {
      return Order.Halt.NOWHERE;
    }
    String option = given.getFirst();
    Leave how =
        switch (option) {
          case "--drop-after" -> Leave.DROP;
          case "--drop-after-send" -> Leave.DROP_UNHEARD;
          default -> Leave.QUIT;
        };
    return new Order.Halt(stop(option, options.last(option).orElse("")), how);
  }

  private static Stop stop(String option, String point) throws Misused {
    return switch (point.toUpperCase(Locale.ROOT)) {
      case "CONNECT", "BANNER" -> Stop.CONNECT;
      case "FIRST-HELO", "FIRST-EHLO", "FIRST-LHLO" -> Stop.FIRST_HELO;
      case "TLS", "STARTTLS" -> Stop.TLS;
      case "HELO", "EHLO", "LHLO" -> Stop.HELO;
      case "XCLIENT" -> Stop.XCLIENT;
      case "AUTH" -> Stop.AUTH;
      case "MAIL", "FROM" -> Stop.MAIL;
      case "RCPT", "TO" -> Stop.RCPT;
      case "DATA" -> Stop.DATA;
      case "DOT" -> Stop.DOT;
      default ->
          throw new Misused(
              option
                  + ": \""
                  + point
                  + "\" is no point to stop at: write connect, first-helo, tls, helo, xclient, auth,"
                  + " mail, rcpt, data or dot");
    };
  }

  private List<String> xclient() {
    List<String> attributes = new ArrayList<>(options.all("--xclient"));
    for (String name : XCLIENT) {
      String attribute =
          name.equals("reverse-name") ? "REVERSE_NAME" : name.toUpperCase(Locale.ROOT);
      options.last("--xclient-" + name).ifPresent(value -> attributes.add(attribute + "=" + value));
    }
    return attributes;
  }

  private Optional<ProxyAnnouncement> proxy() throws Misused {
    if (!options.has("--proxy", "--proxy-version", "--proxy-source", "--proxy-dest")) {
      return Optional.empty();
    }
    int version = options.number("--proxy-version", 2).or(() -> proxyVersion()).orElse(1);
    InetSocketAddress source = end("--proxy-source", "127.0.0.1");
    InetSocketAddress target = end("--proxy-dest", source.getAddress().getHostAddress());
    if (source.getAddress().getAddress().length != target.getAddress().getAddress().length) {
      throw new Misused("--proxy-source and --proxy-dest are addresses of two families");
    }
    return Optional.of(new ProxyAnnouncement(version, source, target));
  }

  /** {@code --proxy v2}. */
  private Optional<Integer> proxyVersion() {
    return options
        .last("--proxy")
        .map(text -> text.equalsIgnoreCase("v2") || text.equals("2") ? 2 : 1);
  }

  private InetSocketAddress end(String option, String otherwise) throws Misused {
    InetAddress address = address(option, options.last(option).orElse(otherwise));
    int port =
        options.number(option + "-port", PORT_MAX).orElse(option.endsWith("dest") ? 25 : 32768);
    return new InetSocketAddress(address, port);
  }

  Order.Tls tls() throws Misused {
    boolean verify =
        options.has("--tls-verify", "--tls-verify-host", "--requiretls") // RFC 8689 §4.2.1
            || options.last("--tls").filter(word -> word.equals("verify")).isPresent();
    return new Order.Tls(
        encryption(),
        verify,
        options.last("--tls-sni"),
        path("--ca"),
        path("--tls-cert"),
        path("--tls-key"));
  }

  private Optional<Path> path(String option) throws Misused {
    Optional<String> given = options.last(option);
    return given.isEmpty() ? Optional.empty() : Optional.of(Inputs.path(option, given.get()));
  }

  private Encryption encryption() throws Misused {
    if (options.has("--tls-on-connect")) {
      return Encryption.FROM_THE_START;
    }
    if (options.has("--tls-optional", "--tls-optional-strict")) {
      return Encryption.IF_OFFERED;
    }
    if (!options.has("--tls")) {
      boolean needed = options.has("--tls-verify", "--requiretls");
      return kind.tls() == Encryption.NEVER && needed ? Encryption.REQUIRED : kind.tls();
    }
    return switch (options.last("--tls").orElse("")) {
      case "", "require", "verify" ->
          kind.tls() == Encryption.FROM_THE_START ? kind.tls() : Encryption.REQUIRED;
      case "optional" -> Encryption.IF_OFFERED;
      case "connect" -> Encryption.FROM_THE_START;
      case "never" -> Encryption.NEVER;
      default ->
          throw new Misused("--tls: write require, verify, optional, connect or never behind it");
    };
  }

  Optional<Order.Login> login() throws Misused {
    List<String> names =
        List.of(
            "--auth",
            "--auth-optional",
            "--auth-user",
            "--auth-password",
            "--auth-password-file",
            "--auth-password-env");
    boolean wanted = kind.login() || names.stream().anyMatch(options::has);
    if (!wanted) {
      return Optional.empty();
    }
    List<String> words = new ArrayList<>(options.list("--auth"));
    words.addAll(options.list("--auth-optional"));
    Map<Boolean, List<String>> known =
        words.stream()
            .filter(word -> !word.equalsIgnoreCase("ANY"))
            .collect(
                java.util.stream.Collectors.partitioningBy(
                    word -> ClientMechanism.of(word).isPresent()));
    List<String> users = known.getOrDefault(false, List.of());
    if (users.size() > 1) {
      throw new Misused("--auth: " + users.getFirst() + " is no mechanism that is known here");
    }
    return Optional.of(
        new Order.Login(
            mechanisms(known.getOrDefault(true, List.of())),
            options.last("--auth-user").or(() -> users.stream().findFirst()),
            path("--auth-password-file"),
            options.last("--auth-password-env"),
            options.has("--auth-optional"),
            options.has("--trust-once")));
  }

  /** CRAM-MD5 comes with its other names; a mechanism that cannot be tied to TLS is used without. */
  private static List<ClientMechanism> mechanisms(List<String> words) {
    return words.stream().flatMap(word -> ClientMechanism.of(word).stream()).toList();
  }
}
