package me.ehlo.send;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import me.ehlo.mail.AddressParser;
import me.ehlo.mail.DsnOptions;
import me.ehlo.mail.Mailbox;
import me.ehlo.mail.Notify;
import me.ehlo.mail.Orcpt;
import me.ehlo.mail.OrcptParser;
import me.ehlo.mail.Parsed;
import me.ehlo.mail.ReversePath;
import me.ehlo.send.MailOrder.Attachment;
import me.ehlo.send.MailOrder.Header;
import me.ehlo.send.Order.Content;
import me.ehlo.send.Order.Loudness;
import me.ehlo.send.Order.Stop;

/** Reads what was typed into an order; whatever cannot be done is said before anybody is called. */
final class Orders {
  private static final String TEXT = "This is a test mailing\n"; // as swaks says it

  private final Options options;
  private final Inputs inputs;
  private final Asking asking;
  private final String defaultSender;

  /**
   * @param asking for what is missing
   * @param defaultSender for mails of nobody in particular
   */
  Orders(Options options, Inputs inputs, Asking asking, String defaultSender) {
    this.options = options;
    this.inputs = inputs;
    this.asking = asking;
    this.defaultSender = defaultSender;
  }

  /** The order. */
  Order read() throws Misused {
    refusePasswords();
    Calling calling = new Calling(options);
    Order.Manner manner = calling.manner();
    return new Order(
        envelope(manner.halt()),
        calling.way(),
        manner,
        calling.tls(),
        calling.login(),
        mail(),
        show());
  }

  /** Whoever may list the processes of this machine can read them. */
  void refusePasswords() throws Misused {
    if (options.has("--auth-plaintext")) {
      throw new Misused("--auth-plaintext: a password is never shown, and kept in no transcript");
    }
    boolean given = options.last("--auth-password").filter(value -> !value.isEmpty()).isPresent();
    if (given) {
      throw new Misused(
          "a password on the command line can be read by everybody on this machine; let it be asked"
              + " for, or give --auth-password-file FILE, --auth-password-env NAME, or a line in"
              + " ~/.netrc");
    }
  }

  private Order.Envelope envelope(Order.Halt halt) throws Misused {
    return new Order.Envelope(
        sender(),
        recipients(halt),
        new DsnOptions(ret(), envid()),
        notices(),
        orcpt(),
        options.has("--smtputf8"),
        options.has("--8bitmime"),
        options.has("--requiretls"));
  }

  private ReversePath sender() throws Misused {
    String given = options.last("--from").orElse(defaultSender).strip();
    if (given.equals("<>")) {
      return new ReversePath.Null();
    }
    return new ReversePath.Sender(mailbox("--from", given));
  }

  private List<Mailbox> recipients(Order.Halt halt) throws Misused {
    List<String> given =
        Stream.of("--to", "--to-more", "--cc", "--bcc")
            .flatMap(name -> options.list(name).stream())
            .toList();
    boolean needed = halt.isBehind(Stop.MAIL) || !options.has("--server", "--mx", "--socket");
    if (given.isEmpty() && needed) {
      String asked = asking.isThere() ? asking.line("To: ").orElse("").strip() : "";
      if (asked.isEmpty()) {
        throw new Misused("to whom? Give --to ADDRESS");
      }
      given = List.of(asked.split(","));
    }
    List<Mailbox> mailboxes = new ArrayList<>();
    for (String address : given) {
      Mailbox mailbox = mailbox("--to", address.strip());
      if (!mailboxes.contains(mailbox)) {
        mailboxes.add(mailbox);
      }
    }
    return mailboxes;
  }

  private static Mailbox mailbox(String option, String address) throws Misused {
    boolean bracketed = address.startsWith("<") && address.endsWith(">") && address.length() > 1;
    String bare = bracketed ? address.substring(1, address.length() - 1) : address;
    return switch (AddressParser.mailbox(bare)) {
      case Parsed.Right<Mailbox>(var mailbox) -> mailbox;
      case Parsed.Wrong<Mailbox>(var why) ->
          throw new Misused(option + ": \"" + address + "\" is no address: " + why);
    };
  }

  private Optional<DsnOptions.Ret> ret() throws Misused {
    Optional<String> given = options.last("--ret");
    if (given.isEmpty()) {
      return Optional.empty();
    }
    return switch (given.get().toUpperCase(Locale.ROOT)) {
      case "FULL" -> Optional.of(DsnOptions.Ret.FULL);
      case "HDRS" -> Optional.of(DsnOptions.Ret.HDRS);
      default -> throw new Misused("--ret: write FULL or HDRS (RFC 3461 §4.3)");
    };
  }

  /** RFC 3461 §4.4: printable ASCII, before it is encoded as xtext. */
  private Optional<String> envid() throws Misused {
    Optional<String> given = options.last("--envid");
    boolean fits =
        given.orElse("x").chars().allMatch(c -> c >= ' ' && c < 0x7F)
            && given.orElse("x").length() <= 100;
    if (!fits) {
      throw new Misused("--envid: at most 100 characters of printable ASCII (RFC 3461 §4.4)");
    }
    return given;
  }

  private Notify notices() throws Misused {
    Optional<String> given = options.last("--notify");
    try {
      return given
          .map(text -> Notify.parse(text.toUpperCase(Locale.ROOT).replace(" ", "")))
          .orElse(Notify.UNSAID);
    } catch (IllegalArgumentException e) {
      throw new Misused("--notify: write NEVER, or some of SUCCESS,FAILURE,DELAY (RFC 3461 §4.1)");
    }
  }

  private Optional<Orcpt> orcpt() throws Misused {
    Optional<String> given = options.last("--orcpt");
    if (given.isEmpty()) {
      return Optional.empty();
    }
    String text = given.get().indexOf(';') < 0 ? "rfc822;" + given.get() : given.get();
    return switch (OrcptParser.parse(text)) {
      case Parsed.Right<Orcpt>(var orcpt) -> Optional.of(orcpt);
      case Parsed.Wrong<Orcpt>(var why) -> throw new Misused("--orcpt: " + why);
    };
  }

  private MailOrder mail() throws Misused {
    Optional<byte[]> whole = Optional.empty();
    if (options.has("--data", "-g")) {
      whole = Optional.of(inputs.of("--data", data()));
    }
    String body = options.last("--body").orElse(TEXT);
    if (Files.isRegularFile(Inputs.path("--body", body))) {
      throw new Misused(
          "--body: there is a file \"%1$s\"; write @%1$s for what is in it, or '%1$s\\n' for its name"
              .formatted(body));
    }
    byte[] text = inputs.of("--body", body);
    return new MailOrder(whole, headers(), headers("--add-header"), text, attachments());
  }

  /** swaks takes a word for the name of a file, too: what it would send is not to be sent as the mail instead. */
  private String data() throws Misused {
    String given = options.last("--data").orElse("-");
    boolean word = !given.contains("\n") && !given.contains("\\n") && !given.startsWith("@");
    if (word && !given.equals("-")) {
      throw new Misused(
          "--data: \"" + given + "\" is no mail; write @" + given + " for a file of that name");
    }
    return given;
  }

  /** Those that were given, and To and Cc where there are copies. */
  private List<Header> headers() throws Misused {
    List<Header> all = new ArrayList<>();
    if (!options.list("--cc").isEmpty() || !options.list("--bcc").isEmpty()) {
      add(all, "To", options.list("--to"));
      add(all, "Cc", options.list("--cc"));
    }
    for (Header header : headers("--header")) {
      all.removeIf(it -> it.name().equalsIgnoreCase(header.name()));
      all.add(header);
    }
    return all;
  }

  private static void add(List<Header> to, String name, List<String> addresses) {
    if (!addresses.isEmpty()) {
      to.add(new Header(name, addresses.stream().collect(Collectors.joining(", "))));
    }
  }

  private List<Header> headers(String option) throws Misused {
    List<Header> headers = new ArrayList<>();
    for (String text : options.all(option)) {
      for (String line : text.split("\\\\n|\n")) {
        headers.add(Headers.read(option, line));
      }
    }
    return headers;
  }

  /** As swaks does it: a type holds for all attachments behind it, a name for the next. */
  private List<Attachment> attachments() throws Misused {
    List<Attachment> attachments = new ArrayList<>();
    Optional<String> type = Optional.empty();
    Optional<String> name = Optional.empty();
    for (var option : options.typed()) {
      switch (option.getKey()) {
        case "--attach-type" -> type = Optional.of(type(option.getValue()));
        case "--attach-name" -> name = Optional.of(option.getValue());
        case "--attach" -> {
          attachments.add(attachment(option.getValue(), type, name));
          name = Optional.empty();
        }
        default -> {} // the others have nothing to do with attachments
      }
    }
    return attachments;
  }

  /** A file, with or without @: whoever attaches a text says {@code -}, and gives it as input. */
  private Attachment attachment(String value, Optional<String> type, Optional<String> name)
      throws Misused {
    boolean input = value.equals("-");
    String file = value.startsWith("@") ? value.substring(1) : value;
    byte[] octets = input ? inputs.of("--attach", "-") : inputs.file("--attach", file);
    String last = file.substring(file.lastIndexOf('/') + 1);
    String shown = name.orElse(input ? "" : last);
    return new Attachment(shown, type.orElseGet(() -> FileTypes.of(last)), octets);
  }

  private static String type(String text) throws Misused {
    int slash = text.indexOf('/');
    boolean wellFormed =
        slash > 0 && slash < text.length() - 1 && text.chars().allMatch(c -> c >= ' ' && c < 0x7F);
    if (!wellFormed) {
      throw new Misused("--attach-type: \"" + text + "\" is no type: write image/png");
    }
    return text;
  }

  /** What is to be seen of it. */
  Order.Show show() throws Misused {
    Optional<String> transcript = options.last("--transcript");
    return new Order.Show(
        loudness(),
        !options.has("--hide-send", "--hide-all"),
        !options.has("--hide-receive", "--hide-all"),
        !options.has("--hide-informational", "--hide-all"),
        content(),
        options.has("--json"),
        options.has("--explain")
            ? Optional.of(true)
            : options.has("--no-explain", "--plain") ? Optional.of(false) : Optional.empty(),
        transcript.isPresent()
            ? Optional.of(Inputs.path("--transcript", transcript.get()))
            : Optional.empty());
  }

  private Loudness loudness() throws Misused {
    if (options.has("--quiet")) {
      return Loudness.WRONG;
    }
    if (!options.has("--silent")) {
      return Loudness.ALL;
    }
    return switch (options.last("--silent").orElse("")) {
      case "", "1" -> Loudness.WHEN_WRONG;
      case "2" -> Loudness.WRONG;
      case "3" -> Loudness.NOTHING;
      default -> throw new Misused("--silent: write 1, 2 or 3");
    };
  }

  private Content content() {
    if (options.has("--suppress-data")) {
      return Content.NOTHING;
    }
    return options.has("--show-data") ? Content.ALL : Content.BEGINNING;
  }
}
