package me.ehlo.control;

import java.util.Arrays;
import java.util.Optional;

/**
 * What {@code ehlo} and {@code ehlo --help} say: plain text, printed without building the commands.
 *
 * <p>Picocli is of a class file version that the JVM can neither keep in its cache nor verify quickly; loading it would be
 * most of the time that these answers take. A test compares this page with the commands.
 */
public final class FrontPage {
  private static final String SHORT =
      """
      Ehlo, a mail server that tells its story.

        ehlo serve                    start the server; mail is kept in the folder ./data
        ehlo user add ann@localhost   give somebody a maildrop
        ehlo talk                     talk to it: say EHLO, ask ?, write a mail by hand

      ehlo --help lists all commands, ehlo help serve explains one.
      """;

  private static final String HELP =
      """
      Ehlo, a mail server that tells its story.

        ehlo serve                    start the server
        ehlo user add ann@localhost   give somebody a maildrop
        ehlo talk                     talk to it: say EHLO

      Usage: ehlo COMMAND

        serve       Start the server.
        user        The users: who has a maildrop here.
        talk        Talk to a server yourself: what telnet should have been.
        alias       The aliases: other names for users, and distribution lists.
        send        Send a mail, and see the conversation.
        config      The configuration: what is set, by whom, and whether it is right.
        queue       The queue: what waits to leave, why, and what to do with it.
        check       Find out what is wrong with a domain's mail servers, or with ours.
        sendmail    Send a mail as cron, PHP and git do: the command sendmail.
        verify      Check the store: every recipient in one state, every mail intact.
        backup      Copy the embedded store into a new file, while the server runs or not.
        explain     Explain a code, a reason, a command or an extension.
        completion  Teach your shell to complete ehlo's commands.
        help        Explain a command.

        -h, --help     Explain this command.
        -V, --version  Say which version this is.

      ehlo help COMMAND explains one. EHLO_DEBUG=1 shows the details of a failure.
      """;

  private FrontPage() {}

  /** The answer to this command line, if it is one of those that need no more. */
  public static Optional<String> answer(String... args) {
    return switch (String.join(" ", args)) {
      case "" -> Optional.of(SHORT);
      case "-h", "--help", "help" -> Optional.of(HELP);
      case "-V", "--version" -> Optional.of("ehlo " + version() + "\n");
      default -> Optional.empty();
    };
  }

  /** Whether it is {@code ehlo talk} without any option, which is to begin at once. */
  public static Optional<TalkOptions> talk(String... args) {
    boolean plain = args.length == 1 || args.length == 2 && !args[1].startsWith("-");
    return plain && args[0].equals("talk")
        ? Optional.of(TalkOptions.to(Arrays.stream(args).skip(1).findFirst()))
        : Optional.empty();
  }

  /** The build writes it into the jar. */
  public static String version() {
    return Optional.ofNullable(FrontPage.class.getPackage().getImplementationVersion())
        .orElse("(not packed)");
  }
}
