package me.ehlo.explain;

/** What sort of word an explanation is of; each has a file of its own beside this class. */
public enum Kind {
  /** {@code 550}; {@code 5yz} stands for all that begin with 5. */
  CODE("codes.txt"),
  /** {@code x.7.1} for 2.7.1, 4.7.1 and 5.7.1; {@code 4.7.1} where one of them means something else. */
  STATUS("statuses.txt"),
  /** The id of a {@link me.ehlo.mail.Reason}. */
  REASON("reasons.txt"),
  /** A command of SMTP or LMTP. */
  COMMAND("commands.txt"),
  POP3_COMMAND("pop3-commands.txt"),
  /** What an answer to EHLO, LHLO or CAPA lists. */
  EXTENSION("extensions.txt"),
  /** What may stand behind the address in MAIL and RCPT. */
  PARAMETER("parameters.txt"),
  /** A way to log in (SASL). */
  MECHANISM("mechanisms.txt"),
  /** How an answer of POP3 begins: {@code -ERR}, {@code [IN-USE]}. */
  RESPONSE("responses.txt"),
  /** What servers say in words: phrases, parted by {@code |}. */
  WORDING("wordings.txt");

  private final String file;

  Kind(String file) {
    this.file = file;
  }

  String file() {
    return file;
  }
}
