package me.ehlo.send;

import java.util.List;
import java.util.Optional;

/**
 * What a command line of sendmail asks for.
 *
 * @param recipients as they are written in a path, perhaps without a domain
 * @param sender the same; an empty text is the empty reverse-path
 * @param fullName put into From where the mail has none
 * @param recipientsInHeader whether To, Cc and Bcc name recipients, too
 * @param dotIsText whether a line with nothing but a dot is part of the mail
 * @param parameters of MAIL, as they are said
 * @param notice the parameter of each RCPT; empty: none
 * @param configuration the file that says where the server is; empty: the usual one
 */
record SendmailCall(
    Mode mode,
    List<String> recipients,
    Optional<String> sender,
    Optional<String> fullName,
    boolean recipientsInHeader,
    boolean dotIsText,
    boolean verbose,
    List<String> parameters,
    String notice,
    Optional<String> configuration) {

  SendmailCall {
    recipients = List.copyOf(recipients);
    parameters = List.copyOf(parameters);
  }

  /** Which of the many programs that go by this name is meant. */
  enum Mode {
    /** A mail stands on the standard input. */
    SUBMIT,
    /** SMTP is spoken there. */
    CONVERSE,
    /** Show the queue, as mailq does. */
    LIST,
    /** Try now what waits. */
    FLUSH,
    /** Rebuild the aliases, which need it not. */
    NOTHING
  }
}
