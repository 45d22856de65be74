package me.ehlo.watch;

import java.util.Optional;
import me.ehlo.mail.MailId;
import me.ehlo.trace.Event;

/** Makes each event a line: time, kind of event, then what is known, the same names in the same order every time. */
final class Lines {
  private Lines() {}

  static void append(Event event, LineBuffer line) {
    line.time(event.at());
    switch (event) {
      case Event.Opened opened ->
          line.word("opened")
              .field("conversation", opened.conversation())
              .field("protocol", opened.protocol())
              .field("client", opened.client());
      case Event.Encrypted encrypted ->
          line.word("encrypted")
              .field("conversation", encrypted.conversation())
              .field("version", encrypted.version())
              .field("cipher", encrypted.cipher());
      case Event.Renamed renamed ->
          line.word("renamed")
              .field("conversation", renamed.conversation())
              .field("client", renamed.client())
              .field("proxy", renamed.proxy());
      case Event.Decided decided -> decided(decided, line);
      case Event.Attempted attempted -> attempted(attempted, line);
      case Event.Reported reported ->
          line.word("reported")
              .field("mail", reported.mail().toString())
              .field("about", reported.about().toString())
              .field("to", reported.recipient());
      case Event.Closed closed ->
          line.word("closed")
              .field("conversation", closed.conversation())
              .field("how", closed.how());
      case Event.Trouble trouble ->
          line.word("trouble").field("where", trouble.where()).field("what", trouble.what());
      case Event.Note note ->
          line.word("note").field("where", note.where()).field("what", note.what());
    }
    line.end();
  }

  private static void decided(Event.Decided decided, LineBuffer line) {
    line.word("decided").field("conversation", decided.conversation());
    Optional<MailId> mail = decided.mail();
    if (mail.isPresent()) {
      line.field("mail", mail.get().toString());
    }
    line.field("verb", decided.stage()).field("reason", decided.reason().id());
    if (decided.reason().code() != 0) { // POP3 has none
      line.field("code", decided.reason().code());
    }
    line.field("status", decided.reason().status().toString());
    for (Event.Field detail : decided.details()) {
      line.field(detail.name(), detail.value());
    }
    line.field("said", decided.said());
  }

  private static void attempted(Event.Attempted attempted, LineBuffer line) {
    line.word("attempted")
        .field("mail", attempted.mail().toString())
        .field("to", attempted.recipient())
        .field("state", attempted.state())
        .field("reason", attempted.reason())
        .field("status", attempted.status().toString());
    if (!attempted.host().isEmpty()) {
      line.field("host", attempted.host());
    }
    line.field("attempts", attempted.attempts());
    if (attempted.next().isPresent()) {
      line.field("next", attempted.next().get().toString());
    }
    line.field("said", attempted.said());
  }
}
