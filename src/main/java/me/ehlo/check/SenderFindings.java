package me.ehlo.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import me.ehlo.mime.ReadMail;

/** Who says to have sent it, and whether all that is said of that agrees. */
final class SenderFindings implements MailCheck {
  private static final Place HEADER = Place.of("header");
  private static final int SHOWN_MAX = 3;

  @Override
  public List<String> ids() {
    return List.of("name", "reply-to", "envelope", "auth", "automatic", "list");
  }

  @Override
  public List<Finding> findings(MailSeen seen) {
    ReadMail mail = seen.mail();
    List<Finding> findings = new ArrayList<>();
    List<Written> authors = Written.of(mail, "From");
    authors.forEach(author -> displayName(mail, author, findings));
    authors.stream()
        .findFirst()
        .ifPresent(author -> {
          replyTo(mail, author, findings);
          returnPath(mail, author, findings);
        });
    authenticationResults(seen, findings);
    automatic(mail, findings);
    list(mail, findings);
    return findings;
  }

  private static void displayName(ReadMail mail, Written author, List<Finding> findings) {
    ShownAddress.in(author.name())
        .filter(shown -> !shown.address().equalsIgnoreCase(author.address()))
        .ifPresent(shown -> findings.add(shown(mail, author, shown)));
  }

  private static Finding shown(ReadMail mail, Written author, ShownAddress shown) {
    String saw =
        "The name of the author is "
            + Quoted.of(author.name())
            + ", with an address in it, and the address is "
            + author.address()
            + ".";
    return Route.isOneSite(shown.domain(), author.domain()) || isOfList(mail)
        ? Finding.note("name", HEADER, saw, "Mailing lists write so of their members.", "")
        : Finding.fail(
            "name",
            HEADER,
            saw,
            "Many programs show the name alone: it looks as if it came from "
                + shown.address()
                + ".",
            "Do not answer, and open nothing in it, before you have asked the one it names.");
  }

  private static void replyTo(ReadMail mail, Written author, List<Finding> findings) {
    Written.of(mail, "Reply-To").stream()
        .filter(answers -> !Route.isOneSite(answers.domain(), author.domain()))
        .findFirst()
        .ifPresent(answers ->
            findings.add(
                Finding.note(
                    "reply-to",
                    HEADER,
                    "Answers go to "
                        + answers.address()
                        + ", and it is from "
                        + author.address()
                        + ".",
                    "Lists and shops do so; so does whoever writes in another's name and wants the answers.",
                    "Look at the address before you answer.")));
  }

  private static void returnPath(ReadMail mail, Written author, List<Finding> findings) {
    Optional<String> path =
        mail.first("Return-Path").map(field -> Envelope.bare(field.characters()));
    if (path.isEmpty()) {
      return;
    }
    String domain = path.get().substring(path.get().lastIndexOf('@') + 1);
    if (path.get().isEmpty()) {
      findings.add(
          Finding.note(
              "envelope",
              HEADER,
              "It was sent with the null sender <>.",
              "Reports and automatic answers are, so that nobody answers them (RFC 5321 §4.5.5).",
              ""));
    } else if (Route.isOneSite(domain, author.domain())) {
      findings.add(
          Finding.ok("envelope", HEADER, "Envelope and From are of one domain, " + domain + "."));
    } else {
      findings.add(
          Finding.note(
              "envelope",
              HEADER,
              "Failures are reported to "
                  + path.get()
                  + ", and it is from "
                  + author.address()
                  + ".",
              "Lists and services that send for others do so; SPF looks at the first, people at the second.",
              ""));
    }
  }

  /** RFC 8601 §5: what a field of one's own host says; of others it is anybody's claim. */
  private static void authenticationResults(MailSeen seen, List<Finding> findings) {
    String receiver = seen.route().receiver();
    seen.mail().all("Authentication-Results").stream()
        .limit(SHOWN_MAX)
        .forEach(field -> {
          String said = field.characters().replaceAll("\\s+", " ").strip();
          String host = said.replaceFirst("[;\\s].*", "");
          boolean own = !receiver.isEmpty() && Route.isOneSite(host, receiver);
          findings.add(
              Finding.note(
                  "auth",
                  HEADER,
                  host
                      + " says: "
                      + Quoted.of(said.substring(host.length()).replaceFirst("^[;\\s]+", "")),
                  own
                      ? "It is only worth believing if "
                          + host
                          + " is your own server; Ehlo has not verified it."
                      : "It is none of the site where the mail arrived: anybody can write such a field.",
                  ""));
        });
  }

  private static void automatic(ReadMail mail, List<Finding> findings) {
    String submitted = mail.text("Auto-Submitted").toLowerCase(Locale.ROOT);
    String precedence = mail.text("Precedence").toLowerCase(Locale.ROOT);
    if (!submitted.isEmpty() && !submitted.equals("no")) {
      findings.add(
          Finding.note(
              "automatic",
              HEADER,
              "A program wrote it: Auto-Submitted: " + submitted,
              "Holiday notices and the like do not answer it (RFC 3834).",
              ""));
    }
    if (!precedence.isEmpty()) {
      findings.add(
          Finding.note(
              "automatic",
              HEADER,
              "Precedence: " + precedence,
              precedence.matches("bulk|junk|list")
                  ? "It goes to many; holiday notices do not answer it. No server sends it earlier or later."
                  : "A word that no standard knows.",
              ""));
    }
  }

  private static void list(ReadMail mail, List<Finding> findings) {
    if (isOfList(mail)) {
      String id = mail.text("List-Id");
      String leave = mail.text("List-Unsubscribe");
      boolean oneClick = mail.first("List-Unsubscribe-Post").isPresent();
      findings.add(
          Finding.note(
              "list",
              HEADER,
              id.isEmpty()
                  ? "It is of a list, or was sent to many."
                  : "It came through the list " + id,
              leave.isEmpty()
                  ? "It does not say how to leave (RFC 2369)."
                  : "To leave it: " + leave + (oneClick ? ", by one click (RFC 8058)." : ""),
              ""));
    }
  }

  private static boolean isOfList(ReadMail mail) {
    return mail.first("List-Id").isPresent()
        || mail.first("List-Unsubscribe").isPresent()
        || mail.first("List-Post").isPresent();
  }
}
