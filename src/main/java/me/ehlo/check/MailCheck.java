package me.ehlo.check;

import java.util.List;

/** One kind of question about a mail that was received; it asks nobody but the mail. */
interface MailCheck {

  /** What its findings are called. */
  List<String> ids();

  List<Finding> findings(MailSeen seen);
}
