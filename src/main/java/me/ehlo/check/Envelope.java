package me.ehlo.check;

import java.util.List;
import me.ehlo.mime.ReadMail;

/**
 * What is left of a mail's envelope in its header.
 *
 * @param sender of Return-Path, {@code <>} for the null sender; empty: it is not told
 * @param recipients of Delivered-To, else of the Received field nearest to the mailbox
 */
record Envelope(String sender, List<String> recipients) {

  static Envelope of(ReadMail mail, Route route) {
    String sender =
        mail.first("Return-Path")
            .map(field -> bare(field.characters()))
            .map(it -> it.isEmpty() ? "<>" : it)
            .orElse("");
    List<String> delivered =
        mail.all("Delivered-To").stream().map(field -> field.text().strip()).distinct().toList();
    List<String> told =
        route.hops().reversed().stream()
            .map(hop -> hop.field().recipient())
            .filter(recipient -> !recipient.isEmpty())
            .limit(1)
            .toList();
    return new Envelope(sender, delivered.isEmpty() ? told : delivered);
  }

  /** An address without its angle brackets. */
  static String bare(String path) {
    String text = path.strip();
    return text.startsWith("<") && text.endsWith(">") ? text.substring(1, text.length() - 1) : text;
  }
}
