package me.ehlo.smtp.server;

import me.ehlo.smtp.Command;
import me.ehlo.smtp.Reply;

/** How many errors, put-offs, and commands that lead nowhere, a conversation may still have before its next mail. */
final class Budget {
  private final House house;
  private int errors;
  private int putOffs;
  private int idleCommands;

  Budget(House house) {
    this.house = house;
  }

  /** Whether this command is one too many of those that lead to no mail. */
  boolean isSpentBy(Command command) {
    return leadsNowhere(command) && ++idleCommands > house.idleCommandsMax();
  }

  /** Whether this reply is one error too many. */
  boolean isSpentBy(Reply reply) {
    return reply.reason().code() >= 500 && ++errors > house.errorsMax();
  }

  /**
   * Whether this reply puts the client off once too often. A 4yz is no error of the client's: a store in trouble, or more
   * recipients at once than a mail may have, all sent before the first answer came back. So many more of them are taken.
   */
  boolean isExhaustedBy(Reply reply) {
    int code = reply.reason().code();
    return code >= 400 && code < 500 && ++putOffs > house.putOffsMax();
  }

  /** A mail was accepted: who sends mails is here for something. */
  void renew() {
    errors = 0;
    putOffs = 0;
    idleCommands = 0;
  }

  private static boolean leadsNowhere(Command command) {
    return switch (command) {
      case Command.Noop _,
          Command.Rset _,
          Command.Vrfy _,
          Command.Expn _,
          Command.Help _,
          Command.Ehlo _,
          Command.Helo _,
          Command.StartTls _,
          Command.Auth _,
          Command.Xclient _ ->
          true;
      default -> false;
    };
  }
}
