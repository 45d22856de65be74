package me.ehlo.control;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/**
 * {@code ehlo sendmail}, for those who want to have it explained.
 *
 * <p>Its options are sendmail's own, which no parser of today reads; so it is mostly called without this one.
 */
@Command(
    name = "sendmail",
    header = "Send a mail as cron, PHP and git do: the command sendmail.",
    customSynopsis = "Usage: ehlo sendmail [-t] [-i] [-f ADDRESS] [-F NAME] [RECIPIENT...] <MAIL",
    description = {
      "",
      "  ehlo sendmail -t -i <mail",
      "  git config sendemail.sendmailCmd \"ehlo sendmail -i\"",
      "",
      "  -t          Recipients stand in To, Cc and Bcc, too.",
      "  -i          A line with nothing but a dot does not end the mail.",
      "  -f ADDRESS  Who sends it; without, you are at home in the server's first domain.",
      "  -F NAME     Your name, for a mail without From.",
      "  -N WHEN     When to report: success,failure,delay or never. -R full|hdrs, -V ID as well.",
      "  -v          Say which id the mail has got.",
      "  -C FILE     The configuration, which says where the server is (listen.submit).",
      "  -bs -bp -q  Speak SMTP; show the queue; try now what waits.",
      "",
      "Linked as /usr/sbin/sendmail, mailq or newaliases it is those. Exit 0: the mail is on the disk.",
      "75: not now, try again; 64, 65, 67, 69, 77, 78: never, and a sentence says why."
    })
public final class SendmailCommand implements Callable<Integer> {
  private final Door door;

  @Unmatched private List<String> words = List.of();

  public SendmailCommand(Door door) {
    this.door = door;
  }

  @Override
  public Integer call() {
    return door.sendmail(words);
  }
}
